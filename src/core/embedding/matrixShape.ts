/** @throws {RangeError} unless both are whole numbers from 1 on. */
export function checkShape(rowCount: number, dimension: number): void {
  if (!(
    Number.isSafeInteger(rowCount) &&
    Number.isSafeInteger(dimension) &&
    rowCount >= 1 &&
    dimension >= 1
  )) {
    throw new RangeError(`A matrix of ${rowCount} × ${dimension} values is not possible.`);
  }
}

/** What is thrown when a matrix, or its index, does not fit into memory. */
export function outOfMemory(rowCount: number, dimension: number, bytes: number, cause?: unknown): RangeError {
  const megabytes = Math.ceil(bytes / 1e6).toLocaleString('en-US');
  return new RangeError(
    `Embeddings of ${rowCount} × ${dimension} values need ${megabytes} MB of memory, more than can be had.`,
    { cause },
  );
}
