import { LIST_BYTES } from '../graph/graphMemory';
import { GRAPH_NEIGHBORS } from '../graph/graphShape';
import type { Steps } from '../../work/steps';
import { LAYOUT_NEIGHBORS } from './layoutSettings';

/** The rows that have a place on the map, and the nearest neighbors of each. Points are these rows, counted from 0 on. */
export interface PlacedNeighbors {
  /** Row of each point, rising. Rows without a list (zero, with NaN or infinity) are not among them. */
  readonly ids: Uint32Array;
  /** Where the neighbors of each point begin, and the last ones end: one more than there are points. */
  readonly offsets: Uint32Array;
  /** Points, nearest first, at most {@link LAYOUT_NEIGHBORS} of a point; never the point itself. */
  readonly neighbors: Uint32Array;
  /** Their cosines. */
  readonly similarities: Float32Array;
}

/** Rows between two interruptions: about a millisecond. */
const SOME_ROWS = 2048;
const LIST_WORDS = LIST_BYTES / 4;

/**
 * The neighbors of all points, from the lists of a neighbor graph.
 *
 * @param lists {@link LIST_BYTES} a row: ids, then cosines; an id that no row has ends a list.
 * @throws {RangeError} unless there is a list for each row.
 */
export function* placedNeighbors(lists: Uint8Array<ArrayBuffer>, rowCount: number): Steps<PlacedNeighbors> {
  if (lists.length !== rowCount * LIST_BYTES || lists.byteOffset % 4 !== 0) {
    throw new RangeError(`${lists.length} bytes are no lists of ${rowCount} rows.`);
  }
  const words = new Uint32Array(lists.buffer, lists.byteOffset, rowCount * LIST_WORDS);
  const scores = new Float32Array(lists.buffer, lists.byteOffset, rowCount * LIST_WORDS);
  const pointOf = new Int32Array(rowCount).fill(-1);
  let pointCount = 0;
  for (let row = 0; row < rowCount; row++) {
    if (words[row * LIST_WORDS] < rowCount) {
      pointOf[row] = pointCount++;
    }
  }
  const ids = new Uint32Array(pointCount);
  const offsets = new Uint32Array(pointCount + 1);
  const neighbors = new Uint32Array(pointCount * LAYOUT_NEIGHBORS);
  const similarities = new Float32Array(neighbors.length);
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    if (row % SOME_ROWS === 0) {
      yield;
    }
    const point = pointOf[row];
    if (point < 0) {
      continue;
    }
    ids[point] = row;
    const first = row * LIST_WORDS;
    const limit = end + LAYOUT_NEIGHBORS;
    for (let place = first; place < first + GRAPH_NEIGHBORS && end < limit; place++) {
      const neighbor = words[place];
      if (neighbor >= rowCount) {
        break;
      }
      // A zero row may be a neighbor, but has no place.
      if (neighbor !== row && pointOf[neighbor] >= 0) {
        neighbors[end] = pointOf[neighbor];
        similarities[end++] = scores[place + GRAPH_NEIGHBORS];
      }
    }
    offsets[point + 1] = end;
  }
  return { ids, offsets, neighbors: neighbors.slice(0, end), similarities: similarities.slice(0, end) };
}
