/*
 * The one order in which every exact figure is summed, whatever kernel screens: eight partial sums, term j added to sum
 * j mod 8 by rising j, combined as ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7)).
 *
 * One fixed order makes scores comparable bit by bit: equal rows, and rows that are power-of-two multiples of each other,
 * get equal scores and are ordered by token id. Eight sums are what four double-precision SIMD registers hold, so a kernel
 * can follow the order at full speed.
 */

function combine(
  s0: number,
  s1: number,
  s2: number,
  s3: number,
  s4: number,
  s5: number,
  s6: number,
  s7: number,
): number {
  return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
}

/**
 * Σ query[j] · values[start + j] in the canonical order. Not shared with {@link squaredLength}: a loop over one pair of
 * array types runs twice as fast in V8 as a loop over several.
 */
export function dotWithRow(query: Float64Array, values: Float32Array, start: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  const length = query.length;
  let j = 0;
  for (let i = start; j + 8 <= length; j += 8, i += 8) {
    s0 += query[j] * values[i];
    s1 += query[j + 1] * values[i + 1];
    s2 += query[j + 2] * values[i + 2];
    s3 += query[j + 3] * values[i + 3];
    s4 += query[j + 4] * values[i + 4];
    s5 += query[j + 5] * values[i + 5];
    s6 += query[j + 6] * values[i + 6];
    s7 += query[j + 7] * values[i + 7];
  }
  if (j < length) {
    s0 += query[j] * values[start + j];
  }
  if (j + 1 < length) {
    s1 += query[j + 1] * values[start + j + 1];
  }
  if (j + 2 < length) {
    s2 += query[j + 2] * values[start + j + 2];
  }
  if (j + 3 < length) {
    s3 += query[j + 3] * values[start + j + 3];
  }
  if (j + 4 < length) {
    s4 += query[j + 4] * values[start + j + 4];
  }
  if (j + 5 < length) {
    s5 += query[j + 5] * values[start + j + 5];
  }
  if (j + 6 < length) {
    s6 += query[j + 6] * values[start + j + 6];
  }
  return combine(s0, s1, s2, s3, s4, s5, s6, s7);
}

/** Σ values[start + j]² for j < length in the canonical order. Infinite or NaN exactly when a float32 value is. */
export function squaredLength(values: Float32Array | Float64Array, start: number, length: number): number {
  const sums = new Float64Array(8);
  for (let j = 0; j < length; j++) {
    const value = values[start + j];
    sums[j & 7] += value * value;
  }
  return combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
}

/** Σ vector[j] · (values[start + j] − mean[j]) in the canonical order. */
export function centeredDotWithRow(
  vector: Float64Array,
  mean: Float64Array,
  values: Float32Array,
  start: number,
): number {
  const sums = new Float64Array(8);
  for (let j = 0; j < vector.length; j++) {
    sums[j & 7] += vector[j] * (values[start + j] - mean[j]);
  }
  return combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
}

/** Σ (vector[j] − values[start + j])² in the canonical order: the squared distance of a row. */
export function squaredDistanceToRow(vector: Float64Array, values: Float32Array, start: number): number {
  const sums = new Float64Array(8);
  for (let j = 0; j < vector.length; j++) {
    const difference = vector[j] - values[start + j];
    sums[j & 7] += difference * difference;
  }
  return combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
}

/** Σ first[j] · second[j] in the canonical order. */
export function dotOfVectors(first: Float64Array, second: Float64Array): number {
  const sums = new Float64Array(8);
  for (let j = 0; j < first.length; j++) {
    sums[j & 7] += first[j] * second[j];
  }
  return combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
}

/** Σ (first[j] − second[j])² in the canonical order. */
export function squaredDistanceOfVectors(first: Float64Array, second: Float64Array): number {
  const sums = new Float64Array(8);
  for (let j = 0; j < first.length; j++) {
    const difference = first[j] - second[j];
    sums[j & 7] += difference * difference;
  }
  return combine(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
}

/** Queries between these magnitudes cannot over- or underflow when multiplied by any float32 row and squared. */
const LARGEST_QUERY_VALUE = 2 ** 100;
const SMALLEST_QUERY_VALUE = 2 ** -100;
const RESCALE = 2 ** 200;

/**
 * The query itself when its largest magnitude is moderate, else a copy scaled by a power of two that brings it there.
 * Cosines do not depend on the scale. A zero query is returned as it is.
 *
 * @throws {RangeError} when a value is NaN or infinite.
 */
export function moderateQuery(query: Float64Array): Float64Array {
  let largest = 0;
  for (const value of query) {
    if (!Number.isFinite(value)) {
      throw new RangeError('The query vector holds NaN or infinity.');
    }
    largest = Math.max(largest, Math.abs(value));
  }
  let scaled = query;
  while (largest > LARGEST_QUERY_VALUE) {
    scaled = scaled.map((value) => value / RESCALE);
    largest /= RESCALE;
  }
  while (largest > 0 && largest < SMALLEST_QUERY_VALUE) {
    scaled = scaled.map((value) => value * RESCALE);
    largest *= RESCALE;
  }
  return scaled;
}

/**
 * Cosine from a dot product and two squared lengths: dot / √(qq · xx), clamped to [−1, 1]; 0 where a length is 0.
 *
 * In this form a row against itself is exactly 1 (dot = qq = xx, and √(x · x) = x in binary floating point), and scaling a
 * row by a power of two changes nothing, not even in the last bit.
 */
export function cosineOfSums(dot: number, querySquared: number, rowSquared: number): number {
  const lengths = Math.sqrt(querySquared * rowSquared);
  // A sum of −0 is written as 0, so that equal similarities are also the same value.
  return lengths === 0 || dot === 0 ? 0 : Math.max(-1, Math.min(1, dot / lengths));
}
