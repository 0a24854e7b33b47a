// The parts of `npm run bench`, in their order: figures by name.
import fs from 'node:fs/promises';
import path from 'node:path';
import { nodeBinary } from '../test/host/nodeBinary.mjs';
import { ensureHostInstalled } from '../test/host/install.mjs';
import { likeGpt2 } from './likeGpt2.mjs';
import { likeWords } from './likeWords.mjs';
import { measureDownload } from './measureDownload.mjs';
import { measureHost } from './measureHost.mjs';
import { measureMapDrawing } from './measureMapDrawing.mjs';
import { measureMillions } from './measureMillions.mjs';
import { emptyCache, Measuring, PROJECT, run, WORK, WORKER } from './processes.mjs';

/** Larger models that stand-ins are made of: GPT-2 XL, Llama 3 8B, Gemma 3 4B. */
const LARGE = [
  ['gpt2-xl', 50257, 1600, 'F32'],
  ['Llama 3', 128256, 4096, 'BF16'],
  ['Gemma 3', 262144, 2560, 'BF16'],
];
/** Rows and values of files of words' vectors. */
const MILLIONS = [
  [1_000_000, 300],
  [3_000_000, 300],
  [1_000_000, 768],
];
/** Those that encode the same texts, and where each says its version. */
const ENCODERS = {
  Tokenscope: 'package.json',
  tokenizers: 'node_modules/tokenizers/package.json',
  tiktoken: 'bench/node_modules/tiktoken/package.json',
  'gpt-tokenizer': 'node_modules/gpt-tokenizer/package.json',
  '@huggingface/tokenizers': 'node_modules/@huggingface/tokenizers/package.json',
};

const measuring = new Measuring();

/**
 * @typedef {object} Prepared What `prepare` gives, and which of the longer measurements are wanted.
 * @property {string} readBytes
 * @property {string} checkpoint
 * @property {string} like
 * @property {{large: boolean, wholeLayout: boolean}} wanted
 */

/** Parts that only `--large` measures; without it their last figures stay, each part with the date of its own. */
export const LARGE_PARTS = ['large', 'millions'];

/**
 * Each gets what the parts before it have given.
 *
 * @type {Record<string, (prepared: Prepared, measured: object) => Promise<object | undefined>>} `undefined` where a part was not
 *   wanted, or cannot be measured here.
 */
export const PARTS = {
  firstNeighbors: ({ checkpoint }) => measuring.measureFresh('measureFirstNeighbors', WORKER, checkpoint),
  sampleVectors: () => measuring.measureFresh('measureFirstNeighbors', WORKER, 'sample'),
  firstNeighborsCached: ({ checkpoint }) => cachedFigures(measuring, checkpoint),
  worker: ({ like }) => measuring.measure('measureWorker', WORKER, like),
  search: ({ like, readBytes }) => measuring.measure('measureSearch', like, readBytes),
  index: ({ like }) => indexFigures(like),
  peers: ({ like }) => peerFigures(like),
  graph: ({ like }) => measuring.measure('measureGraph', WORKER, like),
  layout: layoutFigures,
  linearMap: ({ like }) => measuring.measure('measureLinearMap', like),
  mapLabels: () => measuring.measure('measureMapLabels', PROJECT),
  large: largeFigures,
  millions: millionsFigures,
  tokenizer: tokenizerFigures,
  encoding: encodingFigures,
  download: ({ checkpoint }) => measureDownload(checkpoint),
  host: ({ checkpoint }) => measureHost(checkpoint),
  mapDrawing: () => measureMapDrawing(),
  vscodeNode: vscodeNodeFigures,
};

/** The first of these processes builds and keeps the index, and is not counted. */
async function cachedFigures(by, checkpoint) {
  return by.measureFresh('measureFirstNeighbors', WORKER, checkpoint, await emptyCache('start'));
}

async function indexFigures(like) {
  const folder = await emptyCache('index');
  const results = {};
  for (const part of ['build', 'read', 'open']) {
    Object.assign(results, await measuring.measureFresh('measureIndex', like, folder, part));
  }
  return results;
}

/** Ours among the peers of bench/peers. */
async function peerFigures(like) {
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', path.join(PROJECT, 'bench', 'measurePeers.mjs'), like, WORK],
    { cwd: PROJECT, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** The layout of two matrices, on demand of three. */
async function layoutFigures({ checkpoint, like, wanted }) {
  const results = {};
  const matrices = { sample: 'sample', like, ...(wanted.wholeLayout && { planted: checkpoint }) };
  const extent = wanted.wholeLayout ? ['whole'] : [];
  for (const [name, model] of Object.entries(matrices)) {
    const folder = await emptyCache('layout');
    results[name] = await measuring.measure('measureLayout', model, folder, ...extent);
  }
  return results;
}

async function largeFigures({ readBytes, wanted }) {
  if (!wanted.large) {
    return undefined;
  }
  const models = [];
  for (const [name, rowCount, dimension, dtype] of LARGE) {
    const file = likeGpt2(path.join(WORK, 'like'), rowCount, dimension, dtype);
    const cache = await emptyCache('large');
    models.push({ name, ...(await measuring.measure('measureLarge', WORKER, file, readBytes, cache)) });
  }
  return { date: new Date().toISOString(), models };
}

/** Ours and the peers on files of gigabytes. They are made anew each time: kept, they would take 8 GB, and ours as much again. */
async function millionsFigures({ wanted }) {
  if (!wanted.large) {
    return undefined;
  }
  const sizes = [];
  for (const [rowCount, dimension] of MILLIONS) {
    console.error(`  measureMillions ${rowCount} × ${dimension}`);
    const folder = await emptyCache('millions');
    try {
      sizes.push(await measureMillions(likeWords(folder, rowCount, dimension), folder));
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }
  return { date: new Date().toISOString(), sizes };
}

async function tokenizerFigures() {
  const names = { Tokenscope: 'ours' };
  const version = await versionIn('node_modules/gpt-tokenizer/package.json');
  if (version !== undefined) {
    names[`gpt-tokenizer ${version}`] = 'gpt-tokenizer';
  }
  const results = {};
  for (const [name, parameter] of Object.entries(names)) {
    results[name] = await measuring.measureFresh('measureTokenizer', parameter);
  }
  return results;
}

/** How fast texts of a megabyte are encoded, each encoder in a fresh process, and what typing in such a text costs. */
async function encodingFigures() {
  const folder = path.join(WORK, 'texts');
  const bytes = await measuring.measure('measureEncoding', 'texts', folder, PROJECT);
  const encoders = {};
  for (const [name, file] of Object.entries(ENCODERS)) {
    const version = (await versionIn(file)) ?? '';
    const language = name === 'tokenizers' ? ' (Rust, called from Node)' : '';
    const shown = name === 'Tokenscope' ? name : `${name} ${version}${language}`.trim();
    encoders[shown] = await measuring.measure('measureEncoding', name, folder, PROJECT).catch((error) => ({
      unavailable: error.message.split('\n')[0],
    }));
  }
  const documents = await measuring.measure('measureEncoding', 'documents', folder, PROJECT);
  return { bytes, encoders, documents };
}

/** Some parts on the Node that VS Code ships, beside what they gave on this one. */
async function vscodeNodeFigures({ checkpoint, like, readBytes }, measured) {
  ensureHostInstalled();
  const theirs = new Measuring(nodeBinary());
  if ((await theirs.version()) === (await measuring.version())) {
    return undefined;
  }
  const folder = path.join(WORK, 'texts');
  await measuring.measure('measureEncoding', 'texts', folder, PROJECT);
  const measureOn = async (by, { encoding, search, firstNeighborsCached } = {}) => {
    const { prose, code, languages } =
      encoding?.encoders.Tokenscope ?? (await by.measure('measureEncoding', 'Tokenscope', folder, PROJECT));
    const { cosine20, cosine200 } = (search ?? (await by.measure('measureSearch', like, readBytes))).cases;
    const { firstAnswer } = firstNeighborsCached ?? (await cachedFigures(by, checkpoint));
    return {
      node: await by.version(),
      firstNeighborsCached: firstAnswer,
      cosine20,
      cosine200,
      encoding: { prose, code, languages },
    };
  };
  return { ours: await measureOn(measuring, measured), theirs: await measureOn(theirs) };
}

/** The version in a package.json of the project, `undefined` where there is none. */
async function versionIn(file) {
  try {
    return JSON.parse(await fs.readFile(path.join(PROJECT, file), 'utf8')).version;
  } catch {
    return undefined;
  }
}
