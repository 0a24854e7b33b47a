import { kthLargest } from '../kthLargest';
import type { IndexMemory, ScanArea } from './indexMemory';
import type { Screening } from './screening';

/** Numbers of the fields of ScanRequest in kernel/assembly/scan.ts, 4 bytes each. */
const FIELD = {
  threshold: 13,
  candidateCount: 20,
  count: 27,
} as const;

/** Rows that a scan could not rule out. */
export interface Candidates {
  /** The k-th largest lower bound, −Infinity where fewer rows were met. */
  readonly threshold: number;
  /** Views that are valid until the next scan in the same area. */
  readonly ids: Uint32Array;
  readonly upperBounds: Float32Array;
  readonly lowerBounds: Float32Array;
}

/** Writes what a scan needs into its area. */
export function writeScanRequest(
  memory: IndexMemory,
  area: ScanArea,
  k: number,
  { form, quantized, queryForm }: Screening,
): void {
  const { layout, paddedDimension } = memory;
  const words = memory.uint32(area.request, FIELD.count);
  const numbers = memory.float32(area.request, FIELD.count);
  words.set([
    area.weights,
    layout.codes,
    layout.scales,
    layout.residuals,
    form.gains,
    form.offsets,
    area.allowed,
    paddedDimension,
  ]);
  numbers.set(
    [
      quantized.step,
      quantized.center,
      quantized.slack,
      queryForm.offsetWeight,
      queryForm.absoluteSlack,
      -Infinity,
    ],
    8,
  );
  words.set(
    [
      k,
      area.heap,
      0,
      area.candidates,
      area.upperBounds,
      area.lowerBounds,
      0,
      area.sums,
      memory.chunkBlocks,
      layout.codeSums,
    ],
    14,
  );
  const { coarse } = quantized;
  // Without halves, nothing is ever made of one.
  numbers.set([coarse?.step ?? 0, coarse?.slack ?? 0], 24);
  words[26] = 0;
}

/** What the scans of an area have found since its request was written. */
export function readCandidates(memory: IndexMemory, area: ScanArea): Candidates {
  const words = memory.uint32(area.request, FIELD.count);
  const threshold = memory.float32(area.request, FIELD.count)[FIELD.threshold];
  const count = words[FIELD.candidateCount];
  return {
    threshold,
    ids: memory.uint32(area.candidates, count),
    upperBounds: memory.float32(area.upperBounds, count),
    lowerBounds: memory.float32(area.lowerBounds, count),
  };
}

/**
 * What the scans of several parts of the rows have found together. A row whose lower bound is among the k largest of all is among the k
 * largest of its part, and so was kept: the k-th largest of all that were kept is the threshold of all rows.
 */
export function mergeCandidates(parts: readonly Candidates[], k: number): Candidates {
  if (parts.length === 1) {
    return parts[0];
  }
  const count = parts.reduce((sum, { ids }) => sum + ids.length, 0);
  const ids = new Uint32Array(count);
  const upperBounds = new Float32Array(count);
  const lowerBounds = new Float32Array(count);
  let end = 0;
  for (const part of parts) {
    ids.set(part.ids, end);
    upperBounds.set(part.upperBounds, end);
    lowerBounds.set(part.lowerBounds, end);
    end += part.ids.length;
  }
  const threshold = count >= k ? kthLargest(lowerBounds, k) : -Infinity;
  return { threshold, ids, upperBounds, lowerBounds };
}
