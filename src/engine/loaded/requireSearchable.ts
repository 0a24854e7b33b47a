import { IndexMemory } from '../../core/embedding/index/indexMemory';
import { canRunKernel } from '../../core/embedding/kernel/kernelModule';
import { CheckpointError } from '../../core/safetensors/checkpointError';

/**
 * Says before a matrix is read whether its index fits into memory: reserves that, and gives it back unused.
 *
 * @param source What errors call the matrix.
 * @throws {CheckpointError} `too-large` with the figure in MB.
 */
export function requireSearchable(source: string, rowCount: number, dimension: number): void {
  if (!canRunKernel()) {
    // The plain loop says so itself, when it asks for memory.
    return;
  }
  try {
    new IndexMemory(rowCount, dimension);
  } catch (error) {
    throw error instanceof RangeError
      ? new CheckpointError('too-large', source, error.message, { cause: error })
      : error;
  }
}
