import type { Steps } from '../../core/work/steps';
import type { AlignedText } from './alignedText';
import { inCanonicalOrder } from './canonicalOrder';
import { flagOf, listOf, malformed, named, objectOf, textOf, typeOf, unsupported } from './documentFields';
import { compileSearchPattern, type SearchPattern } from './searchPattern';
import { PartChanges } from './partChanges';

/** Changes a text and keeps track of where each character came from. */
export type Normalize = (text: AlignedText) => Steps<AlignedText>;

export interface Normalization {
  readonly steps: readonly Normalize[];
  /** The character that stands for a space from here on, such as `▁`. */
  readonly spaceStandIn: string | undefined;
  /** Of all patterns together, see {@link SearchPattern.size}. */
  readonly patternSize: number;
  /** Whether something may be put in where a text begins, by a match of nothing. The library garbles what is then made anew as a whole. */
  readonly insertsAtStart: boolean;
  /** Whether several characters may be replaced together by others. */
  readonly replacesSeveral: boolean;
}

/** Sequences within sequences. Published files have one level. */
const MAX_DEPTH = 4;
/** Steps of all sequences together. Published files have up to four. */
const MAX_STEPS = 16;
/** Most units that one unit may become by all replacements together, so that a small text stays a small text. */
const MAX_GROWTH = 16;
/** Changes and clusters between two steps. */
const CHANGES_AT_ONCE = 1 << 12;
const CLUSTERS_AT_ONCE = 1 << 9;
/** Longest text put in front. Published files put one character. */
const MAX_PREFIX_LENGTH = 16;

/**
 * Characters that may combine with one before them: marks, conjoining Hangul vowels and finals, and the vowels of Kirat Rai,
 * which count as letters (Unicode Standard Annex 15, NFC_Quick_Check=Maybe).
 */
const COMBINING_CLUSTER = /[\s\S][\p{M}\u1160-\u11ff\u{16d63}-\u{16d6a}]+|[^\0-\x7f]/gu;

/**
 * Reads the normalizer of a tokenizer.json.
 *
 * @throws {TokenizerDocumentError} for types other than NFC, NFD, NFKC, NFKD, Prepend, Replace and Sequence.
 */
export function readNormalization(value: unknown): Normalization {
  const steps: Normalize[] = [];
  let spaceStandIn: string | undefined;
  let growth = 1;
  let patternSize = 0;
  let insertsAtStart = false;
  let replacesSeveral = false;

  const read = (part: unknown, depth: number): void => {
    const step = objectOf(part, 'a normalizer');
    const type = typeOf(step, 'a normalizer');
    if (depth > MAX_DEPTH || steps.length >= MAX_STEPS) {
      throw unsupported('it has too many normalizers.');
    }
    switch (type) {
      case 'Sequence':
        listOf(step.normalizers, 'the list of normalizers').forEach((each) => {
          read(each, depth + 1);
        });
        return;
      case 'NFC':
      case 'NFD':
      case 'NFKC':
      case 'NFKD':
        refuseInsertions(insertsAtStart);
        steps.push((text) => normalizeUnicode(text, type));
        return;
      case 'Prepend': {
        const prefix = textOf(step.prepend, 'what a Prepend normalizer prepends');
        if (prefix === '') {
          // The library takes the first character for one that was put in, see `insertsAtStart`.
          throw unsupported('a Prepend normalizer prepends nothing.');
        }
        if (prefix.length > MAX_PREFIX_LENGTH) {
          throw malformed(`a Prepend normalizer prepends more than ${String(MAX_PREFIX_LENGTH)} characters.`);
        }
        steps.push(function* (text) {
          return text.prepend(prefix);
        });
        return;
      }
      case 'Replace': {
        const pattern = compileSearchPattern(step.pattern, 'a Replace normalizer');
        patternSize += pattern.size;
        const content = textOf(step.content, 'the content of a Replace normalizer');
        insertsAtStart ||= pattern.mayBeEmptyAtStart && content !== '';
        replacesSeveral ||= !pattern.takesOneCharacter && content !== '';
        growth *= 1 + content.length;
        if (growth > MAX_GROWTH) {
          throw unsupported('its Replace normalizers make a text many times longer.');
        }
        if (pattern.literal === ' ') {
          spaceStandIn = content;
        }
        steps.push((text) => replaceMatches(text, pattern, content));
        return;
      }
      default:
        throw unsupported(`its normalizer ${named(type)} is not supported.`);
    }
  };

  if (value !== undefined && value !== null) {
    read(value, 0);
  }
  return { steps, spaceStandIn, patternSize, insertsAtStart, replacesSeveral };
}

/** @throws {TokenizerDocumentError} See {@link Normalization.insertsAtStart}. */
export function refuseInsertions(insertsAtStart: boolean): void {
  if (insertsAtStart) {
    throw unsupported(
      'a Replace normalizer puts text in where its pattern matches nothing, at the beginning of a text.',
    );
  }
}

/** How a `Metaspace` pre-tokenizer or decoder treats the beginning of a text. */
export type PrependScheme = 'always' | 'first' | 'never';

/** Reads `prepend_scheme`, or the `add_prefix_space` that older files have in its place. */
export function readPrependScheme(step: Readonly<Record<string, unknown>>): PrependScheme {
  const scheme = step.prepend_scheme;
  switch (scheme) {
    case undefined:
    case null:
      return flagOf(step.add_prefix_space, '"add_prefix_space"', true) ? 'always' : 'never';
    case 'always':
    case 'first':
    case 'never':
      return scheme;
    default:
      throw malformed('"prepend_scheme" is none of "always", "first" and "never".');
  }
}

export function* replaceMatches(
  text: AlignedText,
  pattern: SearchPattern,
  content: string,
): Steps<AlignedText> {
  const found = yield* pattern.findAll(text.text);
  const changes = new PartChanges();
  for (let i = 0; i < found.length; i += 2) {
    changes.add(found.at(i), found.at(i + 1), content);
    if (changes.count % CHANGES_AT_ONCE === 0) {
      yield;
    }
  }
  return changes.count === 0 ? text : yield* text.replaceParts(changes);
}

/**
 * Unicode normalization, cluster by cluster: a character with what may combine with it. Within a cluster, characters
 * that are the same before and after at its beginning and end keep their ranges; whatever is between them is one piece.
 */
function* normalizeUnicode(text: AlignedText, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): Steps<AlignedText> {
  if (inCanonicalOrder(text.text).normalize(form) === text.text) {
    return text;
  }
  const changes = new PartChanges();
  let clusters = 0;
  for (const { 0: cluster, index } of text.text.matchAll(COMBINING_CLUSTER)) {
    if (++clusters % CLUSTERS_AT_ONCE === 0) {
      yield;
    }
    const normalized = inCanonicalOrder(cluster).normalize(form);
    if (normalized !== cluster) {
      addSmallestChange(changes, index, cluster, normalized);
    }
  }
  return yield* text.replaceParts(changes);
}

/** Adds a change without the characters that are the same before and after, at both ends. */
function addSmallestChange(changes: PartChanges, index: number, before: string, after: string): void {
  const old = Array.from(before);
  const fresh = Array.from(after);
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && old[head] === fresh[head]) {
    head++;
  }
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === fresh.at(-1 - tail)) {
    tail++;
  }
  const unitsOf = (characters: readonly string[]): number => characters.join('').length;
  changes.add(
    index + unitsOf(old.slice(0, head)),
    index + unitsOf(old.slice(0, old.length - tail)),
    fresh.slice(head, fresh.length - tail).join(''),
  );
}
