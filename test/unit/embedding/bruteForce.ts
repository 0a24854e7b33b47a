import { rowOf, type TestMatrix } from './testMatrix';

/*
 * The oracle: every row in double precision, written without any of the product's code. Sums follow the documented order
 * (eight partial sums, term j to sum j mod 8, joined as a tree), so scores can be compared bit by bit; an accurate sum beside
 * it shows that this order is also right.
 */

function sumInOrder(terms: Float64Array): number {
  const lanes = [0, 0, 0, 0, 0, 0, 0, 0] as [number, number, number, number, number, number, number, number];
  for (let j = 0; j < terms.length; j++) {
    lanes[j % 8] = (lanes[j % 8] ?? 0) + (terms[j] ?? 0);
  }
  const [s0, s1, s2, s3, s4, s5, s6, s7] = lanes;
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}

/** Sum with compensation of every rounding (Neumaier). */
function accurateSum(terms: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const term of terms) {
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

function cosine(
  query: ArrayLike<number>,
  row: ArrayLike<number>,
  sum: (terms: Float64Array) => number,
): number {
  const products = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array => {
    const terms = new Float64Array(a.length);
    for (let j = 0; j < a.length; j++) {
      terms[j] = (a[j] ?? 0) * (b[j] ?? 0);
    }
    return terms;
  };
  const rowSquared = sum(products(row, row));
  if (!Number.isFinite(rowSquared)) {
    return -Infinity;
  }
  const lengths = Math.sqrt(sum(products(query, query)) * rowSquared);
  return lengths === 0 ? 0 : Math.min(1, Math.max(-1, sum(products(query, row)) / lengths)) + 0;
}

/** Cosine similarity of a query and each row, in the documented order; −Infinity for rows with NaN or infinity. */
export function bruteForceScores(matrix: TestMatrix, query: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: matrix.rowCount }, (_, row) =>
    cosine(query, rowOf(matrix, row), sumInOrder),
  );
}

/** The same with accurate sums. */
export function accurateScores(matrix: TestMatrix, query: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: matrix.rowCount }, (_, row) =>
    cosine(query, rowOf(matrix, row), accurateSum),
  );
}

/** Ids and scores of the k best: by falling score, then rising id. */
export function bruteForceTop(scores: Float64Array, k: number): { ids: number[]; scores: number[] } {
  const ids = Array.from(scores.keys())
    .filter((id) => scores[id] !== -Infinity)
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, k);
  return { ids, scores: ids.map((id) => scores[id] ?? NaN) };
}
