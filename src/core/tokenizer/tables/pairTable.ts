import { FREE_SLOT, freeSlots, mixed, slotOf } from './openAddressing';

/** A {@link PairTable} as it crosses between threads. */
export interface PairTableData {
  /** The two numbers of entry e at 2e and 2e + 1. */
  readonly pairs: Uint32Array<ArrayBuffer>;
  /** Open addressing from pair to entry. */
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly seed: number;
}

/** No entry: above the number of every one. */
export const NO_ENTRY = FREE_SLOT;

/** Numbers the pairs of a list, and finds a pair's number. Of a pair that stands twice, the later counts. */
export class PairTable {
  constructor(private readonly data: PairTableData) {}

  /**
   * @param pairs Shape [entries, 2], flat.
   * @param seed Any 32 bits that whoever wrote the pairs does not know.
   */
  static dataOf(pairs: Uint32Array<ArrayBuffer>, seed: number): PairTableData {
    const count = pairs.length / 2;
    const slots = freeSlots(count);
    for (let entry = 0; entry < count; entry++) {
      slots[slotOfPair(pairs, slots, pairs[2 * entry], pairs[2 * entry + 1], seed)] = entry;
    }
    return { pairs, slots, seed };
  }

  /** The number of a pair, or {@link NO_ENTRY}. */
  entryOf(first: number, second: number): number {
    const { pairs, slots, seed } = this.data;
    return slots[slotOfPair(pairs, slots, first, second, seed)];
  }
}

/** The slot that a pair has, or the free one that it would get. */
function slotOfPair(
  pairs: Uint32Array,
  slots: Uint32Array,
  first: number,
  second: number,
  seed: number,
): number {
  let slot = slotOf(mixed(mixed(seed, first), second), slots);
  for (let entry = slots[slot]; entry !== FREE_SLOT; entry = slots[slot]) {
    if (pairs[2 * entry] === first && pairs[2 * entry + 1] === second) {
      break;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
  return slot;
}
