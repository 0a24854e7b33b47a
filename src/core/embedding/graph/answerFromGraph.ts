import { cosineOfSums, dotWithRow } from '../canonicalSums';
import type { RowStore } from '../search/embeddingSearch';

/** Ids of the rows most like one row by cosine, best first, equal ones by rising id, with their cosines in single precision. */
export interface NeighborList {
  readonly ids: Uint32Array;
  readonly scores: Float32Array;
}

/** Where lists come from. */
export interface NeighborLists {
  /** k of every list; one is shorter only where fewer rows are ranked. */
  readonly neighborCount: number;
  /** undefined for a row that has none: zero, with NaN or infinity, or not readable any more. */
  listOf(id: number): NeighborList | undefined;
}

export interface GraphAnswer {
  readonly ids: Uint32Array;
  /** Exact cosines, as a search gives them. */
  readonly scores: Float64Array;
  /** Euclidean lengths of the rows. */
  readonly norms: Float64Array;
}

/**
 * What a cosine search for row `id` answers, without a search.
 *
 * @param k How many rows, ≥ 1.
 * @returns undefined where the lists cannot tell: more neighbors than they hold, no list, or lists that were not made from these
 *   rows.
 * @throws {CheckpointError} when the rows cannot be read any more.
 */
export function answerFromGraph(
  lists: NeighborLists,
  rows: RowStore,
  id: number,
  k: number,
): GraphAnswer | undefined {
  const list = k >= 1 && Math.floor(k) <= lists.neighborCount ? lists.listOf(id) : undefined;
  if (list === undefined) {
    return undefined;
  }
  const ids = list.ids.slice(0, k);
  const { dimension } = rows;
  const values = new Float32Array((1 + ids.length) * dimension);
  rows.copyRows(Uint32Array.of(id, ...ids), values);
  const row = new Float64Array(dimension);
  const squaredAt = (place: number): number => {
    row.set(values.subarray(place * dimension, (place + 1) * dimension));
    // One loop for all sums, in the one canonical order: it is warm, and compiled, after a few rows.
    return dotWithRow(row, values, place * dimension);
  };
  // No float32 is so large or small that a square, or the product of two, leaves double precision.
  const squared = squaredAt(0);
  const query = Float64Array.from(row);
  const scores = new Float64Array(ids.length);
  const norms = new Float64Array(ids.length);
  for (let place = 0; place < ids.length; place++) {
    const otherSquared = squaredAt(1 + place);
    const dot = dotWithRow(query, values, (1 + place) * dimension);
    scores[place] = cosineOfSums(dot, squared, otherSquared);
    norms[place] = Math.sqrt(otherSquared);
    if (Math.fround(scores[place]) !== list.scores[place]) {
      return undefined;
    }
  }
  return { ids, scores, norms };
}
