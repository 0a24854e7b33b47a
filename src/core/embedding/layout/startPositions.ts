import type { SeededNumbers } from './seededNumbers';

/** How far the outermost point lies from the middle along an axis. */
const EXTENT = 10;
/** So that points that coincide can part. */
const NOISE = 0.001;

/**
 * Where points begin: at their place on the linear map, scaled, and moved a little by chance.
 *
 * @param linear x and y of each row, as `linearMap` gives them.
 * @param ids Rows of the points.
 * @returns x and y of each point, −10 … 10 but for the noise.
 */
export function startPositions(linear: Float32Array, ids: Uint32Array, random: SeededNumbers): Float32Array {
  const start = new Float32Array(2 * ids.length);
  let largest = 0;
  ids.forEach((id, point) => {
    for (const axis of [0, 1]) {
      const value = linear[2 * id + axis];
      // A row may have a list, and no direction any more only where its file has changed meanwhile.
      start[2 * point + axis] = Number.isFinite(value) ? value : 0;
      largest = Math.max(largest, Math.abs(start[2 * point + axis]));
    }
  });
  const scale = largest > 0 ? EXTENT / largest : 0;
  return start.map((value) => value * scale + random.signed() * NOISE);
}
