import { FREE_SLOT, freeSlots, mixed, slotOf } from '../tokenizer/tables/openAddressing';
import type { Steps } from '../work/steps';
import type { LabelTable } from './labelTable';

/** Labels that are entered in a step: a fraction of a millisecond. */
const LABELS_A_STEP = 1024;

/** Finds the row of a label by a hash of its bytes. Of equal labels the first row has it. */
export class LabelIndex {
  private constructor(
    private readonly labels: LabelTable,
    private readonly slots: Uint32Array,
    private readonly seed: number,
    /** Rows whose label an earlier row has. */
    readonly repeated: number,
  ) {}

  /** @param seed Any 32 bits that whoever wrote the labels does not know: else all could fall into one place. */
  static *of(labels: LabelTable, seed: number): Steps<LabelIndex> {
    const slots = freeSlots(labels.count);
    const { bytes, ends } = labels.data;
    let repeated = 0;
    for (let row = 0; row < labels.count; row++) {
      if (row % LABELS_A_STEP === LABELS_A_STEP - 1) {
        yield undefined;
      }
      const slot = slotFor(labels, slots, seed, bytes, labels.startOf(row), ends[row]);
      if (slots[slot] === FREE_SLOT) {
        slots[slot] = row;
      } else {
        repeated++;
      }
    }
    return new LabelIndex(labels, slots, seed, repeated);
  }

  /** The first row with this label, byte for byte; undefined where none has it. */
  rowOf(label: Uint8Array, from = 0, to = label.length): number | undefined {
    const row = this.slots[slotFor(this.labels, this.slots, this.seed, label, from, to)];
    return row === FREE_SLOT ? undefined : row;
  }
}

/** The slot of an equal label, or the free one where such a label belongs. At least half of the slots are free. */
function slotFor(
  labels: LabelTable,
  slots: Uint32Array,
  seed: number,
  label: Uint8Array,
  from: number,
  to: number,
): number {
  const { bytes, ends } = labels.data;
  let slot = slotOf(hashOf(label, from, to, seed), slots);
  for (let row = slots[slot]; row !== FREE_SLOT; row = slots[slot]) {
    const start = labels.startOf(row);
    if (ends[row] - start === to - from && isSame(bytes, start, label, from, to - from)) {
      return slot;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
  return slot;
}

function hashOf(bytes: Uint8Array, from: number, to: number, seed: number): number {
  let hash = mixed(seed, to - from);
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = mixed(hash, bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
  }
  for (; at < to; at++) {
    hash = mixed(hash, bytes[at]);
  }
  return hash;
}

function isSame(a: Uint8Array, aFrom: number, b: Uint8Array, bFrom: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (a[aFrom + at] !== b[bFrom + at]) {
      return false;
    }
  }
  return true;
}
