import { centerProduct, slackOf, weightStep, type QuantizedQuery, type QueryScale } from './quantizedQuery';

/** int16 weights that the kernel multiplies codes with leave room for the 1/256 that even ones carry. */
const LARGEST_WEIGHT = 32000;
/** The kernel's sums are 256 · Σ code · weight and must stay within int32. */
const LARGEST_SUM = (2 ** 31 - 1) / 256;

/**
 * Rounds a unit query to int16 weights, for the kernel with plain SIMD.
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
export function pairQuery(
  unit: Float64Array,
  scale: QueryScale,
  target: Int16Array,
): QuantizedQuery | undefined {
  const step = weightStep(unit, scale, LARGEST_SUM, LARGEST_WEIGHT);
  if (step === undefined) {
    return undefined;
  }
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
  // The kernel's sums are 256 times Σ code · weight. The division is exact: by a power of two.
  return { step: step / 256, center: centerProduct(unit, scale), slack: slackOf(errors, scale) };
}
