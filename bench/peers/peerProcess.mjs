import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * How a peer is started.
 *
 * @typedef {object} PeerDefinition
 * @property {string} name For the table.
 * @property {string} command Program.
 * @property {string[]} parameters
 * @property {Record<string, string | undefined>} [environment] On top of this process's; undefined takes a variable away.
 * @property {boolean} [slow] Whether a search takes so long that it is asked less often.
 * @property {boolean} [incomplete] Whether its time leaves out a part of the search; the name says which.
 */

/**
 * What one search found, and how long it took where it was done.
 *
 * @typedef {object} Answer
 * @property {number} milliseconds Search alone, with normalizing the query; no message, no decoding.
 * @property {number[]} ids Rows, nearest first.
 * @property {number[]} scores Cosine similarities of these rows.
 */

/**
 * The same for several queries at once: an array of ids and one of scores for each.
 *
 * @typedef {object} BatchAnswer
 * @property {number} milliseconds
 * @property {number[][]} ids
 * @property {number[][]} scores
 */

/** Reading 4 GB from a cold disk and normalizing; of 154 MB, making an array of numbers of each row. */
const LOAD_TIMEOUT_MILLISECONDS = 600_000;
/** The slowest peer takes well under a second for one query; a batch of hundreds may take a minute. */
const ANSWER_TIMEOUT_MILLISECONDS = 120_000;
const EXIT_TIMEOUT_MILLISECONDS = 5_000;
const KEPT_ERROR_CHARACTERS = 4_000;

/** A peer in a process of its own, which answers one JSON line to each that it gets. */
export class PeerProcess {
  #child;
  #waiting;
  #ended;
  #errors = '';

  /** @param {PeerDefinition} definition */
  constructor({ name, command, parameters, environment = {}, slow = false, incomplete = false }) {
    this.name = name;
    this.slow = slow;
    this.incomplete = incomplete;
    this.version = '';
    this.batches = false;
    this.#child = spawn(command, parameters, {
      env: Object.fromEntries(
        Object.entries({ ...process.env, ...environment }).filter(([, value]) => value !== undefined),
      ),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stderr.on('data', (piece) => {
      this.#errors = (this.#errors + piece).slice(-KEPT_ERROR_CHARACTERS);
    });
    // Writing to a process that has ended is told by its end.
    this.#child.stdin.on('error', () => {});
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#receive(line));
    this.#child.on('error', (error) => this.#end(error.message));
    // 'close' and not 'exit': by then all of stderr has come.
    this.#child.on('close', (code, signal) =>
      this.#end(reasonAmong(this.#errors) ?? `ended with ${signal ?? code}`),
    );
  }

  /** Of its process; undefined where it could not be started. */
  get pid() {
    return this.#child.pid;
  }

  /**
   * @param {import('./matrixFile.mjs').MatrixFile} matrix
   * @returns {Promise<object>} What else it has said.
   */
  async load(matrix) {
    const answer = await this.#ask({ load: matrix }, LOAD_TIMEOUT_MILLISECONDS);
    this.version = answer.version ?? '';
    this.batches = answer.batches ?? false;
    return answer;
  }

  /**
   * @param {Float32Array} vector Of any length but zero.
   * @param {number} k
   * @returns {Promise<Answer>}
   */
  query(vector, k) {
    return this.#ask({ query: base64(vector), k }, ANSWER_TIMEOUT_MILLISECONDS);
  }

  /**
   * The same of rows that are added up at length 1: only Tokenscope takes this.
   *
   * @param {{id: number, weight: number}[]} terms
   * @param {number} k
   * @returns {Promise<Answer>}
   */
  queryRows(terms, k) {
    return this.#ask({ terms, k }, ANSWER_TIMEOUT_MILLISECONDS);
  }

  /**
   * All at once; only where `batches` is true.
   *
   * @param {Float32Array[]} vectors
   * @param {number} k
   * @returns {Promise<BatchAnswer>}
   */
  batch(vectors, k) {
    return this.#ask({ batch: vectors.map(base64), k }, ANSWER_TIMEOUT_MILLISECONDS);
  }

  /** Ends the process, by force if it does not end by itself. */
  async stop() {
    if (this.#ended !== undefined) {
      return;
    }
    const closed = new Promise((resolve) => this.#child.once('close', resolve));
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), EXIT_TIMEOUT_MILLISECONDS);
    this.#child.stdin.end(`${JSON.stringify({ exit: true })}\n`);
    await closed;
    clearTimeout(timer);
  }

  #ask(message, timeout) {
    if (this.#ended !== undefined) {
      return Promise.reject(new Error(this.#ended));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#end(`no answer within ${timeout / 1000} s`);
        this.#child.kill('SIGKILL');
      }, timeout);
      this.#waiting = { resolve, reject, timer };
      this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    });
  }

  #receive(line) {
    const { resolve, reject, timer } = this.#waiting ?? {};
    if (resolve === undefined) {
      return;
    }
    let answer;
    try {
      answer = JSON.parse(line);
    } catch {
      answer = { error: `not an answer: ${line.slice(0, 200)}` };
    }
    clearTimeout(timer);
    this.#waiting = undefined;
    if (answer.error === undefined) {
      resolve(answer);
    } else {
      reject(new Error(answer.error));
    }
  }

  #end(reason) {
    this.#ended ??= reason;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    waiting?.reject(new Error(reason));
  }
}

/**
 * Starts peers one after the other, so that loading one does not slow another down past its time limit.
 *
 * @param {PeerDefinition[]} definitions
 * @param {import('./matrixFile.mjs').MatrixFile} matrix
 * @returns {Promise<{peers: PeerProcess[], unavailable: Record<string, string>}>} Those that are ready, and for each of the
 *   others the reason why it is not. Whoever calls this stops the peers.
 */
export async function startPeers(definitions, matrix) {
  const peers = [];
  const unavailable = {};
  for (const definition of definitions) {
    const peer = new PeerProcess(definition);
    try {
      await peer.load(matrix);
      peers.push(peer);
    } catch (error) {
      unavailable[definition.name] = error.message;
      await peer.stop();
    }
  }
  return { peers, unavailable };
}

/** The line that tells most: the last that names an error, as both Python and Node do, else the last. */
function reasonAmong(text) {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
}

function base64(vector) {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
