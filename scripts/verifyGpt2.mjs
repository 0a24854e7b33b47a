// npm run verify:gpt2 -- [--endpoint URL] [--storage FOLDER]
// Downloads the real embedding matrix of GPT-2 small as the extension does, and checks everything that is published about it:
// its fingerprint, the token splits and the neighbors of the lesson, and that the fast search agrees with the plain loop.
// Prints a table of checks and exits with 1 if one fails. Without --storage the download is deleted at the end.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { generateAll } from './generate.mjs';

/** Published figures of GPT-2 small: similarities with "Mike" to three decimals. */
const NEIGHBORS_OF_MIKE = [
  ['Mike', '1.000'],
  [' Mike', '0.857'],
  ['Michael', '0.685'],
  ['Chris', '0.647'],
  ['Jim', '0.640'],
];

const SPLITS = [
  ['banana', ['ban', 'ana']],
  ['apple', ['apple']],
  ['cosmic', ['cos', 'mic']],
];

const load = (module) => tsImport(`../src/${module}.ts`, import.meta.url);

/** Rows of a table: what was checked, what was expected, what was found. */
class Checks {
  rows = [];

  add(what, expected, found) {
    this.rows.push({ what, expected, found, passed: expected === found });
  }

  print() {
    const columns = ['what', 'expected', 'found'];
    const widths = columns.map((column) =>
      Math.max(column.length, ...this.rows.map((row) => row[column].length)),
    );
    const line = (mark, cells) =>
      `${mark}  ${cells.map((cell, i) => cell.padEnd(widths[i])).join('  ')}`.trimEnd();
    console.log(line('      ', columns));
    for (const row of this.rows) {
      console.log(
        line(
          row.passed ? 'ok    ' : 'FAILED',
          columns.map((column) => row[column]),
        ),
      );
    }
    const failed = this.rows.filter(({ passed }) => !passed).length;
    console.log(`${this.rows.length - failed} of ${this.rows.length} checks passed.`);
    return failed === 0;
  }
}

async function main() {
  const { values } = parseArgs({
    options: { endpoint: { type: 'string', default: '' }, storage: { type: 'string' } },
  });
  await generateAll();
  const temporary =
    values.storage === undefined ? await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-gpt2-')) : undefined;
  const storage = path.resolve(values.storage ?? temporary);
  try {
    const checks = new Checks();
    const { server, ...stored } = await download(storage, values.endpoint);
    const isVerified = await checkMatrix(stored, checks);
    await checkTokens(checks);
    if (!isVerified) {
      // It is not GPT-2, so it must not be found and used later.
      const { deleteStoredModel } = await load('model/hub/storedModels');
      const { storageOfServer } = await load('model/hub/serverStorage');
      await deleteStoredModel(storageOfServer(storage, server), { ...stored, isComplete: true });
    }
    return checks.print();
  } finally {
    if (temporary !== undefined) {
      await fs.rm(temporary, { recursive: true, force: true });
    }
  }
}

/** Downloads without the fingerprint's check, so that a failure is one line of the table and not its end. */
async function download(storage, endpoint) {
  const { HubDownloader } = await load('model/hub/hubDownloader');
  const { resolveEndpoint, resolveToken } = await load('model/hub/hubSettings');
  const { GPT2_SMALL } = await load('model/hub/knownModels');
  const downloader = new HubDownloader({
    storage,
    endpoint: resolveEndpoint(endpoint, process.env),
    token: () => Promise.resolve(resolveToken(undefined, process.env)),
    hasFingerprint: () => false,
  });
  console.log(`Downloading ${GPT2_SMALL.repository} from ${downloader.serverName} …`);
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort(new Error('Canceled; what has arrived is kept in --storage.')));
  let shown = '';
  const stored = await downloader.download(GPT2_SMALL, {
    signal: cancel.signal,
    onProgress: ({ phase, bytesDone, bytesTotal, waiting }) => {
      const tenth = bytesTotal === 0 ? 0 : Math.floor((10 * bytesDone) / bytesTotal);
      const line = waiting ?? `${phase} ${String(tenth * 10)} %`;
      if (line !== shown) {
        console.log(`  ${line}`);
        shown = line;
      }
    },
  });
  return { ...stored, server: downloader.server };
}

async function checkMatrix({ file }, checks) {
  const { openEmbeddingSource } = await load('model/embeddingSource');
  const { checkGpt2Fingerprint } = await load('model/gpt2Fingerprint');
  const source = await openEmbeddingSource({ kind: 'file', path: file });
  try {
    const { tensorName, dtype, rowCount, dimension } = source.identity;
    checks.add('tensor', 'wte.weight F32 [50257, 768]', `${tensorName} ${dtype} [${rowCount}, ${dimension}]`);
    const isVerified = await checkGpt2Fingerprint(source);
    checks.add(
      'fingerprint of rows 0, 1 and 50256',
      'as published',
      isVerified ? 'as published' : 'another matrix',
    );
    const rows = new Float32Array(rowCount * dimension);
    await source.readRows(0, rows);
    const bad = rows.findIndex((value) => !Number.isFinite(value));
    checks.add('values', 'all finite', bad < 0 ? 'all finite' : `row ${Math.floor(bad / dimension)} is not`);
    await checkSimilarities(source, rows, checks);
    return isVerified;
  } finally {
    await source.close();
  }
}

async function checkSimilarities(source, rows, checks) {
  const { rowCount, dimension } = source.identity;
  const { IndexMemory } = await load('core/embedding/index/indexMemory');
  const { IndexedSearch } = await load('core/embedding/index/indexedSearch');
  const { buildIndex } = await load('engine/loaded/buildIndex');
  const { rowsOf } = await load('engine/loaded/sourceRows');
  const { Gpt2Tokenizer } = await load('core/tokenizer/gpt2Tokenizer');
  const tokenizer = Gpt2Tokenizer.shared();
  const [mike] = tokenizer.encode('Mike');
  const query = Float64Array.from(rows.subarray(mike * dimension, (mike + 1) * dimension));
  const loop = loopCosines(rows, dimension, query);

  const memory = new IndexMemory(rowCount, dimension);
  const figures = await buildIndex(source, memory, new AbortController().signal);
  const index = new IndexedSearch(memory, figures, rowsOf(source));
  const found = index.search({ query, metric: 'cosine', k: NEIGHBORS_OF_MIKE.length });
  NEIGHBORS_OF_MIKE.forEach(([token, similarity], i) => {
    const id = found.ids[i];
    const line = `${JSON.stringify(tokenizer.decode([id]))} ${found.scores[i].toFixed(3)}`;
    checks.add(`neighbor ${i + 1} of "Mike"`, `${JSON.stringify(token)} ${similarity}`, line);
  });
  const loopBest = [...loop.keys()].sort((a, b) => loop[b] - loop[a] || a - b).slice(0, found.ids.length);
  checks.add('the same by the plain loop', loopBest.join(' '), [...found.ids].join(' '));
  const screened = new Float32Array(rowCount);
  index.approximateScores(query, 'cosine', screened);
  // Rows that cannot be ranked have no score; there are none in a file that passed until here.
  checks.add(`correlation of loop and ${index.kernel}`, '1.000', correlation(loop, screened).toFixed(3));
}

/** The lesson's loop: one cosine after the other. */
function loopCosines(rows, dimension, query) {
  const queryNorm = Math.sqrt(query.reduce((sum, value) => sum + value * value, 0));
  return Float64Array.from({ length: rows.length / dimension }, (_, row) => {
    let [dot, squares] = [0, 0];
    for (let j = 0, i = row * dimension; j < dimension; j++, i++) {
      dot += rows[i] * query[j];
      squares += rows[i] * rows[i];
    }
    return squares === 0 ? 0 : dot / (Math.sqrt(squares) * queryNorm);
  });
}

/** Pearson's correlation coefficient. */
function correlation(a, b) {
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(Float64Array.from(b))];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

async function checkTokens(checks) {
  const { Gpt2Tokenizer } = await load('core/tokenizer/gpt2Tokenizer');
  const tokenizer = Gpt2Tokenizer.shared();
  for (const [word, pieces] of SPLITS) {
    const found = tokenizer.encode(word).map((id) => tokenizer.decode([id]));
    checks.add(`tokens of "${word}"`, JSON.stringify(pieces), JSON.stringify(found));
  }
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  // A failed download is told as the extension tells it; anything else is a fault of the program.
  console.error(error?.name === 'HubError' ? [error.message, error.detail].filter(Boolean).join(' ') : error);
  process.exitCode = 1;
}
