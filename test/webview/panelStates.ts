import { NO_FILTER, type PanelSnapshot } from '../../src/protocol/panelSnapshot';
import {
  analogyQuery,
  answer,
  answerWithoutMap,
  bananaQuery,
  bell,
  brokenQuery,
  dragonQuery,
  idQuery,
  mikePanel,
  mikeQuery,
  movedNeighbors,
  nameNeighbors,
  panel,
  scriptNeighbors,
  underMetrics,
  verification,
} from './inspectorSnapshots';
import {
  askingDownload,
  download,
  gpt2,
  gpt2Offer,
  mirroredModel,
  sampleModel,
  unverifiedModel,
  words,
} from './modelSnapshots';
import { matrixCompare, pairCompare } from './views/viewSnapshots';

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
  converting: panel({
    embeddings: {
      state: 'converting',
      path: '/home/ada/vectors/glove.6B.100d.txt',
      rowsDone: 123_000,
      fraction: 0.31,
    },
    query: mikeQuery,
  }),
  'word that is not found': panel({
    embeddings: { state: 'ready', model: words },
    query: {
      text: 'Frog',
      pieces: [],
      forms: [],
      vectors: [],
      syntaxError: {
        message: '"Frog" is not among the 341,479 labels of glove.6B.100d; "frog" is.',
        start: 0,
        end: 4,
      },
    },
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
  'failed on a mirror': panel({
    embeddings: {
      state: 'failed',
      reason: 'mirror.example/hf holds no repository openai-community/gpt3 that can be read without a token.',
      setting: 'hubEndpoint',
      server: { name: 'mirror.example/hf', source: 'setting' },
    },
    query: mikeQuery,
  }),
  'nothing to compare with': mikePanel({
    view: 'compare',
    compare: { mode: 'pair', items: pairCompare().items, pairOf: [0, 1] },
    embeddings: {
      state: 'failed',
      reason: 'model.safetensors ends inside the header: 14,283 bytes are announced, 9,000 are there.',
    },
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
  'from another server': mikePanel({
    embeddings: { state: 'ready', model: mirroredModel },
    answer: answer({ model: mirroredModel }),
  }),
  folded: mikePanel({ isFolded: true, isPinned: true }),
  'without places': mikePanel({ canGoForward: true }),
  'with places': mikePanel({
    answer: answer({
      neighbors: nameNeighbors().map((neighbor) => ({ ...neighbor, underMetrics })),
    }),
  }),
  'another metric': mikePanel({
    metric: 'dot',
    answer: answer({
      metric: 'dot',
      averageScore: 3.1,
      neighbors: movedNeighbors().map((neighbor) => ({ ...neighbor, score: neighbor.score * 11.6 })),
      distribution: bell(-1, 12, 3.1),
      previousMetric: 'cosine',
    }),
  }),
  distances: mikePanel({
    metric: 'euclidean',
    answer: answer({
      metric: 'euclidean',
      averageScore: 4.02,
      neighbors: nameNeighbors().map((neighbor, index) => ({ ...neighbor, score: index * 0.15 })),
      distribution: bell(0, 6, 4.02),
    }),
  }),
  filtered: mikePanel({
    filter: { space: 'with', wordLike: true, hideByteFragments: false, text: 'mi', minimumScore: 0.4 },
  }),
  'nothing passes the filter': mikePanel({
    filter: { ...NO_FILTER, text: 'zzzz' },
    answer: answer({ neighbors: [] }),
  }),
  'other scripts': panel({ query: dragonQuery, answer: answerWithoutMap(scriptNeighbors) }),
  formula: panel({ query: analogyQuery, answer: answer() }),
  'syntax error': panel({ query: brokenQuery }),
  verified: mikePanel({ verification }),
  'verified samples': mikePanel({
    embeddings: { state: 'ready', model: sampleModel },
    answer: answer({ model: sampleModel }),
    verification: { ...verification, sameOrder: false },
  }),
  'empty comparison': mikePanel({ view: 'compare' }),
  pair: mikePanel({ view: 'compare', compare: pairCompare(), canGoBack: true }),
  matrix: mikePanel({ view: 'compare', compare: matrixCompare(), canGoBack: true }),
  'empty token page': panel({ view: 'token', query: bananaQuery }),
};
