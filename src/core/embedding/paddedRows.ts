/*
 * Rows in WebAssembly memory are padded to a whole number of vectors. They are read without padding, to the end of their place, and
 * then spread: so no second buffer is needed, and spreading never overtakes what it reads.
 */

/** Lengths of a row without and with its padding, in values. */
export interface RowPadding {
  readonly dimension: number;
  readonly paddedDimension: number;
}

/**
 * Where `count` rows are to be written, row-major and without padding, that are then spread by {@link spreadRows}.
 *
 * @param address Where the padded rows will begin, in bytes.
 */
export function rowTarget(
  memory: WebAssembly.Memory,
  address: number,
  count: number,
  { dimension, paddedDimension }: RowPadding,
): Float32Array {
  const gap = count * (paddedDimension - dimension);
  return new Float32Array(memory.buffer, address + gap * Float32Array.BYTES_PER_ELEMENT, count * dimension);
}

/** Pads the rows that were written to {@link rowTarget} with zeros, in place. */
export function spreadRows(
  memory: WebAssembly.Memory,
  address: number,
  count: number,
  { dimension, paddedDimension }: RowPadding,
): void {
  if (dimension === paddedDimension) {
    return;
  }
  const values = new Float32Array(memory.buffer, address, count * paddedDimension);
  const gap = count * (paddedDimension - dimension);
  for (let row = 0; row < count; row++) {
    const target = row * paddedDimension;
    const start = gap + row * dimension;
    values.copyWithin(target, start, start + dimension);
    values.fill(0, target + dimension, target + paddedDimension);
  }
}
