import type { EmbeddingSource } from '../model/embeddingSource';

/** Values read at a time: 4 MiB. */
const CHUNK_VALUES = 1 << 20;

/**
 * Reads the whole matrix once.
 *
 * @returns Sentences about rows that are not ranked (NaN, infinity) or have no direction (zero).
 */
export async function surveyRows(source: EmbeddingSource): Promise<string[]> {
  const { rowCount, dimension } = source.identity;
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK_VALUES / dimension));
  const chunk = new Float32Array(Math.min(rowsAtOnce, rowCount) * dimension);
  const notFinite: number[] = [];
  const zero: number[] = [];
  for (let first = 0; first < rowCount; first += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, rowCount - first);
    const values = chunk.subarray(0, rows * dimension);
    await source.readRows(first, values);
    for (let row = 0; row < rows; row++) {
      const sum = sumOfMagnitudes(values.subarray(row * dimension, (row + 1) * dimension));
      if (!Number.isFinite(sum)) {
        notFinite.push(first + row);
      } else if (sum === 0) {
        zero.push(first + row);
      }
    }
  }
  return [
    ...sentence(
      notFinite,
      'holds NaN or infinity and is not ranked',
      'hold NaN or infinity and are not ranked',
    ),
    ...sentence(zero, 'is zero: similarity 0 with everything', 'are zero: similarity 0 with everything'),
  ];
}

/** In double precision a sum of single-precision magnitudes cannot overflow, so it is finite iff all values are. */
function sumOfMagnitudes(row: Float32Array): number {
  let sum = 0;
  for (const value of row) {
    sum += Math.abs(value);
  }
  return sum;
}

function sentence(ids: readonly number[], one: string, several: string): string[] {
  const [first] = ids;
  if (first === undefined) {
    return [];
  }
  const listed = ids.slice(0, 5).join(', ') + (ids.length > 5 ? ', …' : '');
  return [ids.length === 1 ? `Row ${first} ${one}.` : `${ids.length} rows ${several}: ids ${listed}.`];
}
