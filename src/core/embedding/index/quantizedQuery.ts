/** A query direction in whole numbers. */
export interface QuantizedQuery {
  /** Of the kernel's sums: step · Σ code · weight ≈ unit query · what the codes stand for. */
  readonly step: number;
  /** Product of the unit query and the center. */
  readonly center: number;
  /** At most so far is a screened similarity from the exact one, besides the row's own residual. */
  readonly slack: number;
  /** The same for the upper half of the weights alone, where these are cut into halves. */
  readonly coarse?: { readonly step: number; readonly slack: number };
}

/** What rounding a query has to know of an index. */
export interface QueryScale {
  /** float32, D */
  readonly center: Float32Array;
  /** The largest √Σ code² of a row. */
  readonly largestCodeLength: number;
  /** At least the largest ‖scale · code‖ of a row. */
  readonly largestCodedLength: number;
}

/** Up to here Σ code² ≤ 127² · D stays within int32, in which the kernel sums it. No model comes near it. */
const LARGEST_DIMENSION = 2 ** 17;

/**
 * Single-precision roundings of one screened score: of the products, sums and conversions of its middle, and of its width and bounds.
 * With vectors of at most twice unit length they are at most about 40 · 2⁻²⁴ = 2.4e-6.
 */
const ROUNDING_SLACK = 4e-6;

/**
 * The step of weights, so that no sum of the kernel leaves its range.
 *
 * @param largestSum What |Σ code · weight| may be.
 * @param largestWeight What a weight may be.
 * @returns undefined where the dimension is so large that no weights would be exact enough.
 */
export function weightStep(
  unit: Float64Array,
  { largestCodeLength }: QueryScale,
  largestSum: number,
  largestWeight: number,
): number | undefined {
  // The weights' length: at most that of w / t, plus what rounding adds.
  const length = (0.99 * largestSum) / Math.max(1, largestCodeLength) - 0.6 * Math.sqrt(unit.length);
  // From there on ‖w − t b‖ ≤ √D / 2 · t ≤ 1 / 2. (Up to 16,384 dimensions it is always so.)
  if (unit.length > LARGEST_DIMENSION || !(length >= Math.sqrt(unit.length))) {
    return undefined;
  }
  const largest = unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Math.fround(Math.max(1 / length, largest / largestWeight));
}

/** Product of the unit query and the center. */
export function centerProduct(unit: Float64Array, { center }: QueryScale): number {
  let product = 0;
  for (let j = 0; j < unit.length; j++) {
    product += unit[j] * center[j];
  }
  return product;
}

/** How far screened similarities may be off for weights that miss the query by `squaredError` = ‖w − t b‖². */
export function slackOf(squaredError: number, { largestCodedLength }: QueryScale): number {
  return Math.sqrt(squaredError) * largestCodedLength + ROUNDING_SLACK;
}
