/** Longest text kept, in UTF-16 units: almost every word of prose and code is shorter. */
const MAX_UNITS = 16;
/** Most tokens kept for one text. */
const MAX_IDS = 8;
/** Number of slots, a power of two. All arrays together take 1.6 MB, however much text passes through. */
const SLOT_COUNT = 1 << 15;

const SLOT_BITS = Math.log2(SLOT_COUNT);
/** FNV-1a's prime (Fowler, Noll and Vo), here over UTF-16 units. */
const FNV_PRIME = 0x01000193;
const FNV_BASIS = 0x811c9dc5;

/**
 * Remembers the tokens of words. Each text has two slots where it may stand, and the newer of two texts replaces the
 * older, so the memory is bounded without any bookkeeping.
 */
export class PieceCache {
  /** Tokens of slot s: `ids[idsStart(s)]` and the following, `counts[s]` in all. */
  readonly ids = new Uint16Array(SLOT_COUNT * MAX_IDS);
  private readonly counts = new Uint8Array(SLOT_COUNT);
  private readonly lengths = new Uint8Array(SLOT_COUNT);
  private readonly units = new Uint16Array(SLOT_COUNT * MAX_UNITS);

  /**
   * The slot that holds `text[start, end)`, or -1.
   *
   * @param hash {@link hashOf} the same range.
   */
  find(text: string, start: number, end: number, hash: number): number {
    const slot = hash >>> (32 - SLOT_BITS);
    if (this.holds(slot, text, start, end)) {
      return slot;
    }
    return this.holds(slot ^ 1, text, start, end) ? slot ^ 1 : -1;
  }

  countOf(slot: number): number {
    return this.counts[slot];
  }

  /** Index in {@link ids} of a slot's first token. */
  idsStart(slot: number): number {
    return slot * MAX_IDS;
  }

  /** Remembers the tokens of `text[start, end)`, if they and it are short enough. */
  store(text: string, start: number, end: number, hash: number, ids: Uint16Array, count: number): void {
    const length = end - start;
    if (length > MAX_UNITS || count > MAX_IDS) {
      return;
    }
    // The first slot goes to the newcomer; what stood there moves to its neighbor.
    const slot = hash >>> (32 - SLOT_BITS);
    this.move(slot, slot ^ 1);
    this.lengths[slot] = length;
    this.counts[slot] = count;
    for (let i = 0, to = slot * MAX_UNITS; i < length; i++) {
      this.units[to++] = text.charCodeAt(start + i);
    }
    for (let i = 0, to = slot * MAX_IDS; i < count; i++) {
      this.ids[to++] = ids[i];
    }
  }

  private holds(slot: number, text: string, start: number, end: number): boolean {
    const { units } = this;
    if (this.lengths[slot] !== end - start) {
      return false;
    }
    for (let at = start, i = slot * MAX_UNITS; at < end; at++, i++) {
      if (units[i] !== text.charCodeAt(at)) {
        return false;
      }
    }
    return true;
  }

  private move(from: number, to: number): void {
    this.lengths[to] = this.lengths[from];
    this.counts[to] = this.counts[from];
    this.units.copyWithin(to * MAX_UNITS, from * MAX_UNITS, (from + 1) * MAX_UNITS);
    this.ids.copyWithin(to * MAX_IDS, from * MAX_IDS, (from + 1) * MAX_IDS);
  }
}

/** Whether a text of this many UTF-16 units can be in the cache at all. */
export function isCacheable(length: number): boolean {
  return length <= MAX_UNITS;
}

/** 32-bit hash of `text[start, end)`; its upper bits choose the slot. */
export function hashOf(text: string, start: number, end: number): number {
  let hash = FNV_BASIS;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return hash;
}
