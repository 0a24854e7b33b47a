import { pearsonCorrelation } from '../../../core/embedding/analysis/compareVectors';
import { plainScores } from '../../../core/embedding/analysis/plainLoop';
import { isSameOrder } from '../../../core/embedding/analysis/sameOrder';
import { squaredLength } from '../../../core/embedding/canonicalSums';
import type { Metric } from '../../../core/embedding/metric';
import { hasRow } from '../../../core/embedding/search/allowedRows';
import type {
  EmbeddingSearch,
  RankedRows,
  SearchRequest,
} from '../../../core/embedding/search/embeddingSearch';
import { rankRows, requestedCount } from '../../../core/embedding/search/rankRows';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import { DEFAULT_METRIC } from '../answerRequests';
import type { NeighborRequest } from '../../questions/neighborAnswer';
import type { Verification } from '../../questions/verification';
import { nextTask } from '../../nextTask';
import { orderingVector } from '../requestedVector';
import { eachRowWindow } from '../rowWindows';
import type { ModelAnalysis } from './modelAnalysis';

/** An odd number: the fast path takes the median of so many searches, as one alone takes the measure of whatever else runs. */
const SEARCHES = 3;

/** Runs the plain loop over all rows of the file beside the search. One score a row is all that is kept. */
export async function verifySearch(
  analysis: ModelAnalysis,
  request: NeighborRequest,
  signal: AbortSignal,
): Promise<Verification> {
  const { source, search } = analysis;
  const metric = request.metric ?? DEFAULT_METRIC;
  if (metric === 'centered') {
    await analysis.measureCentered(signal);
  }
  const query = orderingVector(search, request.query, metric);
  const asked = { query, metric, k: request.k, allowed: request.allowed };
  const fast = await timeSearch(search, asked, signal);
  const loop = await runLoop(source, search, asked, signal);
  const queryLength = Math.sqrt(squaredLength(query, 0, query.length));
  return {
    rowCount: search.rowCount,
    loopMilliseconds: loop.milliseconds,
    fastMilliseconds: fast.milliseconds,
    largestDifference: largestDifference(fast.ranked, loop.scores),
    correlation: correlation(search, query, metric, loop.scores),
    sameOrder: isSameOrder(fast.ranked.ids, loop.ids, loop.scores, (row) =>
      roundingScale(metric, queryLength, search.norms[row] ?? NaN, loop.scores[row] ?? NaN),
    ),
  };
}

async function timeSearch(
  search: EmbeddingSearch,
  request: SearchRequest,
  signal: AbortSignal,
): Promise<{ ranked: RankedRows; milliseconds: number }> {
  const times: number[] = [];
  let ranked: RankedRows;
  do {
    await nextTask();
    signal.throwIfAborted();
    const start = performance.now();
    ranked = search.search(request);
    times.push(performance.now() - start);
  } while (times.length < SEARCHES);
  times.sort((a, b) => a - b);
  return { ranked, milliseconds: times[(SEARCHES - 1) / 2] ?? NaN };
}

/** The time is the loop's and the sort's, without reading the file: a notebook has the matrix in memory. */
async function runLoop(
  source: EmbeddingSource,
  { meanRow, rowCount, dimension }: EmbeddingSearch,
  { query, metric, k, allowed }: SearchRequest,
  signal: AbortSignal,
): Promise<{ ids: Uint32Array; scores: Float64Array; milliseconds: number }> {
  const scores = new Float64Array(rowCount);
  let milliseconds = 0;
  const timed = <Result>(work: () => Result): Result => {
    const start = performance.now();
    const result = work();
    milliseconds += performance.now() - start;
    return result;
  };
  await eachRowWindow(source, signal, (rows, firstRow) => {
    timed(() => {
      const target = scores.subarray(firstRow, firstRow + rows.length / dimension);
      plainScores(query, metric, meanRow, rows, target);
    });
  });
  const ids = timed(() => {
    const rows = rowsThat(
      scores.length,
      (row) => !Number.isNaN(scores[row]) && (allowed === undefined || hasRow(allowed, row)),
    );
    const ofRows = valuesOf(rows, scores);
    return rankRows(metric, rows, ofRows, requestedCount(k, rows.length)).ids;
  });
  return { ids, scores, milliseconds };
}

/** Of the first rows those of which something is true, rising. A filter of an array takes twenty times as long: half a second for a million. */
function rowsThat(rowCount: number, isTrueOf: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    if (isTrueOf(row)) {
      rows[count++] = row;
    }
  }
  return rows.subarray(0, count);
}

/** The values of some rows, in their order. */
function valuesOf(rows: Uint32Array, values: Float32Array | Float64Array): Float64Array {
  const ofRows = new Float64Array(rows.length);
  rows.forEach((row, at) => {
    ofRows[at] = values[row] ?? NaN;
  });
  return ofRows;
}

function largestDifference({ ids, scores }: RankedRows, loopScores: Float64Array): number {
  let largest = 0;
  ids.forEach((row, index) => {
    // A row that the loop does not rank differs beyond measure.
    const difference = Math.abs((scores[index] ?? NaN) - (loopScores[row] ?? NaN));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  });
  return largest;
}

function correlation(
  search: EmbeddingSearch,
  query: Float64Array,
  metric: Metric,
  loopScores: Float64Array,
): number {
  const screened = new Float32Array(search.rowCount);
  search.approximateScores(query, metric, screened);
  // Scores beyond single precision cannot be screened; no model's are.
  const compared = rowsThat(
    screened.length,
    (row) => Number.isFinite(screened[row]) && Number.isFinite(loopScores[row]),
  );
  return pearsonCorrelation(valuesOf(compared, loopScores), valuesOf(compared, screened));
}

/** What the roundings of a score are relative to. */
function roundingScale(metric: Metric, queryLength: number, rowLength: number, score: number): number {
  switch (metric) {
    case 'cosine':
    case 'centered':
      return 1;
    case 'dot':
      return queryLength * rowLength;
    case 'euclidean':
      return score;
  }
}
