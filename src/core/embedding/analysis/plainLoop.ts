import type { Metric } from '../metric';

/*
 * The loop of a notebook: one row after the other, one value after the other, in double precision. It shares no sum, no length and
 * no trick with the search that it is held against.
 */

/**
 * Scores of rows, one after the other.
 *
 * @param meanRow What `centered` takes from the query and from each row.
 * @param rows Whole rows, row-major.
 * @param scores Receives one score a row; NaN for a row that holds NaN or infinity.
 */
export function plainScores(
  query: Float64Array,
  metric: Metric,
  meanRow: Float64Array,
  rows: Float32Array,
  scores: Float64Array,
): void {
  switch (metric) {
    case 'cosine':
      cosines(query, rows, scores);
      break;
    case 'centered':
      centeredCosines(query, meanRow, rows, scores);
      break;
    case 'dot':
      dots(query, rows, scores);
      break;
    case 'euclidean':
      distances(query, rows, scores);
      break;
  }
}

function cosines(query: Float64Array, rows: Float32Array, scores: Float64Array): void {
  const dimension = query.length;
  const queryLength = lengthOf(query);
  for (let row = 0; row < scores.length; row++) {
    const start = row * dimension;
    let dot = 0;
    let squared = 0;
    for (let j = 0; j < dimension; j++) {
      const value = rows[start + j];
      dot += query[j] * value;
      squared += value * value;
    }
    scores[row] = quotient(dot, queryLength, squared);
  }
}

function centeredCosines(
  query: Float64Array,
  meanRow: Float64Array,
  rows: Float32Array,
  scores: Float64Array,
): void {
  const dimension = query.length;
  const centeredQuery = query.map((value, j) => value - meanRow[j]);
  const queryLength = lengthOf(centeredQuery);
  for (let row = 0; row < scores.length; row++) {
    const start = row * dimension;
    let dot = 0;
    let squared = 0;
    for (let j = 0; j < dimension; j++) {
      const value = rows[start + j] - meanRow[j];
      dot += centeredQuery[j] * value;
      squared += value * value;
    }
    scores[row] = quotient(dot, queryLength, squared);
  }
}

function dots(query: Float64Array, rows: Float32Array, scores: Float64Array): void {
  const dimension = query.length;
  for (let row = 0; row < scores.length; row++) {
    const start = row * dimension;
    let dot = 0;
    for (let j = 0; j < dimension; j++) {
      dot += query[j] * rows[start + j];
    }
    scores[row] = finiteOrNaN(dot);
  }
}

function distances(query: Float64Array, rows: Float32Array, scores: Float64Array): void {
  const dimension = query.length;
  for (let row = 0; row < scores.length; row++) {
    const start = row * dimension;
    let squared = 0;
    for (let j = 0; j < dimension; j++) {
      const difference = query[j] - rows[start + j];
      squared += difference * difference;
    }
    scores[row] = Math.sqrt(finiteOrNaN(squared));
  }
}

function lengthOf(vector: Float64Array): number {
  let squared = 0;
  for (const value of vector) {
    squared += value * value;
  }
  return Math.sqrt(squared);
}

function quotient(dot: number, queryLength: number, rowSquared: number): number {
  if (!Number.isFinite(rowSquared)) {
    return NaN;
  }
  const lengths = queryLength * Math.sqrt(rowSquared);
  return lengths === 0 ? 0 : dot / lengths;
}

/** A sum with a row that is finite is finite: queries are moderate. */
function finiteOrNaN(sum: number): number {
  return Number.isFinite(sum) ? sum : NaN;
}
