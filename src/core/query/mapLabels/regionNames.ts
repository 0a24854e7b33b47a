import { NONE, TYPICAL_MEMBERS } from '../../embedding/layout/typicalMembers';
import type { RegionLevel } from '../../embedding/layout/regionLevel';
import { TOKEN_KINDS, type TokenKind } from './tokenKinds';

/** Kinds that no words are of. */
export type KindWithoutWords = Exclude<TokenKind, 'spaced' | 'word'>;

/** What a region of the map is called: some of its typical tokens, or the kind of most of them where not even half of it are words. */
export interface RegionName {
  /** How many tokens it has. */
  readonly size: number;
  /** Up to three ids, the most typical one first; none where nothing in it has a text. */
  readonly tokens: readonly number[];
  /** Not there where more than half of it are words. */
  readonly kind?: KindWithoutWords;
}

const WITHOUT_WORDS: readonly KindWithoutWords[] = ['piece', 'number', 'sign', 'other'];

const NAME_TOKENS = 3;
/** What a name would rather not be made of, as cosines. */
const NO_WORD = 0.15;
const WITHOUT_SPACE = 0.03;
const SHORT = 0.2;
const SHORT_LETTERS = 3;
/** Tokens that begin alike say the same: "fruit" and "fruits". */
const SAME_BEGINNING = 4;

/**
 * Names the regions of a level.
 *
 * @param kinds Of each token, see `tokenKinds`.
 * @param textOf The text of a token.
 */
export function regionNames(
  level: RegionLevel,
  kinds: Uint8Array,
  textOf: (id: number) => string,
): RegionName[] {
  return countKinds(level, kinds).map((counts, region) => {
    const size = counts.reduce((sum, count) => sum + count, 0);
    const kind = mostFrequent(counts, size);
    const tokens = chooseTokens(typicalOf(level, region, kinds, textOf, kind === undefined));
    return { size, tokens, ...(kind !== undefined && { kind }) };
  });
}

/** @returns undefined where more than half are words. */
function mostFrequent(counts: Uint32Array, size: number): KindWithoutWords | undefined {
  const countOf = (kind: TokenKind): number => counts[TOKEN_KINDS.indexOf(kind)];
  return countOf('spaced') + countOf('word') > size / 2
    ? undefined
    : WITHOUT_WORDS.reduce((most, kind) => (countOf(kind) > countOf(most) ? kind : most));
}

/** How many tokens of each kind each region has. */
function countKinds({ regionOf, regionCount }: RegionLevel, kinds: Uint8Array): Uint32Array[] {
  const counts = Array.from({ length: regionCount }, () => new Uint32Array(TOKEN_KINDS.length));
  const other = TOKEN_KINDS.indexOf('other');
  regionOf.forEach((region, id) => {
    if (region !== NONE) {
      // A model may have more rows than its tokenizer has tokens.
      counts[region][id < kinds.length ? kinds[id] : other]++;
    }
  });
  return counts;
}

interface Candidate {
  readonly id: number;
  /** Its text without space and case. */
  readonly text: string;
  readonly typical: number;
}

/** @param isOfWords Whether the region is one of words, so that words name it better than others do. */
function typicalOf(
  { typicalRows, typicality }: RegionLevel,
  region: number,
  kinds: Uint8Array,
  textOf: (id: number) => string,
  isOfWords: boolean,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let place = region * TYPICAL_MEMBERS; place < (region + 1) * TYPICAL_MEMBERS; place++) {
    const id = typicalRows[place];
    if (id !== NONE) {
      const text = textOf(id).trim().toLowerCase();
      const kind = TOKEN_KINDS[kinds[id]] as TokenKind | undefined;
      const isWord = kind === 'spaced' || kind === 'word';
      const penalty =
        (isWord ? 0 : NO_WORD) +
        (kind === 'spaced' ? 0 : WITHOUT_SPACE) +
        (text.length < SHORT_LETTERS ? SHORT : 0);
      candidates.push({ id, text, typical: typicality[place] - (isOfWords ? penalty : 0) });
    }
  }
  // Of equally typical ones the first stays first.
  return candidates.sort((a, b) => b.typical - a.typical);
}

function chooseTokens(candidates: readonly Candidate[]): number[] {
  const beginnings = new Set(['']);
  const chosen: number[] = [];
  for (const { id, text } of candidates) {
    const beginning = text.slice(0, SAME_BEGINNING);
    if (chosen.length < NAME_TOKENS && !beginnings.has(beginning)) {
      beginnings.add(beginning);
      chosen.push(id);
    }
  }
  return chosen;
}
