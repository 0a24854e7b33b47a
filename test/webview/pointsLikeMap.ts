/** Places and kinds as the map of a vocabulary has them. */
export interface LikeMap {
  /** x and y by id. */
  readonly positions: Float32Array;
  /** 0 … 5 by id. */
  readonly kinds: Uint8Array;
}

const GROUPS = 300;

/**
 * Points in islands of different density within a disc, seeded; each thousandth has no place.
 *
 * @param count how many, those without a place included
 */
export function pointsLikeMap(count: number): LikeMap {
  const random = seeded(7);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const groups = Array.from({ length: GROUPS }, () => {
    const angle = 2 * Math.PI * random();
    const distance = 90 * Math.sqrt(random());
    return {
      x: Math.cos(angle) * distance,
      y: Math.sin(angle) * distance,
      spread: 0.6 + 4 * random() ** 2,
      kind: Math.floor(6 * random() ** 3),
    };
  });
  const positions = new Float32Array(2 * count);
  const kinds = new Uint8Array(count);
  for (let id = 0; id < count; id++) {
    const group = groups[Math.floor(random() * GROUPS)]!;
    const hasPlace = id % 1000 !== 999;
    positions[2 * id] = hasPlace ? group.x + group.spread * normal() : NaN;
    positions[2 * id + 1] = hasPlace ? group.y + group.spread * normal() : NaN;
    kinds[id] = group.kind;
  }
  return { positions, kinds };
}

/** Numbers from 0 to below 1, the same in every run: xorshift32. */
export function seeded(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
