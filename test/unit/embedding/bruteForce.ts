import { rowOf, type TestMatrix } from './testMatrix';

/*
 * The oracle: every row in double precision, written without any of the product's code. Sums follow the documented order
 * (eight partial sums, term j to sum j mod 8, joined as a tree), so scores can be compared bit by bit; an accurate sum beside
 * it shows that this order is also right.
 */

export type OracleMetric = 'cosine' | 'centered' | 'dot' | 'euclidean';

export const ORACLE_METRICS: readonly OracleMetric[] = ['cosine', 'centered', 'dot', 'euclidean'];

/** Sums some numbers. */
export type Sum = (terms: Float64Array) => number;

export const sumInOrder: Sum = (terms) => {
  const lanes = new Float64Array(8);
  for (let j = 0; j < terms.length; j++) {
    lanes[j % 8] = (lanes[j % 8] ?? 0) + (terms[j] ?? 0);
  }
  const [s0, s1, s2, s3, s4, s5, s6, s7] = lanes as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
};

/** Sum with compensation of every rounding (Neumaier). */
export const accurateSum: Sum = (terms) => {
  let sum = 0;
  let lost = 0;
  for (const term of terms) {
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
};

/** Rows in their order, and the score of each. */
export interface Ranking {
  readonly ids: readonly number[];
  readonly scores: readonly number[];
}

/** Scores and orders all rows of a matrix, one by one. */
export class BruteForce {
  /** Rows without NaN and infinity, rising. */
  readonly ranked: readonly number[];
  /** Mean of the ranked rows: each value is added by rising row. */
  readonly meanRow: Float64Array;
  private readonly rowSquares = new Map<OracleMetric, Float64Array>();
  private readonly terms: Float64Array;

  constructor(
    readonly matrix: TestMatrix,
    private readonly sum: Sum = sumInOrder,
  ) {
    const { rowCount, dimension } = matrix;
    const all = Array.from({ length: rowCount }, (_, row) => row);
    this.ranked = all.filter((row) => rowOf(matrix, row).every((value) => Number.isFinite(value)));
    this.terms = new Float64Array(dimension);
    this.meanRow = new Float64Array(dimension);
    for (let j = 0; j < dimension; j++) {
      let total = 0;
      for (const row of this.ranked) {
        total += matrix.values[row * dimension + j] ?? NaN;
      }
      this.meanRow[j] = total / Math.max(1, this.ranked.length);
    }
  }

  /** Score of each row; NaN for rows that are not ranked. */
  scores(query: ArrayLike<number>, metric: OracleMetric): Float64Array {
    const { matrix, meanRow, terms, sum } = this;
    const { dimension, values } = matrix;
    const scores = new Float64Array(matrix.rowCount).fill(NaN);
    const mean = metric === 'centered' ? meanRow : new Float64Array(dimension);
    const compared = Float64Array.from(query, (value, j) => value - (mean[j] ?? NaN));
    const isCosine = metric === 'cosine' || metric === 'centered';
    // A power of two changes no bit of a cosine, but keeps its squares in range.
    const vector = isCosine ? nearOne(compared) : compared;
    const querySquared = sum(vector.map((value) => value * value));
    const rowSquares = isCosine ? this.squaresOf(metric) : undefined;
    for (const row of this.ranked) {
      const start = row * dimension;
      for (let j = 0; j < dimension; j++) {
        const x = values[start + j] ?? NaN;
        const y = vector[j] ?? NaN;
        const difference = y - x;
        terms[j] = metric === 'euclidean' ? difference * difference : y * (x - (mean[j] ?? NaN));
      }
      const total = sum(terms);
      if (metric === 'euclidean') {
        scores[row] = Math.sqrt(total);
      } else if (rowSquares === undefined) {
        scores[row] = total + 0;
      } else {
        const lengths = Math.sqrt(querySquared * (rowSquares[row] ?? NaN));
        scores[row] = lengths === 0 ? 0 : Math.min(1, Math.max(-1, total / lengths)) + 0;
      }
    }
    return scores;
  }

  /** All ranked rows (of those that are allowed), best first; equal scores by rising id. */
  ranking(scores: Float64Array, metric: OracleMetric, isAllowed?: (row: number) => boolean): Ranking {
    const sign = metric === 'euclidean' ? 1 : -1;
    const ids = this.ranked
      .filter((row) => isAllowed?.(row) ?? true)
      .sort((a, b) => sign * ((scores[a] ?? NaN) - (scores[b] ?? NaN)) || a - b);
    return { ids, scores: ids.map((id) => scores[id] ?? NaN) };
  }

  private squaresOf(metric: OracleMetric): Float64Array {
    const { matrix, meanRow, terms, sum } = this;
    let squares = this.rowSquares.get(metric);
    if (squares === undefined) {
      squares = new Float64Array(matrix.rowCount);
      for (const row of this.ranked) {
        rowOf(matrix, row).forEach((value, j) => {
          const part = value - (metric === 'centered' ? (meanRow[j] ?? NaN) : 0);
          terms[j] = part * part;
        });
        squares[row] = sum(terms);
      }
      this.rowSquares.set(metric, squares);
    }
    return squares;
  }
}

/** The vector times the power of two that brings its largest value to 1 … 2; a zero vector as it is. */
function nearOne(vector: Float64Array): Float64Array {
  let largest = vector.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  let scaled = vector;
  while (largest >= 2 || (largest > 0 && largest < 1)) {
    const exponent = Math.max(-1000, Math.min(1000, -Math.floor(Math.log2(largest))));
    const factor = exponent === 0 ? (largest >= 2 ? 0.5 : 2) : 2 ** exponent;
    scaled = scaled.map((value) => value * factor);
    largest *= factor;
  }
  return scaled;
}
