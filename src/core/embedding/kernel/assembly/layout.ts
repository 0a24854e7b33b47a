/*
 * The map of all rows: how much each of a row's neighbors counts, and the epochs that move the points. Only operations that every
 * machine rounds alike, so the same bytes come out everywhere: e^x, too, is made of them.
 */

/** Bisections for the width of a neighborhood. */
const BISECTIONS: i32 = 40;
/** How near the sum of the weights has to come to its target. */
const TOLERANCE: f32 = 1e-5;
/** No width is below this share of the mean distance. */
const LEAST_WIDTH: f32 = 0.001;
/** Points that push at once; a drawn edge has two rounds of them. */
const ROUNDS: i32 = 2;
/** Keeps the push of a point that lies at the same place finite. */
const SOFTENING: f32 = 0.001;
/** How far a push moves at most, before it is scaled. On the length, not on its parts: these would draw a lattice. */
const LONGEST_PUSH: f32 = 4;

/** e^x for x ≤ 0, to within 2e-7: 2^n by its bits, the rest by a polynomial. */
// @ts-ignore: decorator
@inline
function exponential(x: f32): f32 {
  if (x < -80) return 0;
  const z: f32 = x * 1.4426950408889634;
  const n = nearest(z);
  const f: f32 = (z - n) * 0.6931471805599453;
  const p: f32 =
    1 + f * (1 + f * (0.5 + f * (0.16666667 + f * (0.041666668 + f * (0.008333334 + f * 0.0013888889)))));
  return p * reinterpret<f32>((<i32>n + 127) << 23);
}

// @ts-ignore: decorator
@inline
function distance(similarity: usize): f32 {
  return max<f32>(0, 1 - load<f32>(similarity));
}

/**
 * How much each neighbor counts for the rows firstRow … endRow − 1: 1 for the nearest, for others exp(−(d − rho) / sigma) where d is
 * 1 − cosine, rho the first d above 0, and sigma makes the sum of all weights the target.
 *
 * @param offsets uint32: where the neighbors of each row begin, and the last ones end.
 * @param similarities float32: cosines, falling within a row.
 * @param weights float32: receives one a neighbor, 0 … 1.
 */
export function weighNeighbors(
  offsets: usize,
  similarities: usize,
  weights: usize,
  firstRow: u32,
  endRow: u32,
  target: f32,
): void {
  for (let row = firstRow; row < endRow; row++) {
    const offset = offsets + (<usize>row << 2);
    const first = <usize>load<u32>(offset) << 2;
    const end = <usize>load<u32>(offset, 4) << 2;
    if (first == end) continue;
    let rho: f32 = 0;
    let mean: f32 = 0;
    for (let at = first; at < end; at += 4) {
      const d = distance(similarities + at);
      mean += d;
      if (rho == 0 && d > 0) rho = d;
    }
    mean /= <f32>((end - first) >> 2);
    let low: f32 = 0;
    let high: f32 = Infinity;
    let sigma: f32 = mean > 0 ? mean : 1;
    for (let step = 0; step < BISECTIONS; step++) {
      let sum: f32 = 0;
      for (let at = first; at < end; at += 4) {
        const d: f32 = distance(similarities + at) - rho;
        sum += d > 0 ? exponential(-d / sigma) : 1;
      }
      if (abs(sum - target) < TOLERANCE) break;
      if (sum > target) {
        high = sigma;
        sigma = (low + high) / 2;
      } else {
        low = sigma;
        sigma = high == Infinity ? sigma * 2 : (low + high) / 2;
      }
    }
    sigma = max<f32>(sigma, LEAST_WIDTH * mean);
    for (let at = first; at < end; at += 4) {
      const d: f32 = distance(similarities + at) - rho;
      store<f32>(weights + at, d > 0 ? exponential(-d / sigma) : 1);
    }
  }
}

/** What an epoch needs; ../../layout/layoutMemory.ts writes it field by field, in this order, 4 bytes each. */
@unmanaged
export class EpochRequest {
  /** float32: x and y of each point. */
  positions: usize;
  /** uint32: where the edges of each point begin, and the last ones end. */
  offsets: usize;
  /** uint32, one an edge: the point at its other end. */
  targets: usize;
  /** float32, one an edge: every how many epochs it is drawn. */
  periods: usize;
  /** float32, one an edge: the epoch from which on it is drawn again. */
  dues: usize;
  /** Four xorshift32, none of them 0. */
  random: usize;
  pointCount: u32;
  epoch: f32;
  /** How far points move, 0 … 1. */
  rate: f32;
  /** How strongly points push each other away. */
  repulsion: f32;
}

/**
 * Draws the edges that are due of the points firstPoint … endPoint − 1: both ends move towards each other, and eight points that are
 * taken at random push the first one away. An epoch is all points, in order, in one call or several.
 */
export function drawEdges(request: EpochRequest, firstPoint: u32, endPoint: u32): void {
  const positions = request.positions;
  const periods = request.periods;
  const dues = request.dues;
  const epoch = request.epoch;
  const rate = request.rate;
  let lanes = v128.load(request.random);
  const scale = f32x4.splat(<f32>request.pointCount / 16777216);
  const last = i32x4.splat(request.pointCount - 1);
  const strength = f32x4.splat(2 * request.repulsion);
  for (let point = firstPoint; point < endPoint; point++) {
    const own = positions + (<usize>point << 3);
    let x = load<f32>(own);
    let y = load<f32>(own, 4);
    const offset = request.offsets + (<usize>point << 2);
    const end = <usize>load<u32>(offset, 4) << 2;
    for (let edge = <usize>load<u32>(offset) << 2; edge < end; edge += 4) {
      const due = load<f32>(dues + edge);
      if (due > epoch) continue;
      store<f32>(dues + edge, due + load<f32>(periods + edge));
      const other = positions + (<usize>load<u32>(request.targets + edge) << 3);
      const dx: f32 = x - load<f32>(other);
      const dy: f32 = y - load<f32>(other, 4);
      const pull: f32 = (-2 / (1 + (dx * dx + dy * dy))) * rate;
      const moveX = pull * dx;
      const moveY = pull * dy;
      store<f32>(other, load<f32>(other) - moveX);
      store<f32>(other, load<f32>(other, 4) - moveY, 4);
      x += moveX;
      y += moveY;
      // Before others are read: the point itself may be among them, and must then lie where it lies.
      store<f32>(own, x);
      store<f32>(own, y, 4);
      for (let round = 0; round < ROUNDS; round++) {
        lanes = v128.xor(lanes, i32x4.shl(lanes, 13));
        lanes = v128.xor(lanes, i32x4.shr_u(lanes, 17));
        lanes = v128.xor(lanes, i32x4.shl(lanes, 5));
        const share = f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(lanes, 8)), scale);
        const at = i32x4.shl(i32x4.min_u(i32x4.trunc_sat_f32x4_u(share), last), 3);
        let first = v128.load64_zero(positions + <usize>i32x4.extract_lane(at, 0));
        first = v128.load64_lane(positions + <usize>i32x4.extract_lane(at, 1), first, 1);
        let second = v128.load64_zero(positions + <usize>i32x4.extract_lane(at, 2));
        second = v128.load64_lane(positions + <usize>i32x4.extract_lane(at, 3), second, 1);
        const awayX = f32x4.sub(f32x4.splat(x), v128.shuffle<f32>(first, second, 0, 2, 4, 6));
        const awayY = f32x4.sub(f32x4.splat(y), v128.shuffle<f32>(first, second, 1, 3, 5, 7));
        const squared = f32x4.add(f32x4.mul(awayX, awayX), f32x4.mul(awayY, awayY));
        const softened = f32x4.add(f32x4.splat(SOFTENING), squared);
        const push = f32x4.pmin(
          f32x4.div(strength, f32x4.mul(softened, f32x4.add(f32x4.splat(1), squared))),
          f32x4.div(f32x4.splat(LONGEST_PUSH), f32x4.sqrt(squared)),
        );
        x += rate * sum(f32x4.mul(push, awayX));
        y += rate * sum(f32x4.mul(push, awayY));
        store<f32>(own, x);
        store<f32>(own, y, 4);
      }
    }
  }
  v128.store(request.random, lanes);
}

// @ts-ignore: decorator
@inline
function sum(values: v128): f32 {
  return (
    f32x4.extract_lane(values, 0) +
    f32x4.extract_lane(values, 1) +
    (f32x4.extract_lane(values, 2) + f32x4.extract_lane(values, 3))
  );
}
