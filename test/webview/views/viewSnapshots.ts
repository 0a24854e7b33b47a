import type {
  CompareItemView,
  CompareView,
  MatrixView,
  PairView,
  VariantView,
} from '../../../src/protocol/compareView';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import { DEFAULT_LEFT_OUT } from '../../../src/protocol/leftOutWords';
import { NO_FILTER, type PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import type { TokenView } from '../../../src/protocol/tokenView';

/** Snapshots of the Compare view and the Token page. Ids, splits and merges are GPT-2's; vectors and scores are made up. */

export const gpt2: ModelView = {
  name: 'gpt2 124M',
  isSample: false,
  isVerified: true,
  path: '/home/ada/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 50_257,
  dimension: 768,
  warnings: [],
};

export function snapshot(changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return {
    revision: 1,
    embeddings: { state: 'ready', model: gpt2 },
    suggestions: { recent: [], examples: [] },
    canGoBack: false,
    canGoForward: false,
    k: 20,
    view: 'compare',
    metric: 'cosine',
    filter: NO_FILTER,
    isFolded: false,
    isPinned: true,
    leftOut: DEFAULT_LEFT_OUT,
    ...changes,
  };
}

/** A token from its text; a leading space is part of it. */
export function token(text: string, id: number): TokenView {
  const hasSpace = text.startsWith(' ');
  const rest = hasSpace ? text.slice(1) : text;
  return {
    id,
    label: {
      segments: [
        ...(hasSpace ? [{ kind: 'space', text: ' ' } as const] : []),
        ...(rest === '' ? [] : [{ kind: 'text', text: rest } as const]),
      ],
    },
    plain: hasSpace ? `␣${rest}` : rest,
    spoken: hasSpace ? `space ${rest}`.trim() : rest,
  };
}

export function item(text: string, ...pieces: TokenView[]): CompareItemView {
  return { text, pieces };
}

/** Numbers between −1 and 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Two related vectors with a few large values, and everything that follows from them. */
export function pair(count = 768, scale = 0.14): PairView {
  const random = seeded(count);
  const bell = () => (random() + random() + random()) * scale;
  const a: number[] = [];
  const b: number[] = [];
  for (let dimension = 0; dimension < count; dimension++) {
    const shared = bell();
    a.push(bell() + 0.6 * shared);
    b.push(bell() + 0.6 * shared);
  }
  if (count > 700) {
    [a[447], b[447]] = [0.66, 0.58];
    [a[674], b[674]] = [0.432, 0.359];
    [a[640], b[640]] = [-0.44, 0.21];
  }
  return measured(a, b);
}

export function measured(a: readonly number[], b: readonly number[]): PairView {
  const dot = sum(a.map((value, dimension) => value * b[dimension]!));
  const norms = [
    Math.sqrt(sum(a.map((value) => value ** 2))),
    Math.sqrt(sum(b.map((value) => value ** 2))),
  ] as const;
  const shares = a.map((value, dimension) => (value * b[dimension]!) / (norms[0] * norms[1]));
  const dimensions = [...a.keys()]
    .sort((one, other) => Math.abs(shares[other]!) - Math.abs(shares[one]!))
    .slice(0, 6)
    .map((dimension) => ({ dimension, a: a[dimension]!, b: b[dimension]!, share: shares[dimension]! }));
  return {
    a,
    b,
    cosine: dot / (norms[0] * norms[1]),
    centered: 0.165,
    dot,
    euclidean: Math.sqrt(sum(a.map((value, dimension) => (value - b[dimension]!) ** 2))),
    pearson: 0.318,
    norms,
    normPercentiles: [0.613, 0.485],
    rankOfB: 3_118,
    averageCosine: 0.29,
    averageCentered: 0.001,
    dimensions,
    variants: {
      rows: [variant('ban', true, token('ban', 3820)), variant(' ban', false, token(' ban', 3958))],
      columns: [
        variant('ana', true, token('ana', 2271)),
        variant(' ana', false, token(' ana', 281)),
        variant('Ana', false, token('An', 2025), token('a', 64)),
      ],
      cosines: [
        [dot / (norms[0] * norms[1]), 0.338, null],
        [0.352, 0.391, null],
      ],
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export function variant(text: string, isOriginal: boolean, ...pieces: TokenView[]): VariantView {
  return { text, pieces, isOriginal };
}

export function pairCompare(values: PairView = pair(), changes: Partial<CompareView> = {}): CompareView {
  return {
    mode: 'pair',
    items: [item('ban', token('ban', 3820)), item('ana', token('ana', 2271))],
    pairOf: [0, 1],
    pair: values,
    model: gpt2,
    milliseconds: 0.1,
    ...changes,
  };
}

const matrixItems = [
  item('Mike', token('Mike', 16073)),
  item('apple', token('apple', 18040)),
  item('" Mike"', token(' Mike', 4995)),
  item('" apple"', token(' apple', 17180)),
  item('Michael', token('Michael', 13256)),
  item('king - man + woman', token('king', 3364), token('man', 805), token('woman', 8580)),
];

const matrixValues = [
  [1, 0.318, 0.857, 0.249, 0.685, 0.231],
  [0.318, 1, 0.259, 0.661, 0.311, 0.263],
  [0.857, 0.259, 1, 0.287, 0.604, 0.262],
  [0.249, 0.661, 0.287, 1, 0.238, 0.301],
  [0.685, 0.311, 0.604, 0.238, 1, -0.044],
  [0.231, 0.263, 0.262, 0.301, -0.044, 1],
];

export function matrixCompare(changes: Partial<CompareView> = {}): CompareView {
  const matrix: MatrixView = { metric: 'cosine', values: matrixValues, average: 0.29 };
  return { mode: 'matrix', items: matrixItems, pairOf: [0, 1], matrix, model: gpt2, ...changes };
}

/** As many texts as can be compared. */
export function largeMatrix(count: number): CompareView {
  const random = seeded(7);
  const items = Array.from({ length: count }, (_, index) =>
    item(`word${index}`, token(`word${index}`, 1_000 + index)),
  );
  const values = items.map((_, row) =>
    items.map((__, column) => (row === column ? 1 : 0.6 + 0.4 * Math.sin(row * 3 + column * 3) * random())),
  );
  return matrixCompare({ items, matrix: { metric: 'cosine', values, average: 0.29 } });
}
