/*
 * What hash tables with open addressing and linear probing share. They lie in typed arrays, so that they are made in one thread and
 * used in another as they are. Hashes begin with a seed that no file knows: nobody can write a vocabulary whose entries all fall into
 * one place.
 */

/** Marks a slot that is not taken; all others hold the number of an entry. */
export const FREE_SLOT = 0xffffffff;

/** Slots for `count` entries: a power of two, at least twice as many, so that most look-ups end at the first. */
export function freeSlots(count: number): Uint32Array<ArrayBuffer> {
  const bits = Math.ceil(Math.log2(Math.max(4, count * 2)));
  return new Uint32Array(2 ** bits).fill(FREE_SLOT);
}

/** Mixes a number of 32 bits into a hash (one round of MurmurHash3, Austin Appleby, public domain). */
export function mixed(hash: number, value: number): number {
  let word = Math.imul(value, 0xcc9e2d51);
  word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
  const next = hash ^ word;
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last round: every bit of the hash moves every bit of the slot's number. */
export function slotOf(hash: number, slots: Uint32Array): number {
  let word = hash ^ (hash >>> 16);
  word = Math.imul(word, 0x85ebca6b);
  word ^= word >>> 13;
  word = Math.imul(word, 0xc2b2ae35);
  return (word ^ (word >>> 16)) & (slots.length - 1);
}
