import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { addAgreement, noAgreement } from './peers/comparePeers.mjs';
import { readRows } from './peers/matrixFile.mjs';
import { PeerProcess } from './peers/peerProcess.mjs';
import { PEERS, python } from './peers/peers.mjs';
import { residentMegabytes } from './peers/residentMemory.mjs';
import { WORK, WORKER } from './processes.mjs';
import { seededRequests, summarize } from './statistics.mjs';

const K = 20;
/** Questions to each peer that count, and those before them. */
const RUNS = 15;
const WARM_UP = 2;
/** In double precision sums of some hundred products differ by less. */
const SAME_SCORE = 1e-13;
/** Those that are fast enough to be asked among gigabytes. */
const COMPARED = /^(numpy, argpartition|faiss|usearch)/;
const EXACT_NEIGHBORS = fileURLToPath(new URL('peers/programs/exactNeighbors.py', import.meta.url));
const SERVE_ENGINE = path.join(WORK, 'serveEngine.mjs');

/**
 * Ours and the peers on a file of gigabytes. Each peer is loaded alone, for together they would need six times the file's size in memory; ours
 * stay, and each question goes to a peer and to ours in turn.
 *
 * @param {import('./peers/matrixFile.mjs').MatrixFile} file A NumPy array, its labels beside it.
 * @param {string} folder For what ours keep.
 * @returns {Promise<object>} Times in milliseconds, memory in MB.
 */
export async function measureMillions(file, folder) {
  const requests = seededRequests(WARM_UP + RUNS, file.rows, K, file.rows).map(({ query }) => query.terms);
  const exact = await exactNeighbors(file, requests);
  const questions = requests.map((terms, i) => ({ terms, vector: vectorOf(terms, file), exact: exact[i] }));
  const built = await firstStart(file, folder);
  const ours = [];
  const peers = {};
  const unavailable = {};
  try {
    ours.push(await startOurs('Tokenscope', file, folder));
    ours.push(await startOurs('Tokenscope, one thread', file, folder, 'oneThread'));
    for (const definition of PEERS.filter(({ name }) => COMPARED.test(name))) {
      console.error(`    ${definition.name}`);
      try {
        peers[definition.name] = await besideOurs(definition, ours, questions, file);
      } catch (error) {
        unavailable[definition.name] = error.message;
      }
    }
    if (ours[0].times.length === 0) {
      await askInTurn(ours, questions);
    }
    return {
      rowCount: file.rows,
      dimension: file.dimension,
      fileMegabytes: fs.statSync(file.matrix).size / 1e6,
      keptMegabytes: {
        vectors: megabytesIn(path.join(folder, 'vectors')),
        index: megabytesIn(path.join(folder, 'indexes')),
      },
      built,
      searches: { ...Object.fromEntries(ours.map((runner) => [runner.name, outcomeOf(runner)])), ...peers },
      unavailable,
    };
  } finally {
    await Promise.all(ours.map(({ peer }) => peer.stop()));
  }
}

/** What the very first start takes, with the conversion; this process ends when the index is kept. */
async function firstStart(file, folder) {
  const peer = new PeerProcess(ourDefinition(folder));
  try {
    const { converted, firstAnswer } = await peer.load(file);
    return { converted, firstAnswer, memory: residentMegabytes(peer.pid) };
  } finally {
    await peer.stop();
  }
}

async function startOurs(name, file, folder, ...parameters) {
  const peer = new PeerProcess(ourDefinition(folder, ...parameters));
  const { firstAnswer } = await peer.load(file);
  return runnerOf({ name, peer, opened: firstAnswer, ask: ({ terms }) => peer.queryRows(terms, K) });
}

function ourDefinition(folder, ...parameters) {
  return {
    name: 'Tokenscope',
    command: process.execPath,
    parameters: [SERVE_ENGINE, WORKER, folder, ...parameters],
  };
}

/** Starts a peer, asks it and ours in turn, and ends it. */
async function besideOurs(definition, ours, questions, file) {
  const begun = performance.now();
  const peer = new PeerProcess(definition);
  try {
    await peer.load(file);
    const ask = ({ vector }) => peer.query(vector, K);
    await ask(questions[0]);
    const runner = runnerOf({ name: definition.name, peer, opened: performance.now() - begun, ask });
    await askInTurn([...ours, runner], questions);
    return outcomeOf(runner);
  } finally {
    await peer.stop();
  }
}

function runnerOf(parts) {
  return { ...parts, times: [], agreement: noAgreement(), inOrder: 0, asked: 0 };
}

/** Who comes first changes from question to question. */
async function askInTurn(runners, questions) {
  for (const [round, question] of questions.entries()) {
    for (let i = 0; i < runners.length; i++) {
      const runner = runners[(round + i) % runners.length];
      const answer = await runner.ask(question);
      runner.asked++;
      runner.inOrder += isInOrder(answer.ids, question.exact) ? 1 : 0;
      addAgreement(runner.agreement, answer, question.exact);
      if (round >= WARM_UP) {
        runner.times.push(answer.milliseconds);
      }
    }
  }
}

/** Whether ids are those of the exact answer in its order. Both words of a mean are equally far from it: their order is that of a rounding. */
function isInOrder(ids, exact) {
  const scores = new Map(exact.ids.map((id, place) => [id, exact.scores[place]]));
  return exact.scores.every((score, place) => Math.abs(scores.get(ids[place]) - score) < SAME_SCORE);
}

function outcomeOf({ peer, times, agreement, inOrder, asked, opened }) {
  return {
    version: peer.version,
    ...summarize(times),
    opened,
    memory: residentMegabytes(peer.pid),
    agreement: { ...agreement, asked, inOrder },
  };
}

/** The first of all rows for each question, in double precision by NumPy. */
async function exactNeighbors(file, queries) {
  const child = spawn(python, [EXACT_NEIGHBORS], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`${JSON.stringify({ ...file, k: K, queries })}\n`);
  return JSON.parse(await text(child.stdout));
}

/** What of a query a peer gets: its rows, added up at length 1. */
function vectorOf(terms, file) {
  const sums = new Float64Array(file.dimension);
  for (const { weight, id } of terms) {
    const row = readRows(file, id, 1);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    row.forEach((value, j) => (sums[j] += (weight * value) / length));
  }
  return Float32Array.from(sums);
}

/** Of all files in a folder, in MB. */
function megabytesIn(folder) {
  return (
    fs.readdirSync(folder).reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0) / 1e6
  );
}
