import { SIMD_KERNEL_BASE64 } from './generated/simdKernelModule';

/** What assembly/kernel.ts exports. Addresses are byte offsets; WebAssembly takes them modulo 2³². */
export interface KernelExports {
  scanRows(request: number, firstRow: number, endRow: number): void;
  boundRows(request: number, firstRow: number, endRow: number): void;
  encodeRows(request: number, rows: number, firstRow: number, rowCount: number): void;
  addRows(sums: number, rows: number, squaredNorms: number, rowCount: number, dimension: number): void;
  mixBlocks(lanes: number, blocks: number, bytes: number): void;
  dots(query: number, rows: number, results: number, rowCount: number, dimension: number): void;
  centeredDots(
    query: number,
    mean: number,
    rows: number,
    results: number,
    rowCount: number,
    dimension: number,
  ): void;
  squaredDistances(query: number, rows: number, results: number, rowCount: number, dimension: number): void;
  encodeUnitRows(request: number, scale: number, rows: number, firstRow: number, rowCount: number): number;
  crossTiles(request: number): number;
  compactRows(request: number, firstRow: number, endRow: number): void;
  settleRow(
    request: number,
    row: number,
    squaredNorms: number,
    squaredScale: number,
    rows: number,
    ranking: number,
  ): void;
  scoreEntries(request: number, firstRow: number, endRow: number): void;
  rankEntries(request: number, firstRow: number, endRow: number): void;
  weighNeighbors(
    offsets: number,
    similarities: number,
    weights: number,
    firstRow: number,
    endRow: number,
    target: number,
  ): void;
  drawEdges(request: number, firstPoint: number, endPoint: number): void;
}

let compiled: WebAssembly.Module | undefined;

/**
 * The kernel, compiled once for this thread.
 *
 * @throws {Error} when this runtime has no WebAssembly SIMD, no shared memory, or forbids compiling.
 */
export function kernelModule(): WebAssembly.Module {
  if (compiled === undefined) {
    const binary = Uint8Array.from(atob(SIMD_KERNEL_BASE64), (character) => character.charCodeAt(0));
    if (typeof SharedArrayBuffer === 'undefined' || !WebAssembly.validate(binary)) {
      throw new Error('WebAssembly SIMD with shared memory is not available.');
    }
    compiled = new WebAssembly.Module(binary);
  }
  return compiled;
}

/** The kernel over a memory. */
export function instantiateKernel(memory: WebAssembly.Memory): KernelExports {
  // The binary is our own, made from assembly/kernel.ts: its exports are known.
  return new WebAssembly.Instance(kernelModule(), { env: { memory } }).exports as unknown as KernelExports;
}

/** Compiles the kernel where that has not been done. @returns Whether this runtime has it: without it all is slower, not different. */
export function canRunKernel(): boolean {
  try {
    kernelModule();
    return true;
  } catch {
    // No WebAssembly, no SIMD, no shared memory, or compiling forbidden by a policy.
    return false;
  }
}
