import type { GraphMemory } from './graphMemory';
import { GRAPH_CAPACITY, tilePairCount, tilePairMultiplyAdds } from './graphShape';

/** What is known after some pairs of tiles: enough to go on later, with the same codes. */
export interface GraphState {
  /** One for each pair of tiles: 1 when it is done. */
  readonly done: Uint8Array;
  /** int32, one a row. */
  readonly thresholds: Uint8Array;
  /** uint32, one a row. */
  readonly counts: Uint8Array;
  /** The entries of all rows, one after the other: product and id, as int64. */
  readonly entries: Uint8Array;
}

const ENTRY_BYTES = 8;
/** Rows whose entries are looked at at a time: some milliseconds. */
const SOME_ROWS = 2048;

/**
 * Copies the state. No thread may work, and no pair of tiles may be half done.
 *
 * @param pause Awaited every few milliseconds.
 */
export async function takeState(graph: GraphMemory, pause: () => Promise<void>): Promise<GraphState> {
  const { layout, shape, kernel } = graph;
  const { rowCount } = shape;
  for (let row = 0; row < rowCount; row += SOME_ROWS) {
    kernel.compactRows(layout.threads[0].request, row, Math.min(rowCount, row + SOME_ROWS));
    await pause();
  }
  const counts = graph.uint32(layout.counts, rowCount);
  const entries = new Uint8Array(counts.reduce((sum, count) => sum + count, 0) * ENTRY_BYTES);
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    const byteLength = counts[row] * ENTRY_BYTES;
    entries.set(graph.bytes(entriesOf(graph, row), byteLength), end);
    end += byteLength;
    if (row % SOME_ROWS === SOME_ROWS - 1) {
      await pause();
    }
  }
  return {
    done: graph.bytes(layout.done, tilePairCount(shape)).slice(),
    thresholds: graph.bytes(layout.thresholds, rowCount * 4).slice(),
    counts: graph.bytes(layout.counts, rowCount * 4).slice(),
    entries,
  };
}

/**
 * Goes back to a state, once the rows are coded.
 *
 * @returns false, with nothing changed, when it cannot be a state of this graph.
 */
export function restoreState(graph: GraphMemory, state: GraphState): boolean {
  const { layout, shape } = graph;
  const { rowCount } = shape;
  if (!isPossible(graph, state)) {
    return false;
  }
  const counts = new Uint32Array(state.counts.slice().buffer);
  let end = 0;
  for (let row = 0; row < rowCount; row++) {
    const byteLength = counts[row] * ENTRY_BYTES;
    graph.bytes(entriesOf(graph, row), byteLength).set(state.entries.subarray(end, end + byteLength));
    end += byteLength;
  }
  graph.uint32(layout.counts, rowCount).set(counts);
  graph.bytes(layout.thresholds, rowCount * 4).set(state.thresholds);
  graph.bytes(layout.done, tilePairCount(shape)).set(state.done);
  return true;
}

/** How many multiply-adds are done. */
export function multiplyAddsDone(graph: GraphMemory): number {
  const { layout, shape } = graph;
  const done = graph.bytes(layout.done, tilePairCount(shape));
  let sum = 0;
  for (let second = 0, pair = 0; second < shape.tileCount; second++) {
    for (let first = 0; first <= second; first++, pair++) {
      if (done[pair] !== 0) {
        sum += tilePairMultiplyAdds(shape, first, second);
      }
    }
  }
  return sum;
}

function entriesOf({ layout }: GraphMemory, row: number): number {
  return layout.entries + row * GRAPH_CAPACITY * ENTRY_BYTES;
}

/** Ids become addresses in the kernel, so not even a file with the right checksums is trusted with them. */
function isPossible(graph: GraphMemory, state: GraphState): boolean {
  const { layout, shape } = graph;
  const { rowCount } = shape;
  if (
    state.done.length !== tilePairCount(shape) ||
    state.done.some((value) => value > 1) ||
    state.counts.length !== rowCount * 4 ||
    state.thresholds.length !== rowCount * 4 ||
    state.entries.length % ENTRY_BYTES !== 0
  ) {
    return false;
  }
  const counts = new Uint32Array(state.counts.slice().buffer);
  const thresholds = new Int32Array(state.thresholds.slice().buffer);
  const coded = graph.int32(layout.thresholds, rowCount);
  let sum = 0;
  for (let row = 0; row < rowCount; row++) {
    // Rows that collect nothing are known from their codes, by a threshold that is out of reach.
    const collects = coded[row] < 0;
    // Four more have to fit at any time.
    if (counts[row] > (collects ? GRAPH_CAPACITY - 4 : 0) || (!collects && thresholds[row] !== coded[row])) {
      return false;
    }
    sum += counts[row];
  }
  if (sum * ENTRY_BYTES !== state.entries.length) {
    return false;
  }
  const ranked = graph.bytes(layout.ranked, rowCount);
  const words = new Uint32Array(state.entries.slice().buffer);
  for (let word = 0; word < words.length; word += 2) {
    if (words[word] >= rowCount || ranked[words[word]] === 0) {
      return false;
    }
  }
  return true;
}
