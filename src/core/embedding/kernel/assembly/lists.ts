/*
 * From entries (see entries.ts) to lists: exact cosines in double precision, in the canonical order, and the best k by falling cosine,
 * equal ones by rising id.
 */
import { TileRequest } from './entries';

/** Σ a · b of two rows in the canonical order of ../canonicalSums.ts. */
function product(a: usize, b: usize, dimension: usize): f64 {
  let sum01 = f64x2.splat(0);
  let sum23 = sum01;
  let sum45 = sum01;
  let sum67 = sum01;
  for (const end = a + (dimension << 2); a < end; a += 32, b += 32) {
    sum01 = f64x2.add(sum01, f64x2.mul(pair(a, 0), pair(b, 0)));
    sum23 = f64x2.add(sum23, f64x2.mul(pair(a, 8), pair(b, 8)));
    sum45 = f64x2.add(sum45, f64x2.mul(pair(a, 16), pair(b, 16)));
    sum67 = f64x2.add(sum67, f64x2.mul(pair(a, 24), pair(b, 24)));
  }
  const sums = f64x2.add(f64x2.add(sum01, sum45), f64x2.add(sum23, sum67));
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

// @ts-ignore: decorator
@inline
function pair(address: usize, offset: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(address + offset));
}

/** cosineOfSums of ../canonicalSums.ts. */
// @ts-ignore: decorator
@inline
function cosine(dot: f64, squared: f64, otherSquared: f64): f64 {
  const lengths = Math.sqrt(squared * otherSquared);
  return lengths == 0 || dot == 0 ? 0 : max<f64>(-1, min<f64>(1, dot / lengths));
}

/**
 * Puts an entry at its place in a ranking of the best k so far: float64, k scores, then int64, k entries.
 *
 * @returns The new size of the ranking.
 */
function rank(ranking: usize, size: u32, k: u32, score: f64, entry: i64): u32 {
  const entries = ranking + (<usize>k << 3);
  let place = size;
  while (place > 0) {
    const above = <usize>(place - 1) << 3;
    const aboveScore = load<f64>(ranking + above);
    const aboveEntry = load<i64>(entries + above);
    if (aboveScore > score || (aboveScore == score && <u32>aboveEntry < <u32>entry)) break;
    if (place < k) {
      store<f64>(ranking + above, aboveScore, 8);
      store<i64>(entries + above, aboveEntry, 8);
    }
    place--;
  }
  if (place == k) return k;
  store<f64>(ranking + (<usize>place << 3), score);
  store<i64>(entries + (<usize>place << 3), entry);
  return min(size + 1, k);
}

/**
 * Keeps of a row's entries, at least k, the exact best k, and raises its threshold to what the last of them says: for rows that lie
 * closer together than the codes can tell.
 *
 * @param rows The row as the checkpoint holds it, then those of its entries, in their order; D float32 each.
 * @param ranking Room for k scores and k entries.
 */
export function settleRow(
  request: TileRequest,
  row: u32,
  squaredNorms: usize,
  squaredScale: f64,
  rows: usize,
  ranking: usize,
): void {
  const k = request.neighborCount;
  const dimension = <usize>request.dimension;
  const count = request.counts + (<usize>row << 2);
  const entries = request.entries + ((<usize>row * <usize>request.capacity) << 3);
  const squared = load<f64>(squaredNorms + (<usize>row << 3));
  let other = rows;
  let size: u32 = 0;
  for (let position: u32 = 0; position < load<u32>(count); position++) {
    other += dimension << 2;
    const entry = load<i64>(entries + (<usize>position << 3));
    const otherSquared = load<f64>(squaredNorms + (<usize>(<u32>entry) << 3));
    size = rank(ranking, size, k, cosine(product(rows, other, dimension), squared, otherSquared), entry);
  }
  memory.copy(entries, ranking + (<usize>k << 3), <usize>size << 3);
  store<u32>(count, size);
  const threshold = request.thresholds + (<usize>row << 2);
  const kth = load<f64>(ranking + (<usize>(k - 1) << 3));
  const bound = <i32>Math.floor(kth * squaredScale) - (request.margin >> 1);
  store<i32>(threshold, max(load<i32>(threshold), bound));
}

/** What scoring a part of the entries needs; ../../graph/graphMemory.ts writes it field by field, in this order, 4 bytes each. */
@unmanaged
export class ScoreRequest {
  /** A TileRequest, for the entries. */
  tiles: TileRequest;
  squaredNorms: usize;
  /** The rows `start` …, D float32 each. */
  rows: usize;
  start: u32;
  /** The other rows, `firstOther` … `endOther` − 1, D float32 each. */
  others: usize;
  firstOther: u32;
  endOther: u32;
  /** float64, capacity of each of the rows `start` …: one score an entry. */
  scores: usize;
  /** float64, k, and int64, k */
  ranking: usize;
  /** Each row's list, see rankEntries. */
  lists: usize;
}

/** Scores those entries of the rows firstRow … endRow − 1 that are among the other rows. */
export function scoreEntries(request: ScoreRequest, firstRow: u32, endRow: u32): void {
  const tiles = request.tiles;
  const dimension = <usize>tiles.dimension;
  const stride = dimension << 2;
  const capacity = <usize>tiles.capacity;
  for (let row = firstRow; row < endRow; row++) {
    const values = request.rows + <usize>(row - request.start) * stride;
    const squared = load<f64>(request.squaredNorms + (<usize>row << 3));
    const entries = tiles.entries + ((<usize>row * capacity) << 3);
    const scores = request.scores + ((<usize>(row - request.start) * capacity) << 3);
    const end = <usize>load<u32>(tiles.counts + (<usize>row << 2)) << 3;
    for (let at: usize = 0; at < end; at += 8) {
      const id = load<u32>(entries + at);
      if (id >= request.firstOther && id < request.endOther) {
        const other = request.others + <usize>(id - request.firstOther) * stride;
        const otherSquared = load<f64>(request.squaredNorms + (<usize>id << 3));
        store<f64>(scores + at, cosine(product(values, other, dimension), squared, otherSquared));
      }
    }
  }
}

/** Writes the lists of rows whose entries are all scored: uint32, k ids, then float32, k scores; the rest of a shorter list has id 2³² − 1. */
export function rankEntries(request: ScoreRequest, firstRow: u32, endRow: u32): void {
  const tiles = request.tiles;
  const k = tiles.neighborCount;
  const capacity = <usize>tiles.capacity;
  const ranking = request.ranking;
  for (let row = firstRow; row < endRow; row++) {
    const entries = tiles.entries + ((<usize>row * capacity) << 3);
    const scores = request.scores + ((<usize>(row - request.start) * capacity) << 3);
    const end = <usize>load<u32>(tiles.counts + (<usize>row << 2)) << 3;
    let size: u32 = 0;
    for (let at: usize = 0; at < end; at += 8) {
      size = rank(ranking, size, k, load<f64>(scores + at), load<i64>(entries + at));
    }
    let list = request.lists + ((<usize>row * <usize>k) << 3);
    for (let place: u32 = 0; place < k; place++, list += 4) {
      const at = <usize>place << 3;
      const isFilled = place < size;
      store<u32>(list, isFilled ? load<u32>(ranking + (<usize>k << 3) + at) : u32.MAX_VALUE);
      store<f32>(list + (<usize>k << 2), isFilled ? <f32>load<f64>(ranking + at) : 0);
    }
  }
}
