import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

type Random = () => number;

/** Characters that patterns ask for, and what they fold to, stand beside, or are like. */
const CHARACTERS = [
  ...Array.from("aabbccAsSkK12 \n\r_éÉ中.-'fi"),
  'ß',
  'ss',
  '\u212a',
  'ſ',
  '🍌',
  '\u{1d7d9}',
  'ǅ',
  'ﬁ',
  'ﬀ',
  'ﬃ',
  'ẞ',
  'ŉ',
  'ʼn',
  '\u0301',
  '\u0085',
  '\u00bd',
];

const LITERALS = [
  'a',
  'b',
  'c',
  's',
  'k',
  '1',
  'é',
  '🍌',
  'ß',
  '中',
  '\\.',
  '-',
  "'",
  ' ',
  'f',
  'ﬁ',
  'i',
  'A',
  'K',
];

const SETS = [
  '.',
  '\\w',
  '\\s',
  '\\d',
  '\\S',
  '\\W',
  '\\D',
  '\\h',
  '\\H',
  '\\p{L}',
  '\\p{N}',
  '\\P{L}',
  '\\p{^Lu}',
  '\\p{Lu}',
  '\\p{Ll}',
  '\\p{M}',
  '\\p{Han}',
  '\\p{word}',
  '\\N',
  '\\O',
  '\\R',
  '\\n',
  '\\x{73}',
  '\\u006b',
  '\\xc3\\x9f',
  '[a-c]',
  '[^a]',
  '[^\\s\\p{L}\\p{N}]',
  '[abß]',
  '[a-zß-ÿ]',
  '[\\w&&[^s]]',
  '[k-s]',
  '[[:alpha:]]',
  '[^[:space:]]',
  '[[:upper:]_]',
  '[\\r\\n]',
  '[^ß]',
  '[ﬁﬀ]',
  '[^\\r\\n\\p{L}]',
  '[]a-]',
];

const ANCHORS = ['^', '$', '\\b', '\\B', '\\A', '\\z', '\\Z'];

const QUANTIFIERS =
  '* + ? *? +? ?? *+ ++ ?+ {2} {1,2} {0,2} {,2} {2,} {1,3}? {2}? {2}+ {1,2}+ {3,1} {0,1} {1} {0} {3,} {2,4}'.split(
    ' ',
  );

const GROUPS = [
  '(?:',
  '(?:',
  '(?:',
  '(',
  '(?>',
  '(?=',
  '(?!',
  '(?<=',
  '(?<!',
  '(?i:',
  '(?m:',
  '(?<n>',
  '(?x: ',
];

/** A random pattern from the grammar, and texts made to hit it. */
export interface SeededPattern {
  readonly pattern: string;
  readonly texts: readonly string[];
}

export function* seededPatterns(count: number, seed: number, textsEach: number): Generator<SeededPattern> {
  const random = seededRandom(seed);
  for (let i = 0; i < count; i++) {
    const depth = Math.floor(random() * 4);
    const body = alternatives(random, depth);
    yield {
      pattern: random() < 0.12 ? `(?i)${body}` : body,
      texts: Array.from({ length: textsEach }, () =>
        Array.from({ length: 1 + Math.floor(random() * 12) }, () => pick(random, CHARACTERS)).join(''),
      ),
    };
  }
}

function alternatives(random: Random, depth: number): string {
  const count = random() < 0.6 ? 1 : 1 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => (random() < 0.06 ? '' : branch(random, depth))).join('|');
}

function branch(random: Random, depth: number): string {
  const count = 1 + Math.floor(random() * 3);
  return Array.from({ length: count }, () => quantified(random, atom(random, depth))).join('');
}

function quantified(random: Random, each: string): string {
  if (each === '(?i)') {
    return each;
  }
  const first = random() < 0.4 ? pick(random, QUANTIFIERS) : '';
  return each + first + (random() < 0.04 ? pick(random, QUANTIFIERS) : '');
}

function atom(random: Random, depth: number): string {
  const kind = random();
  if (kind < 0.35 || depth === 0) {
    return pick(random, kind < 0.25 ? LITERALS : SETS);
  }
  if (kind < 0.55) {
    return pick(random, SETS);
  }
  if (kind < 0.63) {
    return pick(random, ANCHORS);
  }
  return kind < 0.65 ? '(?i)' : `${pick(random, GROUPS)}${alternatives(random, depth - 1)})`;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) {
    throw new RangeError('Nothing to pick from');
  }
  return item;
}
