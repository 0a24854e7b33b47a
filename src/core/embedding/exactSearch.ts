import type { ScreeningMatrix } from './kernel/screeningKernel';
import { kthLargest } from './kthLargest';

/** The k rows most similar to a query, by falling score; equal scores by rising id. */
export interface RankedRows {
  readonly ids: Uint32Array;
  /** Cosine similarity of each in double precision, −1 … 1. */
  readonly scores: Float64Array;
  /**
   * Mean similarity of the query with all ranked rows, from the screened figures: never farther from the exact mean than
   * the kernel's error bound, and far closer for many rows, where roundings cancel. 0 when no row is ranked.
   */
  readonly averageSimilarity: number;
  /** How many rows were rescored in double precision to be sure of the order. */
  readonly rescored: number;
}

/**
 * Exact nearest neighbors in one matrix.
 *
 * A kernel screens all rows within ±b of their exact similarity. With s the k-th largest screened figure, k rows have an exact
 * similarity of at least s − b; a row that is screened below s − 2b has less than s − b, so it is worse than those k and cannot
 * be among the best k, ties included. All other rows are rescored in double precision and sorted: the answer is, id for id
 * and bit for bit, that of scoring every row in double precision.
 */
export class ExactSearch {
  private readonly screened: Float32Array;
  private readonly candidates: Uint32Array;

  /** @param matrix All of its rows written and normalized. */
  constructor(private readonly matrix: ScreeningMatrix) {
    this.screened = new Float32Array(matrix.rowCount);
    this.candidates = new Uint32Array(matrix.rowCount);
  }

  /**
   * @param query Any finite vector of the matrix's dimension. A zero query is equally (un)like every row: similarity 0.
   * @param k How many rows, ≥ 1; cut to the number of ranked rows.
   */
  search(query: Float64Array, k: number): RankedRows {
    if (!(k >= 1)) {
      throw new RangeError(`The number of neighbors must be at least 1, not ${k}.`);
    }
    const { matrix, screened } = this;
    matrix.screen(query, screened);
    const { rankedCount, averageSimilarity } = this.summarize();
    const count = Math.min(Math.floor(k), rankedCount);
    const candidates = count === 0 ? new Uint32Array(0) : this.candidatesFor(count);
    const cosines = new Float64Array(candidates.length);
    matrix.exactCosines(query, candidates, cosines);
    const order = Array.from(candidates.keys()).sort(
      // Candidates lie by rising id, so positions order ties like ids.
      (a, b) => cosines[b] - cosines[a] || a - b,
    );
    order.length = count;
    return {
      ids: Uint32Array.from(order, (index) => candidates[index]),
      scores: Float64Array.from(order, (index) => cosines[index]),
      averageSimilarity,
      rescored: candidates.length,
    };
  }

  /** Ids of all rows that may be among the best `count`, rising. Rows that are not ranked never are. */
  private candidatesFor(count: number): Uint32Array {
    const { screened, candidates } = this;
    const threshold = kthLargest(screened, count) - 2 * this.matrix.errorBound;
    let found = 0;
    for (let row = 0; row < screened.length; row++) {
      if (screened[row] >= threshold) {
        candidates[found++] = row;
      }
    }
    return candidates.slice(0, found);
  }

  private summarize(): { rankedCount: number; averageSimilarity: number } {
    let rankedCount = 0;
    let sum = 0;
    for (const similarity of this.screened) {
      if (similarity !== -Infinity) {
        rankedCount++;
        sum += similarity;
      }
    }
    return { rankedCount, averageSimilarity: rankedCount === 0 ? 0 : sum / rankedCount };
  }
}
