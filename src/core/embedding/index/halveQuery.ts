import { centerProduct, slackOf, weightStep, type QuantizedQuery, type QueryScale } from './quantizedQuery';

/** The kernel's sums are Σ code · weight and must stay within int32. */
const LARGEST_SUM = 2 ** 31 - 1;
/** 128 · 63 + 63: both halves of a weight are −64 … 63. */
const LARGEST_WEIGHT = 8127;
/** Makes a half 0 … 127, as the second operand of relaxed SIMD's dot product has to be. */
const OFFSET = 64;

/**
 * Rounds a unit query to weights of 14 bits, in two halves, for the kernel with relaxed SIMD: b = 128 h + l.
 *
 * The inequality of pairQuery.ts holds for any weights: for b with the step t, and for h alone with the step 128 t, whose slack is what
 * seven bits miss, and so the coarse one. As ‖w − 128 t h‖ could be more than ‖w‖ by what rounding twice adds, 1 / 64 at most, all vectors
 * of the roundings' slack stay below twice unit length or hardly above.
 *
 * @param unit Σ unit² = 1 up to rounding; the padded dimension.
 * @param target Receives h + 64 of each value, then l + 64.
 * @returns undefined where the dimension is so large that no weights would be exact enough.
 */
export function halveQuery(
  unit: Float64Array,
  scale: QueryScale,
  target: Uint8Array,
): QuantizedQuery | undefined {
  const step = weightStep(unit, scale, LARGEST_SUM, LARGEST_WEIGHT);
  if (step === undefined) {
    return undefined;
  }
  const coarseStep = 128 * step;
  let errors = 0;
  let coarseErrors = 0;
  for (let j = 0; j < unit.length; j++) {
    const weight = Math.round(unit[j] / step);
    const high = Math.round(weight / 128);
    target[j] = high + OFFSET;
    target[unit.length + j] = weight - 128 * high + OFFSET;
    const error = unit[j] - step * weight;
    const coarseError = unit[j] - coarseStep * high;
    errors += error * error;
    coarseErrors += coarseError * coarseError;
  }
  return {
    step,
    center: centerProduct(unit, scale),
    slack: slackOf(errors, scale),
    coarse: { step: coarseStep, slack: slackOf(coarseErrors, scale) },
  };
}
