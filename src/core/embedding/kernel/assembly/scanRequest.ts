/**
 * What one scan needs and finds; ../../index/scanRequest.ts writes it field by field, in this order, 4 bytes each.
 *
 * The score of a row, divided by the length of the query, is gain · similarity + offsetWeight · offset, where similarity is that of
 * two unit vectors: center + step · scale · Σ code · weight, give or take the residual plus `slack`.
 */
@unmanaged
export class ScanRequest {
  /** With plain SIMD int16, D: for each 16 values the 8 odd ones, then the 8 even ones. With relaxed SIMD uint8, 2 × D: see halvedProducts.ts. */
  weights: usize;
  codes: usize;
  scales: usize;
  residuals: usize;
  /** 0 where the score is the similarity itself, but 0 for a row without a direction. */
  gains: usize;
  offsets: usize;
  /** Rows that may be answered, one bit a row. */
  allowed: usize;
  /** D */
  dimension: u32;
  step: f32;
  center: f32;
  slack: f32;
  offsetWeight: f32;
  absoluteSlack: f32;
  /** The k-th largest lower bound so far; −∞ at first. */
  threshold: f32;
  k: u32;
  /** float32, k: the largest lower bounds so far, the smallest on top. */
  heap: usize;
  heapSize: u32;
  /** Rows whose upper bound reached the threshold when they were met: uint32, float32, float32. */
  candidates: usize;
  upperBounds: usize;
  lowerBounds: usize;
  candidateCount: u32;
  /** int32, 4 × 4 × chunkBlocks: sums of rows that are not judged yet. */
  sums: usize;
  /** Blocks of each of four streams whose sums are made before they are judged. */
  chunkBlocks: u32;
  /** Read by relaxed SIMD only, as all that follows. int32, N: Σ code of each row. */
  codeSums: usize;
  /** `step` and `slack` of the query's upper half alone. */
  coarseStep: f32;
  coarseSlack: f32;
  /** 1 where the sums of the next chunk are made with the upper half alone first. */
  isCoarse: u32;
}
