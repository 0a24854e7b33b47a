import type { KernelExports } from '../kernel/kernelModule';
import { BLOCK_ROWS, type IndexMemory } from './indexMemory';

/** Codes that several queries are scanned for at a time: they stay in the processor's second cache meanwhile. */
const BATCH_BLOCK_BYTES = 256 * 1024;

/** Rows that are to be scanned for some queries. */
export interface ScanJob {
  /** Addresses of ScanRequests; each is only in one job. */
  readonly requests: readonly number[];
  /** A multiple of 4. */
  readonly firstRow: number;
  readonly endRow: number;
}

/** Threads that scan one index together. */
export interface ScanTeam {
  /** How many can work now, the caller's own included; at least 1. */
  readonly size: number;

  /**
   * Does all jobs at the same time, the first in the caller's own thread; returns when they are done.
   *
   * @param jobs At most {@link size}.
   * @throws {Error} when a thread does not come back.
   */
  scan(jobs: readonly ScanJob[]): void;
}

/** Scans for one query after the other, block by block: a block of codes is read from memory once for all of them. */
export function scanJob(
  kernel: KernelExports,
  paddedDimension: number,
  { requests, firstRow, endRow }: ScanJob,
): void {
  if (requests.length === 1) {
    kernel.scanRows(requests[0], firstRow, endRow);
    return;
  }
  const blockRows = Math.max(2, Math.floor(BATCH_BLOCK_BYTES / paddedDimension / BLOCK_ROWS)) * BLOCK_ROWS;
  for (let row = firstRow; row < endRow; row += blockRows) {
    for (const request of requests) {
      kernel.scanRows(request, row, Math.min(endRow, row + blockRows));
    }
  }
}

/** The caller's thread alone. */
export function soloTeam(memory: IndexMemory): ScanTeam {
  return {
    size: 1,
    scan: (jobs) => {
      jobs.forEach((job) => {
        scanJob(memory.kernel, memory.paddedDimension, job);
      });
    },
  };
}

/** Cuts the rows of an index into equal parts, each beginning at a multiple of 4. */
export function rowParts(rowCount: number, parts: number): { firstRow: number; endRow: number }[] {
  const rows = Math.ceil(rowCount / BLOCK_ROWS / parts) * BLOCK_ROWS;
  return Array.from({ length: parts }, (_, part) => ({
    firstRow: Math.min(rowCount, part * rows),
    endRow: Math.min(rowCount, (part + 1) * rows),
  })).filter(({ firstRow, endRow }) => firstRow < endRow);
}
