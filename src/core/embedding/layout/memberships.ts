import { AddressSpace, allocateMemory } from '../kernel/kernelMemory';
import { instantiateKernel } from '../kernel/kernelModule';
import type { Steps } from '../../work/steps';
import type { PlacedNeighbors } from './placedNeighbors';

/** What the weights of a point's neighbors add up to: log2 of 15, of which each point has as many. */
const TARGET = Math.fround(3.9068905956085187);

/** Points between two interruptions: about a millisecond. */
const SOME_POINTS = 512;

/**
 * How much each neighbor counts: 1 for the nearest one, less for others by their distance, 1 − cosine, measured by the width of the
 * neighborhood. The memberships of UMAP's fuzzy sets.
 *
 * @returns One weight a neighbor, 0 … 1.
 * @throws {RangeError} when the memory cannot be had.
 * @throws {Error} when this runtime cannot run the kernel.
 */
export function* memberships({ offsets, similarities }: PlacedNeighbors): Steps<Float32Array> {
  const pointCount = offsets.length - 1;
  const space = new AddressSpace();
  const offsetsAt = space.reserve(offsets.byteLength);
  const similaritiesAt = space.reserve(similarities.byteLength);
  const weightsAt = space.reserve(similarities.byteLength);
  const memory = allocateMemory(space.bytes, pointCount, 2);
  const kernel = instantiateKernel(memory);
  new Uint32Array(memory.buffer, offsetsAt, offsets.length).set(offsets);
  new Float32Array(memory.buffer, similaritiesAt, similarities.length).set(similarities);
  for (let point = 0; point < pointCount; point += SOME_POINTS) {
    const end = Math.min(pointCount, point + SOME_POINTS);
    kernel.weighNeighbors(offsetsAt, similaritiesAt, weightsAt, point, end, TARGET);
    yield;
  }
  return new Float32Array(memory.buffer, weightsAt, similarities.length).slice();
}
