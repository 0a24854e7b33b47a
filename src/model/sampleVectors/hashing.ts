/*
 * Deterministic directions for words and parts of words. Only integer arithmetic and exactly rounded operations are used, so
 * the sample vectors are the same on every machine.
 */

/** FNV-1a over UTF-16 units, with a last scramble so that similar texts get unrelated numbers. 0 ≤ result < 2³². */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return scramble(hash);
}

/** Bijective mixing of 32 bits (the finalizer of MurmurHash3). */
export function scramble(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The pseudo-random direction that a text stands for: `dimension` values of length 1. */
export function hashedDirection(text: string, dimension: number): Float64Array {
  const direction = new Float64Array(dimension);
  let state = hashText(text);
  for (let i = 0; i < dimension; i++) {
    state = scramble(state + 0x9e3779b9);
    // The sum of four bytes less its mean is nearly normal.
    direction[i] = (state & 255) + ((state >>> 8) & 255) + ((state >>> 16) & 255) + (state >>> 24) - 510;
  }
  return toUnitLength(direction);
}

/** Scales a vector in place to length 1; a zero vector stays zero. */
export function toUnitLength(vector: Float64Array): Float64Array {
  let squares = 0;
  for (const value of vector) {
    squares += value * value;
  }
  if (squares > 0) {
    const factor = 1 / Math.sqrt(squares);
    for (let i = 0; i < vector.length; i++) {
      vector[i] = (vector[i] ?? 0) * factor;
    }
  }
  return vector;
}
