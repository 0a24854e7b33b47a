import { checkRow } from '../../../core/embedding/queryVector';
import type { RowStore } from '../../../core/embedding/search/embeddingSearch';
import { nextTask } from '../../nextTask';
import type { ModelAnalysis } from './modelAnalysis';

/** Rows that are compared between two looks at the signal: about a millisecond with 768 dimensions. */
const ROWS_AT_ONCE = 512;

/**
 * The other rows that hold the values of a row. Equal values have equal norms, as all are summed in one order: only rows of that norm
 * are read.
 *
 * @returns Their ids, rising.
 * @throws {RangeError} for a token that is not ranked.
 * @throws The signal's reason when it is aborted.
 */
export async function findEqualRows(
  { search: { norms, rows } }: ModelAnalysis,
  id: number,
  signal: AbortSignal,
): Promise<Uint32Array> {
  checkRow(norms, id);
  const values = bitsOf(rows, [id]);
  const candidates: number[] = [];
  norms.forEach((norm, row) => {
    if (norm === norms[id] && row !== id) {
      candidates.push(row);
    }
  });
  const equal: number[] = [];
  for (let first = 0; first < candidates.length; first += ROWS_AT_ONCE) {
    await nextTask();
    signal.throwIfAborted();
    const some = candidates.slice(first, first + ROWS_AT_ONCE);
    const bits = bitsOf(rows, some);
    equal.push(...some.filter((_, at) => values.every((value, i) => value === bits[at * values.length + i])));
  }
  return Uint32Array.from(equal);
}

/** The bits of the values of some rows, row-major: as numbers, 0 and −0 would be equal. */
function bitsOf(rows: RowStore, ids: readonly number[]): Uint32Array {
  const values = new Float32Array(ids.length * rows.dimension);
  rows.copyRows(Uint32Array.from(ids), values);
  return new Uint32Array(values.buffer);
}
