import { LIST_BYTES } from '../../../../src/core/embedding/graph/graphMemory';
import { GRAPH_NEIGHBORS } from '../../../../src/core/embedding/graph/graphShape';
import { rowOf, type TestMatrix } from '../testMatrix';

/** Lists of a neighbor graph as its file holds them. */
export class ListBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly ids: Uint32Array;
  private readonly scores: Float32Array;

  constructor(readonly rowCount: number) {
    this.bytes = new Uint8Array(rowCount * LIST_BYTES);
    this.ids = new Uint32Array(this.bytes.buffer).fill(2 ** 32 - 1);
    this.scores = new Float32Array(this.bytes.buffer);
  }

  set(row: number, list: readonly (readonly [id: number, score: number])[]): void {
    const first = (row * LIST_BYTES) / 4;
    list.forEach(([id, score], place) => {
      this.ids[first + place] = id;
      this.scores[first + place + GRAPH_NEIGHBORS] = score;
    });
  }
}

/** The lists of a matrix, by comparing all pairs of rows. */
export function listsOf(matrix: TestMatrix): ListBytes {
  const { rowCount } = matrix;
  const lists = new ListBytes(rowCount);
  const rows = Array.from({ length: rowCount }, (_, row) => unitRow(rowOf(matrix, row)));
  const hasDirection = rows.map((row) => row.every(Number.isFinite));
  rows.forEach((row, id) => {
    if (hasDirection[id] !== true) {
      return;
    }
    const scores = Float64Array.from(rows, (other) => product(row, other));
    const ranked = [...scores.keys()].filter((other) => hasDirection[other]);
    ranked.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    lists.set(
      id,
      ranked.slice(0, GRAPH_NEIGHBORS).map((other) => [other, Math.min(1, scores[other] ?? 0)]),
    );
  });
  return lists;
}

function unitRow(row: Float32Array): Float64Array {
  const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
  return Float64Array.from(row, (value) => value / length);
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) {
    sum += (a[j] ?? 0) * (b[j] ?? 0);
  }
  return sum;
}
