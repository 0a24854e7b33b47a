import type { CompletionView, PanelMemento, QueryMemento } from '../../src/protocol/panelMessages';
import type { AnswerView, DistributionView, MapView, NeighborView } from '../../src/protocol/answerView';
import { METRICS } from '../../src/protocol/metric';
import { DEFAULT_LEFT_OUT } from '../../src/protocol/leftOutWords';
import { NO_FILTER, type PanelSnapshot } from '../../src/protocol/panelSnapshot';
import type { FormView, QueryView } from '../../src/protocol/queryView';
import type { TokenView } from '../../src/protocol/tokenView';
import type { TokenLabelSegment } from '../../src/protocol/tokenLabel';
import { gpt2 } from './modelSnapshots';

/** Snapshots as a host sends them. Ids and splits are GPT-2's; similarities, norms and positions are made up. */

/** A token of plain text: leading spaces become segments, the rest is text. */
export function token(text: string, id: number): TokenView {
  const segments = (text.match(/ |[^ ]+/g) ?? []).map((part): TokenLabelSegment => ({
    kind: part === ' ' ? 'space' : 'text',
    text: part,
  }));
  return {
    id,
    label: { segments },
    plain: text.replaceAll(' ', '␣'),
    spoken: text.replaceAll(' ', 'space '),
  };
}

export function tokenOf(
  id: number,
  plain: string,
  spoken: string,
  ...segments: TokenLabelSegment[]
): TokenView {
  return { id, plain, spoken, label: { segments } };
}

export const mike = token('Mike', 16073);
export const spaceMike = token(' Mike', 4995);

type NamedNeighbor = readonly [string, number, number, number, number, number, boolean];

/** Token, id, cosine, norm, position on two components, whether it is misplaced there. */
const NAMES: readonly NamedNeighbor[] = [
  ['Mike', 16073, 1, 3.41, 0, 0, false],
  [' Mike', 4995, 0.857, 3.06, -0.011, 0.017, false],
  ['Michael', 13256, 0.685, 3.38, -0.507, -0.065, false],
  ['Chris', 15645, 0.647, 3.47, 0.395, -0.302, false],
  ['Jim', 18050, 0.64, 3.36, -0.245, 0.643, false],
  [' Michael', 3899, 0.637, 3.11, -0.727, -0.275, false],
  ['Steve', 19206, 0.634, 3.52, -0.282, -0.662, false],
  ['Dave', 27984, 0.629, 3.61, 0.634, 0.258, false],
  [' Chris', 5180, 0.625, 3.05, 0.656, -0.902, false],
  ['Matt', 13448, 0.622, 3.55, -0.51, 0.265, false],
  ['Brian', 24761, 0.611, 3.58, 0.067, -0.795, false],
  [' Jim', 5395, 0.609, 3.02, -0.254, 0.971, false],
  ['John', 7554, 0.598, 3.02, 0.631, -0.194, false],
  ['Tom', 13787, 0.593, 3.33, -0.26, 0.685, false],
  ['Greg', 25025, 0.588, 3.71, -0.027, -0.92, false],
  ['Scott', 19040, 0.581, 3.45, 0.588, 0.622, true],
  ['Bob', 18861, 0.573, 3.57, 0.47, -0.367, false],
  [' Steve', 6542, 0.569, 3.08, -0.416, -1.139, false],
  ['Paul', 12041, 0.561, 3.22, -0.311, -0.671, true],
  ['Dan', 21174, 0.556, 3.48, 0.792, 0.24, true],
];

export function nameNeighbors(count = NAMES.length): NeighborView[] {
  return NAMES.slice(0, count).map(([text, id, score, norm], index) => ({
    rank: index + 1,
    token: token(text, id),
    score,
    norm,
    isQuery: index === 0,
    foldKey: text.trim().toLowerCase(),
  }));
}

const dragon = token('龍', 11885);

/** Tokens of scripts that are wider than Latin, run from right to left, or have no letters. */
export const scriptNeighbors: readonly NeighborView[] = [
  dragon,
  token('神', 15351),
  token(' 裏覚醒', 25992),
  token('ドラゴン', 24731),
  token('の', 5641),
  token('的', 21410),
  token(' ال', 28981),
  token('ש', 50227),
  token('ㅋㅋ', 40345),
  token('♥', 39908),
].map((item, index) => ({
  rank: index + 1,
  token: item,
  score: index === 0 ? 1 : 0.7 - index / 50,
  norm: 3,
  isQuery: index === 0,
  foldKey: item.plain,
}));

/** The same list under a metric that was chosen after another one: ranks that went up, down, stayed, and one not known. */
export function movedNeighbors(count = NAMES.length): NeighborView[] {
  return nameNeighbors(count).map((neighbor, index) => {
    const previousRank = [1, 5, 2, 4][index];
    return previousRank === undefined ? neighbor : { ...neighbor, previousRank };
  });
}

/** A bell around an average, as the similarities of GPT-2's tokens are. Made up; sums to the vocabulary size. */
export function bell(from: number, to: number, average: number, total = 50_257): DistributionView {
  const bins = 64;
  const width = (to - from) / bins;
  const heights = [...Array(bins).keys()].map((bin) => {
    const middle = from + (bin + 0.5) * width;
    return Math.exp(-(((middle - average) / ((to - from) / 12)) ** 2));
  });
  const sum = heights.reduce((a, b) => a + b, 0);
  const counts = heights.map((height) => Math.floor((height / sum) * total));
  const rest = total - counts.reduce((a, b) => a + b, 0);
  return { from, to, total, counts: counts.map((count, bin) => (bin === 20 ? count + rest : count)) };
}

export function nameMap(count = NAMES.length): MapView {
  const shown = NAMES.slice(0, count);
  return {
    query: [0, 0],
    points: shown.map(([, , , , x, y]) => [x, y]),
    explained: [0.24, 0.17],
    misplaced: shown.map(([, , , , , , isMisplaced]) => isMisplaced),
  };
}

export function answer(changes: Partial<AnswerView> = {}): AnswerView {
  return {
    metric: 'cosine',
    neighbors: nameNeighbors(),
    averageScore: 0.291,
    distribution: bell(-0.05, 1, 0.291),
    map: nameMap(),
    source: 'index',
    milliseconds: 1.4,
    model: gpt2,
    ...changes,
  };
}

export function answerWithoutMap(neighbors: readonly NeighborView[]): AnswerView {
  return {
    metric: 'cosine',
    neighbors,
    averageScore: 0.291,
    source: 'loop',
    milliseconds: 1.4,
    model: gpt2,
  };
}

/** As many made-up neighbors as wanted, with a map that is a spiral. */
export function manyNeighbors(count: number): AnswerView {
  const numbers = [...Array(count).keys()];
  return answer({
    neighbors: numbers.map((index) => ({
      rank: index + 1,
      token: token(`${index % 3 === 0 ? ' ' : ''}word${index}`, 1_000 + index),
      score: 1 - index / (count * 1.5),
      norm: 3,
      isQuery: false,
      foldKey: `word${index}`,
    })),
    map: {
      query: [0, 0],
      points: numbers.map((index) => [Math.cos(index) * index, Math.sin(index) * index]),
      explained: [0.2, 0.1],
      misplaced: numbers.map((index) => index % 7 === 3),
    },
  });
}

export const mikeForms: readonly FormView[] = [
  { kind: 'bare', selected: true, pieces: [mike] },
  { kind: 'leadingSpace', selected: false, pieces: [spaceMike] },
  { kind: 'inDocument', selected: false, pieces: [spaceMike], line: 12 },
];

export const mikeQuery: QueryView = {
  text: 'Mike',
  pieces: [mike],
  forms: mikeForms,
  vectors: [{ choice: 'mean', selected: true, pieces: [mike] }],
};

const ban = token('ban', 3820);
const ana = token('ana', 2271);

export const bananaQuery: QueryView = {
  text: 'banana',
  pieces: [ban, ana],
  forms: [
    { kind: 'bare', selected: true, pieces: [ban, ana] },
    { kind: 'leadingSpace', selected: false, pieces: [token(' banana', 25996)] },
  ],
  vectors: [
    { choice: 'mean', selected: true, pieces: [ban, ana] },
    { choice: 0, selected: false, pieces: [ban] },
    { choice: 1, selected: false, pieces: [ana] },
  ],
};

export const dragonQuery: QueryView = {
  text: '龍',
  pieces: [dragon],
  forms: [
    { kind: 'bare', selected: true, pieces: [dragon] },
    { kind: 'leadingSpace', selected: false, pieces: [token(' ', 220), dragon] },
  ],
  vectors: [{ choice: 'mean', selected: true, pieces: [dragon] }],
};

export const idQuery: QueryView = {
  text: '#4995',
  pieces: [spaceMike],
  forms: [],
  vectors: [{ choice: 'mean', selected: true, pieces: [spaceMike] }],
};

export const analogyQuery: QueryView = {
  text: '2*king - man + banana',
  pieces: [token('king', 3364), token('man', 805), ban, ana],
  forms: [
    {
      kind: 'automatic',
      selected: false,
      pieces: [token(' king', 5822), token(' man', 582), token(' banana', 25996)],
    },
    { kind: 'bare', selected: true, pieces: [token('king', 3364), token('man', 805), ban, ana] },
    {
      kind: 'leadingSpace',
      selected: false,
      pieces: [token(' king', 5822), token(' man', 582), token(' banana', 25996)],
    },
  ],
  vectors: [{ choice: 'mean', selected: true, pieces: [token('king', 3364), token('man', 805), ban, ana] }],
  formula: {
    operands: [
      { start: 2, end: 6, weight: 2, pieces: [token('king', 3364)] },
      { start: 9, end: 12, weight: -1, pieces: [token('man', 805)] },
      { start: 15, end: 21, weight: 1, pieces: [ban, ana] },
    ],
  },
};

export const brokenQuery: QueryView = {
  text: 'king - * woman',
  pieces: [],
  forms: [],
  vectors: [],
  syntaxError: { message: 'A number has to stand beside “*”.', start: 7, end: 8 },
};

/** Scores and ranks of a token under all metrics. */
export const underMetrics = METRICS.map((metric, index) => ({
  metric,
  score: [0.857, 0.512, 7.655, 2.891][index] ?? 0,
  rank: [2, 4, 1_009, 5][index] ?? 1,
  rankedCount: 31_204,
}));

export const verification = {
  metric: 'cosine',
  rows: 50_257,
  loopMilliseconds: 32.9,
  fastMilliseconds: 1.4,
  largestDifference: 2.4e-7,
  correlation: 0.99999999,
  sameOrder: true,
} as const;

/** What `Mi` at the end of `king - Mi` could become. */
export const completions: readonly CompletionView[] = [mike, spaceMike, token('Michael', 13256)].map(
  (item) => ({ token: item, start: 7, end: 9, insert: JSON.stringify(item.plain.replace('␣', ' ')) }),
);

/** A panel of nothing but what is given; the revision is set when it is posted. */
export function panel(changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return {
    revision: 0,
    embeddings: { state: 'ready', model: gpt2 },
    suggestions: {
      recent: [],
      examples: [
        { text: 'Mike', shows: 'nearest tokens of a word' },
        { text: '#16073', shows: 'the token with this id' },
        { text: 'banana', shows: 'a word of 2 tokens' },
        { text: 'king - man + woman', shows: 'a formula over tokens' },
      ],
    },
    canGoBack: false,
    canGoForward: false,
    k: 20,
    view: 'neighbors',
    metric: 'cosine',
    filter: NO_FILTER,
    isFolded: false,
    isPinned: false,
    leftOut: DEFAULT_LEFT_OUT,
    ...changes,
  };
}

export function mikePanel(changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return panel({ query: mikeQuery, answer: answer(), canGoBack: true, ...changes });
}

export function memento(...texts: string[]): PanelMemento {
  const history = texts.map((text): QueryMemento => ({ text, form: 'bare', vector: 'mean' }));
  return {
    version: 2,
    history,
    position: history.length - 1,
    k: 20,
    view: 'neighbors',
    metric: 'cosine',
    filter: NO_FILTER,
    isFolded: false,
    isPinned: false,
    leftOut: DEFAULT_LEFT_OUT,
    compare: { mode: 'pair', texts: [], pairOf: [0, 1] },
  };
}
