/** int16 weights that the kernel multiplies codes with leave room for the 1/256 that even ones carry. */
const LARGEST_WEIGHT = 32000;
/** The kernel's sums are 256 · Σ code · weight and must stay within int32. */
const LARGEST_PRODUCT = (2 ** 31 - 1) / 256;
/** Up to here Σ code² ≤ 127² · D stays within int32, in which the kernel sums it. No model comes near it. */
const LARGEST_DIMENSION = 2 ** 17;
/**
 * Single-precision roundings of one screened score: of the products, sums and conversions of its middle, and of its width and bounds.
 * With vectors of at most twice unit length they are at most about 40 · 2⁻²⁴ = 2.4e-6.
 */
const ROUNDING_SLACK = 4e-6;

/** A query direction in whole numbers. */
export interface QuantizedQuery {
  /** step · 256 · weight ≈ value of the unit query: the kernel's sums are 256 times Σ code · weight. */
  readonly step: number;
  /** Product of the unit query and the center. */
  readonly center: number;
  /** At most so far is a screened similarity from the exact one, besides the row's own residual. */
  readonly slack: number;
}

/**
 * Rounds a unit query to int16 weights.
 *
 * For w the unit query, b the weights with their step t, c a row's codes with their scale s, u = m + z the unit row with the center m:
 *
 *     w·u = w·m + t s (b·c) + w·(z − s c) + (w − t b)·(s c),
 *
 * so |w·u − (w·m + t s (b·c))| ≤ ‖z − s c‖ + ‖w − t b‖ ‖s c‖ (Cauchy and Schwarz, ‖w‖ = 1): the row's residual, and the slack.
 *
 * @param unit Σ unit² = 1 up to rounding; the padded dimension.
 * @param target Receives the weights: for each 16 values the 8 odd ones, then the 8 even ones.
 * @returns undefined where the dimension is so large that no weights would be exact enough.
 */
export function quantizeQuery(
  unit: Float64Array,
  center: Float32Array,
  largestCodeLength: number,
  largestCodedLength: number,
  target: Int16Array,
): QuantizedQuery | undefined {
  let largest = 0;
  let centerProduct = 0;
  for (let j = 0; j < unit.length; j++) {
    largest = Math.max(largest, Math.abs(unit[j]));
    centerProduct += unit[j] * center[j];
  }
  // The weights' length: at most that of w / t, plus what rounding adds.
  const length = (0.99 * LARGEST_PRODUCT) / Math.max(1, largestCodeLength) - 0.6 * Math.sqrt(unit.length);
  // From there on ‖w − t b‖ ≤ √D / 2 · t ≤ 1 / 2. (Up to 16,384 dimensions it is always so.)
  if (unit.length > LARGEST_DIMENSION || !(length >= Math.sqrt(unit.length))) {
    return undefined;
  }
  const step = Math.fround(Math.max(1 / length, largest / LARGEST_WEIGHT));
  let errors = 0;
  for (let block = 0; block < unit.length; block += 16) {
    for (let lane = 0; lane < 8; lane++) {
      const even = unit[block + 2 * lane];
      const odd = unit[block + 2 * lane + 1];
      const oddWeight = Math.round(odd / step);
      const evenWeight = Math.round(even / step - oddWeight / 256);
      target[block + lane] = oddWeight;
      target[block + 8 + lane] = evenWeight;
      const oddError = odd - step * oddWeight;
      const evenError = even - step * (evenWeight + oddWeight / 256);
      errors += oddError * oddError + evenError * evenError;
    }
  }
  return {
    // Exact: a power of two.
    step: step / 256,
    center: centerProduct,
    slack: Math.sqrt(errors) * largestCodedLength + ROUNDING_SLACK,
  };
}
