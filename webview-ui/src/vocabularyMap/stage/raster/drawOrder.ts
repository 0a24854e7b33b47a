/** Cells of the curve along an axis: 10 bits. */
const CELLS = 1024;
/** Points are parted by id into so many groups; commoner ones (of lower ids) are drawn later. */
const GROUPS = 8;
const RADIX_BITS = 11;
const RADIX = 1 << RADIX_BITS;

/**
 * The order in which points are drawn. What comes later covers what came before: first by layer, then rare tokens before common ones (of
 * higher ids before those of lower), in eight groups, and within a group along Morton's curve, so that neighbors on the picture are drawn
 * one after the other and find its pixels in the processor's cache.
 *
 * @param positions x and y by id
 * @param layers 0 … 511 by id, higher ones on top; all the same without it
 * @returns ids of all points with a place, those with positions that are not finite left out
 */
export function drawOrder(positions: Float32Array, layers?: Uint16Array): Uint32Array {
  const total = positions.length / 2;
  const { left, top, cellsPerUnit } = curveGrid(positions);
  const keys = new Uint32Array(total);
  const ids = new Uint32Array(total);
  let count = 0;
  // From the highest id down: sorting keeps the order of equals.
  for (let id = total - 1; id >= 0; id--) {
    const x = positions[2 * id];
    const y = positions[2 * id + 1];
    if (!Number.isFinite(x + y)) {
      continue;
    }
    const group = GROUPS - 1 - Math.floor((id * GROUPS) / total);
    const place = interleave(((x - left) * cellsPerUnit) | 0, ((y - top) * cellsPerUnit) | 0);
    ids[count] = id;
    keys[count] = ((layers ? layers[id] << 23 : 0) | (group << 20) | place) >>> 0;
    count++;
  }
  return sortByKey(keys.subarray(0, count), ids.subarray(0, count));
}

function curveGrid(positions: Float32Array): { left: number; top: number; cellsPerUnit: number } {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    if (Number.isFinite(x + y)) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  const extent = Math.max(right - left, bottom - top);
  return { left, top, cellsPerUnit: extent > 0 ? (CELLS - 1) / extent : 0 };
}

/** Bits of both numbers in turn: the place on Morton's curve. @param x 10 bits @param y 10 bits */
function interleave(x: number, y: number): number {
  return spread(x) | (spread(y) << 1);
}

/** A zero after each of 10 bits. */
function spread(value: number): number {
  let bits = (value | (value << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}

/** Sorts by 32-bit keys, eleven bits at a time from the lowest on; equals stay in their order. */
function sortByKey(keys: Uint32Array, ids: Uint32Array): Uint32Array {
  let fromKeys: Uint32Array = keys;
  let fromIds: Uint32Array = ids;
  let toKeys: Uint32Array = new Uint32Array(keys.length);
  let toIds: Uint32Array = new Uint32Array(ids.length);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const next = new Uint32Array(RADIX + 1);
    for (const key of fromKeys) {
      next[((key >>> shift) & (RADIX - 1)) + 1]++;
    }
    for (let digit = 0; digit < RADIX; digit++) {
      next[digit + 1] += next[digit];
    }
    for (let i = 0; i < fromKeys.length; i++) {
      const key = fromKeys[i];
      const at = next[(key >>> shift) & (RADIX - 1)]++;
      toKeys[at] = key;
      toIds[at] = fromIds[i];
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromIds, toIds] = [toIds, fromIds];
  }
  return fromIds;
}
