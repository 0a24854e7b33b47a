import type { PieceKey } from './pieceKey';
import type { TokenIds } from './tokenIds';

/** Number of slots, a power of two. */
const SLOT_BITS = 17;
/** 32-bit numbers of a slot: 16 bytes, so that four are in one line of the processor's cache. */
const SLOT_NUMBERS = 4;
/** Slots in which a text may stand, one after the other. */
const PROBES = 4;
const PROBED_NUMBERS = PROBES * SLOT_NUMBERS;

/** Room for texts and tokens, in numbers of 16 bits. */
const STORE_LENGTH = 1 << 20;
/** Longest text that is kept, in UTF-16 units: words of prose and code are shorter. */
const MAX_UNITS = 63;

/** Most tokens that a slot holds itself. */
const MAX_OWN_TOKENS = 2;
/** The last number of a slot: tokens, and above this bit the length of the text, 0 where the key is the text. */
const LENGTH_SHIFT = 8;
const COUNT_MASK = (1 << LENGTH_SHIFT) - 1;

/** 2^32 divided by the golden ratio, and a multiplier of MurmurHash3: they spread keys over slots. */
const LOW_MULTIPLIER = 0x9e3779b1;
const HIGH_MULTIPLIER = 0x85ebca6b;

/**
 * Remembers the tokens of pre-tokens in two flat tables, 4 MB at most, however much text passes through.
 *
 * A slot is: the two halves of the key; two tokens, or where in the store the text and its tokens are; the number of tokens, and the length of
 * the text. Most words are short and of few tokens: their key is exact, and all of it is in one slot, so nothing is compared unit by unit. A
 * text stands in one of four slots from its own on. Where all are taken, one of them is given up, each in turn: searching takes a bounded
 * number of steps, whatever texts somebody has chosen. When the store is full, all is forgotten.
 */
export class PieceCache {
  private readonly slots = new Int32Array(((1 << SLOT_BITS) + PROBES) * SLOT_NUMBERS);
  /** UTF-16 units of a text, then its tokens, then the next text. */
  private readonly store = new Uint16Array(STORE_LENGTH);
  private stored = 0;
  private turn = 0;

  /**
   * Adds the tokens of `text[start, end)` to a list that has room for them.
   *
   * @param key That of the same range.
   * @returns Whether they were remembered; otherwise nothing is added.
   */
  addTo(found: TokenIds, text: string, start: number, end: number, key: PieceKey): boolean {
    const { slots } = this;
    const { low, high } = key;
    let slot = firstSlotOf(low, high);
    for (const stop = (slot + PROBED_NUMBERS) | 0; slot < stop; slot = (slot + SLOT_NUMBERS) | 0) {
      const size = slots[slot + 3];
      if (slots[slot] === low && slots[slot + 1] === high) {
        const value = slots[slot + 2];
        if (size > COUNT_MASK) {
          if (this.addStored(found, value, size, text, start, end)) {
            return true;
          }
        } else if (key.isExact) {
          const { ids, count } = found;
          ids[count] = value;
          ids[count + 1] = value >>> 16;
          found.count = (count + size) | 0;
          return true;
        }
      }
      if (size === 0) {
        return false;
      }
    }
    return false;
  }

  /**
   * Remembers the tokens of `text[start, end)`, which {@link addTo} did not find, if it is short enough.
   *
   * @param ids Holds its tokens: `count` ids from index `first` on.
   */
  keep(
    text: string,
    start: number,
    end: number,
    key: PieceKey,
    ids: Uint16Array,
    first: number,
    count: number,
  ): void {
    const length = end - start;
    if (length > MAX_UNITS) {
      return;
    }
    const isOwn = key.isExact && count <= MAX_OWN_TOKENS;
    if (!isOwn && this.stored + length + count > STORE_LENGTH) {
      this.slots.fill(0);
      this.stored = 0;
    }
    const { slots } = this;
    const slot = this.slotFor(key);
    slots[slot] = key.low;
    slots[slot + 1] = key.high;
    if (isOwn) {
      slots[slot + 2] = count === 1 ? ids[first] : ids[first] | (ids[first + 1] << 16);
      slots[slot + 3] = count;
    } else {
      slots[slot + 2] = this.stored;
      slots[slot + 3] = (length << LENGTH_SHIFT) | count;
      this.append(text, start, end, ids, first, count);
    }
  }

  /** The first free slot of those where a key may stand, or one that is given up. */
  private slotFor({ low, high }: PieceKey): number {
    const first = firstSlotOf(low, high);
    for (let slot = first; slot < first + PROBED_NUMBERS; slot += SLOT_NUMBERS) {
      if (this.slots[slot + 3] === 0) {
        return slot;
      }
    }
    this.turn = (this.turn + 1) % PROBES;
    return first + this.turn * SLOT_NUMBERS;
  }

  private append(
    text: string,
    start: number,
    end: number,
    ids: Uint16Array,
    first: number,
    count: number,
  ): void {
    const { store } = this;
    let to = this.stored;
    for (let at = start; at < end; at++) {
      store[to++] = text.charCodeAt(at);
    }
    for (let i = 0; i < count; i++) {
      store[to++] = ids[first + i];
    }
    this.stored = to;
  }

  /** @param size As in a slot. */
  private addStored(
    found: TokenIds,
    stored: number,
    size: number,
    text: string,
    start: number,
    end: number,
  ): boolean {
    const { store } = this;
    const length = size >>> LENGTH_SHIFT;
    if (((end - start) | 0) !== length) {
      return false;
    }
    for (let i = 0; i < length; i = (i + 1) | 0) {
      if (store[stored + i] !== text.charCodeAt((start + i) | 0)) {
        return false;
      }
    }
    const { ids, count } = found;
    const tokens = size & COUNT_MASK;
    const from = (stored + length) | 0;
    for (let i = 0; i < tokens; i = (i + 1) | 0) {
      ids[count + i] = store[from + i];
    }
    found.count = (count + tokens) | 0;
    return true;
  }
}

/** Index of the slot where the search for a key begins. */
function firstSlotOf(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, HIGH_MULTIPLIER), LOW_MULTIPLIER);
  return (hash >>> (32 - SLOT_BITS)) * SLOT_NUMBERS;
}
