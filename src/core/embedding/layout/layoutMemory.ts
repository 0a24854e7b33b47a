import { AddressSpace, allocateMemory, KernelMemory, REQUEST_BYTES } from '../kernel/kernelMemory';
import { fastestKernel } from '../kernel/kernelModule';
import type { SymmetricEdges } from './symmetricEdges';

/** Byte offsets of all that an epoch reads and writes; what each is, kernel/assembly/layout.ts says. */
interface LayoutAddresses {
  readonly request: number;
  readonly random: number;
  readonly positions: number;
  readonly offsets: number;
  readonly targets: number;
  readonly periods: number;
  readonly dues: number;
}

/** Positions of the fields of a request that change with each epoch, in words of 4 bytes. */
const POINT_COUNT = 6;
const EPOCH = 7;

/** The memory in which points move, with the kernel over it. */
export class LayoutMemory extends KernelMemory {
  readonly positions: Float32Array;
  private readonly request: Float32Array;

  /**
   * @param start x and y of each point.
   * @param lanes Four random numbers, none of them 0.
   * @throws {RangeError} when the memory cannot be had.
   * @throws {Error} when this runtime cannot run the kernel.
   */
  static create(edges: SymmetricEdges, start: Float32Array, lanes: readonly number[]): LayoutMemory {
    const space = new AddressSpace();
    const addresses = {
      request: space.reserve(REQUEST_BYTES),
      random: space.reserve(16),
      positions: space.reserve(start.byteLength),
      offsets: space.reserve(edges.offsets.byteLength),
      targets: space.reserve(edges.targets.byteLength),
      periods: space.reserve(edges.weights.byteLength),
      dues: space.reserve(edges.weights.byteLength),
    };
    const pointCount = edges.offsets.length - 1;
    const layout = new LayoutMemory(allocateMemory(space.bytes, pointCount, 2), addresses, pointCount);
    layout.fill(edges, start, lanes);
    return layout;
  }

  private constructor(
    memory: WebAssembly.Memory,
    private readonly addresses: LayoutAddresses,
    private readonly pointCount: number,
  ) {
    super(memory, { dimension: 2, paddedDimension: 2 }, fastestKernel());
    this.positions = this.float32(addresses.positions, 2 * pointCount);
    this.request = this.float32(addresses.request, REQUEST_BYTES / 4);
  }

  /**
   * @param epoch From 0 on.
   * @param rate How far points move, 0 … 1.
   * @param repulsion See repulsionRamp.ts.
   */
  beginEpoch(epoch: number, rate: number, repulsion: number): void {
    this.request.set([epoch, rate, repulsion], EPOCH);
  }

  /** A part of an epoch: parts follow each other in order. */
  drawEdges(firstPoint: number, endPoint: number): void {
    this.kernel.drawEdges(this.addresses.request, firstPoint, endPoint);
  }

  private fill(
    { offsets, targets, weights }: SymmetricEdges,
    start: Float32Array,
    lanes: readonly number[],
  ): void {
    const { addresses } = this;
    const words = this.uint32(addresses.request, POINT_COUNT + 1);
    words.set([
      addresses.positions,
      addresses.offsets,
      addresses.targets,
      addresses.periods,
      addresses.dues,
      addresses.random,
      this.pointCount,
    ]);
    this.uint32(addresses.random, 4).set(lanes);
    this.positions.set(start);
    this.uint32(addresses.offsets, offsets.length).set(offsets);
    this.uint32(addresses.targets, targets.length).set(targets);
    // An edge of weight 1 is drawn every epoch but the first.
    const periods = this.float32(addresses.periods, weights.length);
    for (let edge = 0; edge < weights.length; edge++) {
      periods[edge] = 1 / weights[edge];
    }
    this.float32(addresses.dues, weights.length).set(periods);
  }
}
