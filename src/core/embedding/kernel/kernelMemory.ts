import { outOfMemory } from '../matrixShape';
import { fastestKernel, instantiateKernel, type KernelExports, type KernelKind } from './kernelModule';

const PAGE_BYTES = 65536;
/** 32-bit addresses end at 4 GiB; the last page stays free so that an end address never wraps to 0. */
const MAX_PAGES = 65535;
/** The compiler's own data would lie below; it has none, and address 0 stays unused. */
const FIRST_ADDRESS = 1024;
/** A line of the processor's cache. */
const ALIGNMENT = 64;

/** Fields of any request to the kernel, with room, in bytes. */
export const REQUEST_BYTES = 128;

/** Lays areas out one after the other, in addresses that memory is asked for afterwards. */
export class AddressSpace {
  /** Bytes that a memory must have for all areas so far. */
  bytes = FIRST_ADDRESS;

  /** @returns The address of an area of so many bytes. */
  reserve(bytes: number): number {
    const start = this.bytes;
    this.bytes = Math.ceil((start + bytes) / ALIGNMENT) * ALIGNMENT;
    return start;
  }
}

/** Values of a row without its padding, and with it, as the kernel reads it. */
export interface RowPadding {
  readonly dimension: number;
  readonly paddedDimension: number;
}

/**
 * Memory that threads can share, of a size that never changes.
 *
 * @param rowCount What is asked for it, for the error.
 * @throws {RangeError} with the figure in MB when it cannot be had.
 * @throws {Error} when this runtime cannot run the kernel.
 */
export function allocateMemory(bytes: number, rowCount: number, dimension: number): WebAssembly.Memory {
  // A runtime without the kernel is told from a matrix that is too large.
  fastestKernel();
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    if (pages > MAX_PAGES) {
      throw new RangeError('beyond the 4 GiB of 32-bit addresses');
    }
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (error) {
    throw outOfMemory(rowCount, dimension, bytes, error);
  }
}

/** A memory with the kernel over it, and views of it. Addresses are byte offsets. */
export abstract class KernelMemory {
  readonly kernel: KernelExports;

  protected constructor(
    readonly memory: WebAssembly.Memory,
    private readonly padding: RowPadding,
    readonly kernelKind: KernelKind,
  ) {
    this.kernel = instantiateKernel(memory, kernelKind);
  }

  float32(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, length);
  }

  int32(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /**
   * Where `count` rows are to be written, row-major and without padding, that are then spread by {@link spreadRows}: the end of their
   * place. So no second buffer is needed, and spreading never overtakes what it reads.
   *
   * @param address Where the padded rows will begin.
   */
  rowTarget(address: number, count: number): Float32Array {
    const { dimension, paddedDimension } = this.padding;
    const gap = count * (paddedDimension - dimension);
    return this.float32(address + gap * Float32Array.BYTES_PER_ELEMENT, count * dimension);
  }

  /** Pads the rows that were written to {@link rowTarget} with zeros, in place. */
  spreadRows(address: number, count: number): void {
    const { dimension, paddedDimension } = this.padding;
    if (dimension === paddedDimension) {
      return;
    }
    const values = this.float32(address, count * paddedDimension);
    const gap = count * (paddedDimension - dimension);
    for (let row = 0; row < count; row++) {
      const target = row * paddedDimension;
      const start = gap + row * dimension;
      values.copyWithin(target, start, start + dimension);
      values.fill(0, target + dimension, target + paddedDimension);
    }
  }
}
