import type { PanelMemento, QueryMemento } from '../../src/protocol/panelMessages';
import type {
  AnswerView,
  DownloadOfferView,
  DownloadView,
  FormView,
  MapView,
  ModelView,
  NeighborView,
  PanelSnapshot,
  QueryView,
  TokenView,
} from '../../src/protocol/panelSnapshot';
import type { TokenLabelSegment } from '../../src/protocol/tokenLabel';

/** Snapshots as a host sends them. Ids and splits are GPT-2's; similarities, norms and positions are made up. */

export const gpt2: ModelView = {
  name: 'gpt2 124M',
  isSample: false,
  isVerified: true,
  path: '/home/ada/.cache/huggingface/hub/models--openai-community--gpt2/snapshots/607a30d/model.safetensors',
  tensorName: 'wte.weight',
  dtype: 'F32',
  rowCount: 50_257,
  dimension: 768,
  warnings: [],
};

export const sampleModel: ModelView = {
  ...gpt2,
  name: 'sample vectors',
  isSample: true,
  isVerified: false,
  path: '/home/ada/.config/Code/User/globalStorage/tokenscope/sample.safetensors',
  dimension: 64,
};

/** A checkpoint that nobody has published the values of. */
export const unverifiedModel: ModelView = { ...gpt2, name: 'pythia-70m', isVerified: false };

/** The published file: its size, and that of its embedding tensor. */
export const gpt2Offer: DownloadOfferView = {
  name: 'GPT-2 (124M)',
  repository: 'openai-community/gpt2',
  host: 'huggingface.co',
  tensorBytes: 154_389_504,
  fileBytes: 548_105_171,
};

export function download(changes: Partial<DownloadView> = {}): DownloadView {
  return {
    ...gpt2Offer,
    revision: '607a30d',
    tensorName: 'wte.weight',
    bytesDone: 64_843_592,
    bytesTotal: 154_389_504,
    bytesPerSecond: 8_190_000,
    secondsLeft: 10.93,
    ...changes,
  };
}

/** Before the first answer of the server. */
export function askingDownload(): DownloadView {
  const { name, repository, host } = gpt2Offer;
  return { name, repository, host, revision: 'main', bytesDone: 0, bytesTotal: 0, bytesPerSecond: 0 };
}

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
  }));
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
    averageSimilarity: 0.291,
    map: nameMap(),
    milliseconds: 1.4,
    model: gpt2,
    ...changes,
  };
}

export function answerWithoutMap(neighbors: readonly NeighborView[]): AnswerView {
  return { metric: 'cosine', neighbors, averageSimilarity: 0.291, milliseconds: 1.4, model: gpt2 };
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

export const idQuery: QueryView = {
  text: '#4995',
  pieces: [spaceMike],
  forms: [],
  vectors: [{ choice: 'mean', selected: true, pieces: [spaceMike] }],
};

/** A panel of nothing but what is given; the revision is set when it is posted. */
export function panel(changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return {
    revision: 0,
    embeddings: { state: 'ready', model: gpt2 },
    canGoBack: false,
    canGoForward: false,
    k: 20,
    ...changes,
  };
}

export function mikePanel(changes: Partial<PanelSnapshot> = {}): PanelSnapshot {
  return panel({ query: mikeQuery, answer: answer(), canGoBack: true, ...changes });
}

export function memento(...texts: string[]): PanelMemento {
  const history = texts.map((text): QueryMemento => ({ text, form: 'bare', vector: 'mean' }));
  return { version: 1, history, position: history.length - 1, k: 20 };
}

/** Every state of the panel by a name that says what it is. */
export const panelStates: Readonly<Record<string, PanelSnapshot>> = {
  empty: panel({ embeddings: { state: 'none' } }),
  'query without embeddings': panel({ embeddings: { state: 'none' }, query: bananaQuery }),
  locating: panel({ embeddings: { state: 'locating' }, query: mikeQuery }),
  undecided: panel({ embeddings: { state: 'undecided', offer: gpt2Offer }, query: bananaQuery }),
  'undecided without sizes': panel({
    embeddings: {
      state: 'undecided',
      offer: {
        name: 'EleutherAI/pythia-70m-deduped-with-a-name-that-is-as-long-as-the-hub-allows-and-not-broken',
        repository:
          'EleutherAI/pythia-70m-deduped-with-a-name-that-is-as-long-as-the-hub-allows-and-not-broken',
        host: 'mirror.of.the.department.for.computational.linguistics.university.example',
      },
    },
    query: mikeQuery,
  }),
  asking: panel({ embeddings: { state: 'downloading', download: askingDownload() }, query: mikeQuery }),
  downloading: panel({ embeddings: { state: 'downloading', download: download() }, query: bananaQuery }),
  'downloading but waiting': panel({
    embeddings: {
      state: 'downloading',
      download: download({ bytesPerSecond: 0, waiting: 'huggingface.co asks to wait 30 s.' }),
    },
    query: mikeQuery,
  }),
  building: panel({
    embeddings: { state: 'building', model: gpt2, rowsDone: 34_200, rowCount: 50_257 },
    query: bananaQuery,
  }),
  failed: panel({
    embeddings: {
      state: 'failed',
      reason: 'model.safetensors ends inside the header: 14,283 bytes are announced, 9,000 are there.',
    },
    query: mikeQuery,
  }),
  'failed download': panel({
    embeddings: {
      state: 'failed',
      reason: 'Download stopped: huggingface.co did not answer.',
      detail: 'Tried 4 times in 60 s. 64.8 of 154.4 MB are kept.',
    },
    query: mikeQuery,
  }),
  'failed for want of ranges': panel({
    embeddings: {
      state: 'failed',
      reason: 'mirror.example sends whole files only, so the embedding tensor cannot be had alone.',
      wholeFile: { bytes: 548_105_171 },
    },
    query: mikeQuery,
  }),
  'query error': panel({
    query: { text: '#99999', pieces: [], forms: [], vectors: [] },
    queryError: 'There is no token 99999: ids of gpt2 124M run from 0 to 50,256.',
  }),
  searching: panel({ query: mikeQuery }),
  answered: mikePanel(),
  'several tokens': panel({
    query: bananaQuery,
    answer: answerWithoutMap(nameNeighbors(8)),
  }),
  'one id': panel({ query: idQuery, answer: answer() }),
  sample: mikePanel({
    embeddings: { state: 'ready', model: sampleModel },
    answer: answer({ model: sampleModel, milliseconds: 0.3 }),
  }),
  warnings: mikePanel({
    embeddings: {
      state: 'ready',
      model: {
        ...unverifiedModel,
        warnings: ['3 rows of wte.weight hold NaN or infinity and are not ranked.'],
      },
    },
    answer: answer({
      model: {
        ...unverifiedModel,
        warnings: ['3 rows of wte.weight hold NaN or infinity and are not ranked.'],
      },
    }),
  }),
};
