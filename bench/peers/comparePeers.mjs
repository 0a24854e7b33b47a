import { seededRandom, seededRequests, summarize } from '../statistics.mjs';
import { readRows } from './matrixFile.mjs';

/**
 * Something that searches: a `PeerProcess`, or ours in the same shape.
 *
 * @typedef {object} Runner
 * @property {string} name
 * @property {string} [version]
 * @property {boolean} [slow] Whether it is asked `slowRuns` times only.
 * @property {boolean} [incomplete] Whether its time leaves out a part of the search; passed on to the results.
 * @property {(vector: Float32Array, k: number) => Promise<import('./peerProcess.mjs').Answer>} query
 */

/**
 * Right answers, from a runner that is trusted or from `exactReference`; not timed.
 *
 * @typedef {(vector: Float32Array, k: number) => Found | Promise<Found>} Reference
 * @typedef {{ids: ArrayLike<number>, scores: ArrayLike<number>}} Found
 */

/**
 * How the answers of one runner compare with the reference's. Ids are compared as sets: rounding to float32 may exchange
 * neighbors whose scores differ by less, also across the end of the list.
 *
 * @typedef {object} Agreement
 * @property {number} expected Ids of all its answers: runs × k.
 * @property {number} inCommon Those of them that the reference has too.
 * @property {number} largestScoreDifference Between the scores at the same place.
 */

/**
 * Times are in milliseconds.
 *
 * @typedef {{version: string, incomplete?: true, min: number, median: number, runs: number, agreement: Agreement}
 *   | {unavailable: string}} Outcome
 */

/**
 * Asks all runners the same seeded queries (rows, means of two, a − b + c) in turn, so that all meet the same machine. Who
 * comes first changes from query to query. Slow ones take part in some of them only, spread over the whole run.
 *
 * @param {Runner[]} runners
 * @param {object} options
 * @param {import('./matrixFile.mjs').MatrixFile} options.matrix Where the queries' rows are read.
 * @param {Reference} options.reference
 * @param {number} options.k
 * @param {number} [options.runs] Queries that count.
 * @param {number} [options.slowRuns] Those that slow runners are asked.
 * @param {number} [options.warmUp] Queries before that, to all; their times are left out, their answers are not.
 * @param {number} [options.seed]
 * @returns {Promise<Record<string, Outcome>>} By name; a runner that fails on the way is left out with its reason.
 */
export async function comparePeers(
  runners,
  { matrix, reference, k, runs = 60, slowRuns = 8, warmUp = 4, seed = 1 },
) {
  const series = runners.map((runner) => ({
    runner,
    times: [],
    agreement: noAgreement(),
    failure: undefined,
  }));
  const slowStride = Math.max(1, Math.floor(runs / slowRuns));
  for (const [round, { query }] of seededRequests(warmUp + runs, matrix.rows, k, seed).entries()) {
    const counted = round - warmUp;
    // Of the queries before those that count, the last is enough for them.
    const slowToo =
      counted === -1 || (counted >= 0 && counted % slowStride === 0 && counted / slowStride < slowRuns);
    const vector = vectorOf(query.terms, matrix);
    const expected = await reference(vector, k);
    for (let i = 0; i < series.length; i++) {
      const one = series[(round + i) % series.length];
      if (one.failure !== undefined || (one.runner.slow && !slowToo)) {
        continue;
      }
      try {
        const answer = await one.runner.query(vector, k);
        addAgreement(one.agreement, answer, expected);
        if (counted >= 0) {
          one.times.push(answer.milliseconds);
        }
      } catch (error) {
        one.failure = error.message;
      }
    }
  }
  return Object.fromEntries(series.map((one) => [one.runner.name, outcomeOf(one)]));
}

/**
 * The nearest k of many rows at once, as for a graph of neighbors, by the runners that can.
 *
 * @param {(Runner & {batches?: boolean, batch?: (vectors: Float32Array[], k: number) =>
 *   Promise<import('./peerProcess.mjs').BatchAnswer>})[]} runners Those without `batches` are passed over.
 * @param {object} options
 * @param {import('./matrixFile.mjs').MatrixFile} options.matrix
 * @param {Reference} options.reference Asked for `checked` of the rows only.
 * @param {number} [options.k] One more than the neighbors: each row finds itself.
 * @param {number} [options.queries] Random rows.
 * @param {number} [options.checked]
 * @param {number} [options.runs] After one that is left out.
 * @param {number} [options.seed]
 * @returns {Promise<Record<string, Outcome>>} By name; times for all the queries together.
 */
export async function compareBatches(
  runners,
  { matrix, reference, k = 33, queries = 480, checked = 12, runs = 3, seed = 480 },
) {
  const random = seededRandom(seed);
  const vectors = Array.from({ length: queries }, () =>
    readRows(matrix, Math.floor(random() * matrix.rows), 1),
  );
  const expected = [];
  for (const vector of vectors.slice(0, checked)) {
    const { ids, scores } = await reference(vector, k);
    expected.push({ ids: Array.from(ids), scores: Array.from(scores) });
  }
  const series = runners
    .filter(({ batches }) => batches)
    .map((runner) => ({ runner, times: [], agreement: noAgreement(), failure: undefined }));
  for (let round = 0; round <= runs; round++) {
    for (let i = 0; i < series.length; i++) {
      const one = series[(round + i) % series.length];
      if (one.failure !== undefined) {
        continue;
      }
      try {
        const { milliseconds, ids, scores } = await one.runner.batch(vectors, k);
        expected.forEach((found, place) =>
          addAgreement(one.agreement, { ids: ids[place], scores: scores[place] }, found),
        );
        if (round > 0) {
          one.times.push(milliseconds);
        }
      } catch (error) {
        one.failure = error.message;
      }
    }
  }
  return Object.fromEntries(series.map((one) => [one.runner.name, outcomeOf(one)]));
}

function outcomeOf({ runner, times, agreement, failure }) {
  return failure === undefined
    ? {
        version: runner.version ?? '',
        ...(runner.incomplete ? { incomplete: true } : {}),
        ...summarize(times),
        agreement,
      }
    : { unavailable: failure };
}

/** @returns {Agreement} */
export function noAgreement() {
  return { expected: 0, inCommon: 0, largestScoreDifference: 0 };
}

/** Counts one more answer. */
export function addAgreement(agreement, { ids, scores }, reference) {
  const known = new Set(reference.ids);
  agreement.expected += known.size;
  agreement.inCommon += [...new Set(ids)].filter((id) => known.has(id)).length;
  for (let i = 0; i < reference.scores.length; i++) {
    const difference = Math.abs(scores[i] - reference.scores[i]);
    // A score that is missing or not a number is as wrong as can be.
    agreement.largestScoreDifference = Math.max(
      agreement.largestScoreDifference,
      Number.isNaN(difference) ? Infinity : difference,
    );
  }
}

/** Sum of weighted rows, in double precision until the end. */
function vectorOf(terms, matrix) {
  const sums = new Float64Array(matrix.dimension);
  for (const { weight, id } of terms) {
    readRows(matrix, id, 1).forEach((value, j) => (sums[j] += weight * value));
  }
  return Float32Array.from(sums);
}
