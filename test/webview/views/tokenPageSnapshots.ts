import type {
  MergeNodeView,
  MergeStepView,
  MetricNeighborsView,
  TokenPageView,
} from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { gpt2, token, variant } from './viewSnapshots';

/** Rules and ids of the merges of " strawberries". */
const berries: readonly (readonly [string, string, number, number])[] = [
  ['e', 'r', 263, 8],
  [' ', 's', 264, 9],
  ['e', 's', 274, 19],
  [' s', 't', 336, 81],
  ['r', 'i', 380, 125],
  ['r', 'a', 430, 175],
  ['b', 'er', 527, 272],
  ['ri', 'es', 1678, 1423],
  ['ra', 'w', 1831, 1576],
  [' st', 'raw', 14787, 14532],
  ['ber', 'ries', 20853, 20598],
  [' straw', 'berries', 36973, 36718],
];

const text = ' strawberries';

/** Byte ranges that the steps make, in their order, with levels. */
const ranges: readonly (readonly [number, number, number])[] = [
  [7, 9, 1],
  [0, 2, 1],
  [11, 13, 1],
  [0, 3, 2],
  [9, 11, 1],
  [3, 5, 1],
  [6, 9, 2],
  [9, 13, 2],
  [3, 6, 2],
  [0, 6, 3],
  [6, 13, 3],
  [0, 13, 4],
];

/** GPT-2's ids of single bytes: printable ASCII in its order from `!` on; the space comes after all of them. */
function byteId(letter: string): number {
  return letter === ' ' ? 220 : letter.charCodeAt(0) - 33;
}

function berryToken(part: string): TokenView {
  const made = berries.find(([left, right]) => left + right === part);
  return token(part, made?.[2] ?? byteId(part));
}

const steps: MergeStepView[] = berries.map(([left, right, , rule]) => ({
  left: berryToken(left),
  right: berryToken(right),
  result: berryToken(left + right),
  rule,
}));

const nodes: MergeNodeView[] = [
  ...Array.from(text, (letter, start) => ({ token: berryToken(letter), start, end: start + 1, level: 0 })),
  ...ranges.map(([start, end, level]) => ({ token: berryToken(text.slice(start, end)), start, end, level })),
];

function bell(index: number): number {
  return Math.round(3_000 * Math.exp(-(((index - 16) / 6) ** 2)));
}

const counts = Array.from({ length: 32 }, (_, index) => bell(index));

const fruit: readonly (readonly [string, number])[] = [
  [' strawberry', 41236],
  [' berries', 38847],
  [' raspberry', 48408],
  [' fruit', 8234],
  [' bananas', 35484],
  [' grapes', 46515],
];

const cosine: MetricNeighborsView = {
  metric: 'cosine',
  neighbors: [0, 1, 2, 3, 4, 5].map((index) => ({
    rank: index + 1,
    token: token(...fruit[index]!),
    score: 0.703 - index * 0.03,
    otherRank: [1, 3, 2, 14, 6, 4][index]!,
  })),
};

const centered: MetricNeighborsView = {
  metric: 'centered',
  neighbors: (
    [
      [...fruit[0]!, 1],
      [...fruit[2]!, 3],
      [...fruit[1]!, 2],
      [...fruit[5]!, 6],
      [' mango', 49045, 12],
      [...fruit[4]!, 5],
    ] as const
  ).map(([name, id, otherRank], index) => ({
    rank: index + 1,
    token: token(name, id),
    score: 0.594 - index * 0.04,
    otherRank,
  })),
};

export function berryPage(changes: Partial<TokenPageView> = {}): TokenPageView {
  const whole = token(text, 36973);
  return {
    token: whole,
    bytes: [...new TextEncoder().encode(text)],
    byteLength: 13,
    characters: 13,
    isByteFragment: false,
    isSpecial: false,
    merges: { steps, nodes },
    roundTrip: { encodesTo: [whole], encodedCount: 1, isSame: true },
    measures: {
      norm: 4.02,
      normPercentile: 0.714,
      norms: { from: 2.2, to: 6.3, counts, total: counts.reduce((total, count) => total + count, 0) },
      centroidDistance: 3.29,
      centroidPercentile: 0.64,
    },
    variants: [
      variant('strawberries', false, token('st', 301), token('raw', 1831), token('berries', 20853)),
      { ...variant(text, true, whole), cosine: 1 },
      { ...variant(' strawberry', false, token(' strawberry', 41236)), cosine: 0.703 },
      variant(
        'STRAWBERRIES',
        false,
        token('ST', 2257),
        token('RAW', 20530),
        token('BER', 13246),
        token('RI', 7112),
        token('ES', 1546),
      ),
    ],
    neighbors: [cosine, centered],
    model: gpt2,
    milliseconds: 2.7,
    ...changes,
  };
}
