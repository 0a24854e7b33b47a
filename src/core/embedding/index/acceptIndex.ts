import { addRow, countRows, emptyRowSet, hasRow } from '../search/allowedRows';
import type { IndexFigures } from './indexContents';
import type { IndexMemory } from './indexMemory';

/**
 * Looks at arrays that were read from a file, before anything is searched with them. Checksums say that a file is as it was written,
 * not who wrote it: bits of rows that the matrix does not have would become ids, and counts that disagree with the bits would size
 * arrays. Bits behind the last row are cleared; whatever else cannot be of an index of this shape makes it unusable. Of codes and
 * scales nothing can be said without the matrix.
 *
 * @returns false when they are no index of a matrix of this many rows: it is to be built again.
 */
export function acceptIndex(memory: IndexMemory, figures: IndexFigures): boolean {
  const { layout, rowCount } = memory;
  const ranked = ownRows(memory, layout.rankedRows);
  const moderate = ownRows(memory, layout.moderateRows);
  const centered = ownRows(memory, layout.centeredRows);
  if (!Object.values(figures).every((figure) => Number.isFinite(figure) && figure >= 0)) {
    return false;
  }
  if (countRows(ranked) !== figures.rankedCount) {
    return false;
  }
  if (moderate.some((word, index) => (word & ~ranked[index]) !== 0)) {
    return false;
  }
  if (centered.some((word, index) => (word & ~moderate[index]) !== 0)) {
    return false;
  }
  const squaredNorms = memory.float64(layout.squaredNorms, rowCount);
  const norms = memory.float64(layout.norms, rowCount);
  for (let row = 0; row < rowCount; row++) {
    const squared = squaredNorms[row];
    const isRanked = Number.isFinite(squared) && squared >= 0;
    if (isRanked !== hasRow(ranked, row) || !Object.is(norms[row], isRanked ? Math.sqrt(squared) : NaN)) {
      return false;
    }
  }
  return true;
}

/** A set of rows in the memory, without those that the matrix does not have. */
function ownRows({ memory, rowCount, paddedRows }: IndexMemory, address: number): Uint32Array {
  const all = new Uint32Array(memory.buffer, address, Math.ceil(paddedRows / 32));
  const own = emptyRowSet(rowCount).length;
  all.fill(0, own);
  const rows = all.subarray(0, own);
  const last = emptyRowSet(rowCount).subarray(-1);
  for (let row = (own - 1) * 32; row < rowCount; row++) {
    addRow(last, row & 31);
  }
  rows[own - 1] &= last[0];
  return rows;
}
