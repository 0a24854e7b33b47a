import { RELAXED_SIMD_KERNEL_BASE64, SIMD_KERNEL_BASE64 } from './generated/kernelBinaries';

/** What assembly/kernel.ts exports. Addresses are byte offsets; WebAssembly takes them modulo 2³². */
export interface KernelExports {
  scanRows(request: number, firstRow: number, endRow: number): void;
  boundRows(request: number, firstRow: number, endRow: number): void;
  encodeRows(request: number, rows: number, firstRow: number, rowCount: number): void;
  addRows(sums: number, rows: number, squaredNorms: number, rowCount: number, dimension: number): void;
  /** Brings codes from the form that the other kind of kernel reads into the form that this one reads. */
  convertCodes(codes: number, bytes: number): void;
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
  addUnitCodes(request: number, sums: number, firstRow: number, endRow: number): void;
  narrowRows(request: number, firstRow: number, endRow: number): void;
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

/**
 * The two builds of the kernel: with plain SIMD, and with relaxed SIMD besides, which older runtimes (Node 20) refuse. They give the same
 * answers. Their codes differ in form: see assembly/kernel.ts.
 */
export const KERNEL_KINDS = ['simd', 'relaxed-simd'] as const;
export type KernelKind = (typeof KERNEL_KINDS)[number];

const BINARIES: Readonly<Record<KernelKind, string>> = {
  simd: SIMD_KERNEL_BASE64,
  'relaxed-simd': RELAXED_SIMD_KERNEL_BASE64,
};

/** What was tried in this thread: the compiled module, or undefined where this runtime refuses it. */
const tried = new Map<KernelKind, WebAssembly.Module | undefined>();

/**
 * A kernel, compiled once for this thread.
 *
 * @returns undefined when this runtime has no such SIMD, or no shared memory.
 * @throws {Error} when compiling is forbidden.
 */
function compiledKernel(kind: KernelKind): WebAssembly.Module | undefined {
  if (!tried.has(kind)) {
    const binary = bytesOfBase64(BINARIES[kind]);
    const isValid = typeof SharedArrayBuffer !== 'undefined' && WebAssembly.validate(binary);
    tried.set(kind, isValid ? new WebAssembly.Module(binary) : undefined);
  }
  return tried.get(kind);
}

/** A plain loop: a call for each byte, in code that has never run before, takes longer than compiling the kernel. */
function bytesOfBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = binary.charCodeAt(index);
  }
  return bytes;
}

/** Whether this runtime has a kernel. @throws {Error} when compiling is forbidden. */
export function supportsKernel(kind: KernelKind): boolean {
  return compiledKernel(kind) !== undefined;
}

/**
 * The fastest kernel that this runtime has, compiled.
 *
 * @throws {Error} when this runtime has no WebAssembly SIMD, no shared memory, or forbids compiling.
 */
export function fastestKernel(): KernelKind {
  if (supportsKernel('relaxed-simd')) {
    return 'relaxed-simd';
  }
  if (supportsKernel('simd')) {
    return 'simd';
  }
  throw new Error('WebAssembly SIMD with shared memory is not available.');
}

/**
 * The kernel over a memory.
 *
 * @throws {Error} when this runtime has no such kernel.
 */
export function instantiateKernel(memory: WebAssembly.Memory, kind = fastestKernel()): KernelExports {
  const module = compiledKernel(kind);
  if (module === undefined) {
    throw new Error(`WebAssembly ${kind} with shared memory is not available.`);
  }
  // The binary is our own, made from assembly/kernel.ts: its exports are known.
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
}

/** Compiles the kernel where that has not been done. @returns Whether this runtime has it: without it all is slower, not different. */
export function canRunKernel(): boolean {
  try {
    fastestKernel();
    return true;
  } catch {
    // No WebAssembly, no SIMD, no shared memory, or compiling forbidden by a policy.
    return false;
  }
}
