import { ScanRequest } from './scanRequest';

/*
 * From the sums of a block to intervals of its four rows' scores: middle ± width.
 */

/** Relative error that the float32 sum of gain · similarity and offset can have, beyond what `slack` covers: 4 · 2⁻²⁴, doubled. */
const OFFSET_ERROR: f32 = 4.8e-7;

// @ts-ignore: decorator
@inline
function similarityOf(request: ScanRequest, at: usize, sums: v128, step: f32): v128 {
  const scaled = f32x4.mul(f32x4.convert_i32x4_s(sums), v128.load(request.scales + at));
  return f32x4.add(f32x4.mul(scaled, f32x4.splat(step)), f32x4.splat(request.center));
}

/** All bits of a lane where the row has a direction: a row's residual is more than 0, but of one that was not coded. */
// @ts-ignore: decorator
@inline
function directed(request: ScanRequest, at: usize): v128 {
  return f32x4.gt(v128.load(request.residuals + at), f32x4.splat(0));
}

// @ts-ignore: decorator
@inline
function offsetOf(request: ScanRequest, at: usize): v128 {
  return f32x4.mul(f32x4.splat(request.offsetWeight), v128.load(request.offsets + at));
}

/**
 * The screened scores of four rows.
 *
 * @param at 4 · the first row.
 * @param sums Σ code · weight.
 * @param step Of these weights.
 * @param hasGains false where the score is the similarity.
 */
// @ts-ignore: decorator
@inline
export function middleOf(request: ScanRequest, at: usize, sums: v128, step: f32, hasGains: bool): v128 {
  const similarity = similarityOf(request, at, sums, step);
  return hasGains
    ? f32x4.add(f32x4.mul(v128.load(request.gains + at), similarity), offsetOf(request, at))
    : v128.and(similarity, directed(request, at));
}

/**
 * How far they are from the exact ones at most.
 *
 * @param slack Of the weights.
 */
// @ts-ignore: decorator
@inline
export function widthOf(request: ScanRequest, at: usize, slack: f32, hasGains: bool): v128 {
  const error = f32x4.add(v128.load(request.residuals + at), f32x4.splat(slack));
  return hasGains
    ? f32x4.add(
        f32x4.add(f32x4.mul(v128.load(request.gains + at), error), f32x4.splat(request.absoluteSlack)),
        f32x4.mul(f32x4.abs(offsetOf(request, at)), f32x4.splat(OFFSET_ERROR)),
      )
    : v128.and(error, directed(request, at));
}
