import type { ScreeningMatrix } from '../core/embedding/kernel/screeningKernel';
import type { EmbeddingSource } from '../model/embeddingSource';
import type { ModelIdentity } from '../model/modelLocation';
import type { LoadProgress } from './embeddingEngine';

/** Rows are read in portions of about this size: large enough to read at full speed, small enough to cancel at once. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** How many ids a warning lists; the panel shows one line. */
const MAX_LISTED_IDS = 10;

/**
 * Reads all rows of a source into a matrix and normalizes them.
 *
 * @returns The source's identity, with a warning about rows that hold NaN or infinity.
 * @throws The signal's reason when it is aborted; it is looked at between portions.
 */
export async function loadRows(
  source: EmbeddingSource,
  matrix: ScreeningMatrix,
  signal: AbortSignal,
  onProgress?: (progress: LoadProgress) => void,
): Promise<ModelIdentity> {
  const { identity } = source;
  const { rowCount, dimension } = identity;
  const rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / (dimension * Float32Array.BYTES_PER_ELEMENT)));
  onProgress?.({ rowsDone: 0, rowCount, model: identity });
  for (let firstRow = 0; firstRow < rowCount; firstRow += rowsPerChunk) {
    const count = Math.min(rowsPerChunk, rowCount - firstRow);
    await source.readRows(firstRow, matrix.rows(firstRow, count), signal);
    matrix.normalize(firstRow, count);
    onProgress?.({ rowsDone: firstRow + count, rowCount, model: identity });
    // A source in memory never waits for anything: without a pause no message, so no cancellation, would be seen.
    await nextTask();
    signal.throwIfAborted();
  }
  return { ...identity, warnings: [...identity.warnings, ...unrankedRowsWarning(matrix.norms)] };
}

function unrankedRowsWarning(norms: Float64Array): string[] {
  const ids: number[] = [];
  norms.forEach((norm, id) => {
    if (Number.isNaN(norm)) {
      ids.push(id);
    }
  });
  if (ids.length === 0) {
    return [];
  }
  const listed = ids.slice(0, MAX_LISTED_IDS).join(', ') + (ids.length > MAX_LISTED_IDS ? ' …' : '');
  return [
    ids.length === 1
      ? `1 row holds NaN or infinity and is not ranked: id ${listed}.`
      : `${ids.length.toLocaleString('en-US')} rows hold NaN or infinity and are not ranked: ids ${listed}.`,
  ];
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
