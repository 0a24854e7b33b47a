// node bench/run.mjs [--large] [--whole-layout]: builds what it needs, measures, prints, and writes bench/results/latest.json and docs/benchmarks.md.
// With --large also models of a gigabyte, whose stand-ins take some minutes and 3 GB of disk the first time.
// With --whole-layout umap-js lays out all rows of three matrices and not only a slice of each: some minutes.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { build } from '../scripts/build.mjs';
import { compile } from '../scripts/generate/kernel.mjs';
import { npmCommand } from '../test/host/npmCommand.mjs';
import { benchmarksTable } from './benchmarksTable.mjs';
import { likeGpt2 } from './likeGpt2.mjs';
import { measureDownload } from './measureDownload.mjs';
import { measureHost } from './measureHost.mjs';
import { measureMapDrawing } from './measureMapDrawing.mjs';
import { summarize } from './statistics.mjs';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const WORK = path.join(PROJECT, '.cache', 'bench');
const RESULTS = path.join(PROJECT, 'bench', 'results');
const WORKER = path.join(PROJECT, 'dist', 'engineWorker.js');
const MEASUREMENTS = [
  'measureEncoding',
  'measureFirstNeighbors',
  'measureGraph',
  'measureIndex',
  'measureLarge',
  'measureLayout',
  'measureLinearMap',
  'measureMapLabels',
  'measureSearch',
  'measureTokenizer',
  'measureWorker',
];
/** Larger models that stand-ins are made of: GPT-2 XL, Llama 3 8B, Gemma 3 4B. */
const LARGE = [
  ['gpt2-xl', 50257, 1600, 'F32'],
  ['Llama 3', 128256, 4096, 'BF16'],
  ['Gemma 3', 262144, 2560, 'BF16'],
];
/** Those that encode the same texts, and where each says its version. */
const ENCODERS = {
  Tokenscope: 'package.json',
  tiktoken: 'bench/node_modules/tiktoken/package.json',
  'gpt-tokenizer': 'node_modules/gpt-tokenizer/package.json',
  '@huggingface/tokenizers': 'node_modules/@huggingface/tokenizers/package.json',
};
const FRESH_PROCESSES = 7;

const run = promisify(execFile);

/** Runs one measurement in a process of its own; its last line is the result. */
async function measure(name, ...parameters) {
  console.error(`${name} ${parameters.map((parameter) => path.basename(parameter)).join(' ')} …`);
  const { stdout } = await run(process.execPath, [path.join(WORK, `${name}.mjs`), ...parameters]);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** Several fresh processes, the first of them only to warm the page cache; every figure summarized. */
async function measureFresh(name, ...parameters) {
  const results = [];
  for (let i = 0; i <= FRESH_PROCESSES; i++) {
    results.push(await measure(name, ...parameters));
  }
  const counted = results.slice(1);
  return Object.fromEntries(
    Object.keys(counted[0]).map((figure) => [
      figure,
      summarize(counted.map((result) => result[figure].median ?? result[figure])),
    ]),
  );
}

async function prepare() {
  await build({ only: ['engineWorker'], production: true });
  await fs.mkdir(WORK, { recursive: true });
  await fs.mkdir(RESULTS, { recursive: true });
  await esbuild.build({
    absWorkingDir: PROJECT,
    entryPoints: MEASUREMENTS.map((name) => `bench/${name}.mjs`),
    outdir: WORK,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Where the sample vectors lie beside the bundles.
    define: { __dirname: JSON.stringify(path.join(PROJECT, 'dist')) },
    logLevel: 'warning',
  });
  const readBytes = path.join(WORK, 'readBytes.wasm');
  await fs.writeFile(readBytes, await compile(path.join(PROJECT, 'bench', 'assembly', 'readBytes.ts')));
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', 'test/fixtures/checkpoints/makeCheckpoints.ts'],
    { cwd: PROJECT },
  );
  const like = likeGpt2(path.join(WORK, 'like'), 50257, 768);
  return { readBytes, checkpoint: stdout.trim().split('\n').at(-1), like };
}

/** An empty folder for indexes. */
async function emptyCache(name) {
  const folder = path.join(WORK, `cache-${name}`);
  await fs.rm(folder, { recursive: true, force: true });
  return folder;
}

async function indexFigures(file) {
  const folder = await emptyCache('index');
  return {
    ...(await measureFresh('measureIndex', file, folder, 'build')),
    ...(await measureFresh('measureIndex', file, folder, 'read')),
    ...(await measureFresh('measureIndex', file, folder, 'open')),
  };
}

/** Installs the peers of bench/package.json where they are missing. Without them, they are left out. */
async function installPeers() {
  const bench = path.join(PROJECT, 'bench');
  try {
    const { dependencies } = JSON.parse(await fs.readFile(path.join(bench, 'package.json'), 'utf8'));
    await Promise.all(
      Object.keys(dependencies).map((name) => fs.access(path.join(bench, 'node_modules', name))),
    );
  } catch {
    try {
      await run(...npmCommand(['ci']), { cwd: bench });
    } catch (error) {
      console.error(`The peers that npm installs are left out: ${error.message}`);
    }
  }
}

/** Ours among the peers of bench/peers. */
async function peerFigures(file) {
  console.error('measurePeers …');
  const { stdout } = await run(
    process.execPath,
    ['--import', 'tsx', path.join(PROJECT, 'bench', 'measurePeers.mjs'), file, WORK],
    { cwd: PROJECT, maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** The layout of three matrices. */
async function layoutFigures(checkpoint, like) {
  const results = {};
  for (const [name, model] of Object.entries({ sample: 'sample', like, planted: checkpoint })) {
    const folder = await emptyCache('layout');
    const extent = process.argv.includes('--whole-layout') ? ['whole'] : [];
    results[name] = await measure('measureLayout', model, folder, ...extent);
  }
  return results;
}

async function largeFigures(readBytes) {
  const results = [];
  for (const [name, rowCount, dimension, dtype] of LARGE) {
    const file = likeGpt2(path.join(WORK, 'like'), rowCount, dimension, dtype);
    results.push({
      name,
      ...(await measure('measureLarge', WORKER, file, readBytes, await emptyCache('large'))),
    });
  }
  return results;
}

async function tokenizers() {
  const names = { Tokenscope: 'ours' };
  const peer = path.join(PROJECT, 'node_modules', 'gpt-tokenizer', 'package.json');
  const { version } = JSON.parse(await fs.readFile(peer, 'utf8').catch(() => '{}'));
  if (version !== undefined) {
    names[`gpt-tokenizer ${version}`] = 'gpt-tokenizer';
  }
  const results = {};
  for (const [name, parameter] of Object.entries(names)) {
    results[name] = await measureFresh('measureTokenizer', parameter);
  }
  return results;
}

/** How fast texts of a megabyte are encoded, each encoder in a fresh process, and what typing in such a text costs. */
async function encodingFigures() {
  const folder = path.join(WORK, 'texts');
  const bytes = await measure('measureEncoding', 'texts', folder, PROJECT);
  const encoders = {};
  for (const [name, file] of Object.entries(ENCODERS)) {
    const { version } = JSON.parse(await fs.readFile(path.join(PROJECT, file), 'utf8').catch(() => '{}'));
    const shown = name === 'Tokenscope' ? name : `${name} ${version ?? ''}`.trim();
    encoders[shown] = await measure('measureEncoding', name, folder, PROJECT).catch((error) => ({
      unavailable: error.message.split('\n')[0],
    }));
  }
  return { bytes, encoders, documents: await measure('measureEncoding', 'documents', folder, PROJECT) };
}

const loadAverage = os.loadavg()[0];
await installPeers();
const { readBytes, checkpoint, like } = await prepare();
const cache = await emptyCache('start');
const results = {
  date: new Date().toISOString(),
  machine: {
    processor: os.cpus()[0]?.model ?? 'unknown processor',
    processors: os.cpus().length,
    memoryGigabytes: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    loadAverage,
  },
  versions: { node: process.versions.node, v8: process.versions.v8 },
  firstNeighbors: await measureFresh('measureFirstNeighbors', WORKER, checkpoint),
  sampleVectors: await measureFresh('measureFirstNeighbors', WORKER, 'sample'),
  // The first of these processes builds and keeps the index, and is not counted.
  firstNeighborsCached: await measureFresh('measureFirstNeighbors', WORKER, checkpoint, cache),
  worker: await measure('measureWorker', WORKER, like),
  search: await measure('measureSearch', like, readBytes),
  index: await indexFigures(like),
  peers: await peerFigures(like),
  graph: await measure('measureGraph', WORKER, like),
  layout: await layoutFigures(checkpoint, like),
  linearMap: await measure('measureLinearMap', like),
  mapLabels: await measure('measureMapLabels', PROJECT),
  ...(process.argv.includes('--large') && { large: await largeFigures(readBytes) }),
  tokenizer: await tokenizers(),
  encoding: await encodingFigures(),
  download: await measureDownload(checkpoint),
  host: await measureHost(checkpoint),
  mapDrawing: await measureMapDrawing(),
};
await fs.writeFile(path.join(RESULTS, 'latest.json'), `${JSON.stringify(results, undefined, 2)}\n`);
const table = benchmarksTable(results);
await fs.writeFile(path.join(PROJECT, 'docs', 'benchmarks.md'), table);
console.log(table);
