import { BYTE_TOKEN_COUNT } from './byteAlphabet';

/** Answers which token two neighboring tokens merge into. */
export interface PairLookup {
  /**
   * @param left Token id, 0 ≤ left < 65,536.
   * @param right Token id, 0 ≤ right < 65,536.
   * @returns The merged token's id, or 0 where the pair does not merge. Lower ids merge earlier.
   */
  mergedId(left: number, right: number): number;
}

/** Bytes of one merge: two ids of 16 bits. */
const MERGE_BYTES = 4;

/** Ids are 16 bits wide, and the first 256 are bytes. */
const MAX_MERGES = 0x10000 - BYTE_TOKEN_COUNT;

/** Slots for each merge in the hash table: at a load below one half most lookups end at the first slot. */
const SLOTS_PER_MERGE = 2;

/** 2^32 divided by the golden ratio: Fibonacci hashing (Knuth, The Art of Computer Programming 3, section 6.4). */
const FIBONACCI_MULTIPLIER = 0x9e3779b1;

/**
 * The merges of a byte-level BPE whose tokens are numbered in the order of learning: ids 0 to 255 are single bytes,
 * merge i makes id 256 + i. The id therefore is the merge's rank.
 */
export class MergeTable implements PairLookup {
  /** Number of tokens: the bytes and one for each merge. */
  readonly tokenCount: number;
  /** Left and right id of merge i at 2i and 2i + 1. */
  private readonly pairs: Uint16Array;
  /**
   * Hash table from pair to merged id, open addressing with linear probing; 0, which no merge makes, is an empty slot.
   * The pair is looked up in `pairs` instead of being stored again: a smaller table is filled faster at the first use.
   */
  private readonly slots: Uint16Array;
  private readonly shift: number;

  /**
   * @param pairs Shape [merges, 2], flat: the ids that each merge joins. At most 65,280 merges.
   * @throws {RangeError} when a merge uses a token that no earlier merge made, or a pair stands twice.
   */
  constructor(pairs: Uint16Array) {
    const mergeCount = pairs.length >> 1;
    if (mergeCount > MAX_MERGES) {
      throw new RangeError(`${mergeCount} merges are more than 16-bit ids can number`);
    }
    this.pairs = pairs;
    this.tokenCount = BYTE_TOKEN_COUNT + mergeCount;
    const slotBits = Math.ceil(Math.log2(Math.max(2, mergeCount * SLOTS_PER_MERGE)));
    this.slots = new Uint16Array(1 << slotBits);
    this.shift = 32 - slotBits;
    this.fill();
  }

  /**
   * @param base64 For each merge its left and right id as unsigned 16-bit little-endian numbers.
   * @throws {RangeError} when the text is no such table.
   */
  static fromBase64(base64: string): MergeTable {
    // atob, which every host has, is native code and costs less than any loop before the first optimization.
    const bytes = atob(base64);
    if (bytes.length % MERGE_BYTES !== 0) {
      throw new RangeError(`A table of merges has ${MERGE_BYTES} bytes a merge; got ${bytes.length} bytes`);
    }
    const pairs = new Uint16Array(bytes.length >> 1);
    for (let i = 0, at = 0; i < pairs.length; i++, at += 2) {
      pairs[i] = bytes.charCodeAt(at) | (bytes.charCodeAt(at + 1) << 8);
    }
    return new MergeTable(pairs);
  }

  mergedId(left: number, right: number): number {
    const { pairs, slots } = this;
    const mask = slots.length - 1;
    let slot = Math.imul((left << 16) | right, FIBONACCI_MULTIPLIER) >>> this.shift;
    for (;;) {
      const id = slots[slot];
      if (id === 0) {
        return 0;
      }
      const pair = 2 * (id - BYTE_TOKEN_COUNT);
      if (pairs[pair] === left && pairs[pair + 1] === right) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** @param id A merged token, 256 ≤ id < tokenCount. */
  leftOf(id: number): number {
    return this.pairs[2 * (id - BYTE_TOKEN_COUNT)];
  }

  /** @param id A merged token, 256 ≤ id < tokenCount. */
  rightOf(id: number): number {
    return this.pairs[2 * (id - BYTE_TOKEN_COUNT) + 1];
  }

  private fill(): void {
    const { pairs, slots, shift, tokenCount } = this;
    const mask = slots.length - 1;
    for (let id = BYTE_TOKEN_COUNT, i = 0; id < tokenCount; id++, i += 2) {
      const left = pairs[i];
      const right = pairs[i + 1];
      if (left >= id || right >= id) {
        throw new RangeError(`Merge ${id - BYTE_TOKEN_COUNT} joins a token that does not exist yet`);
      }
      let slot = Math.imul((left << 16) | right, FIBONACCI_MULTIPLIER) >>> shift;
      for (let other = slots[slot]; other !== 0; other = slots[slot]) {
        const pair = 2 * (other - BYTE_TOKEN_COUNT);
        if (pairs[pair] === left && pairs[pair + 1] === right) {
          throw new RangeError(
            `Merges ${other - BYTE_TOKEN_COUNT} and ${id - BYTE_TOKEN_COUNT} join the same pair`,
          );
        }
        slot = (slot + 1) & mask;
      }
      slots[slot] = id;
    }
  }
}
