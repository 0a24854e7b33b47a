import { FREE_SLOT, freeSlots, slotOf } from '../tokenizer/tables/openAddressing';
import type { Steps } from '../work/steps';
import { keyedHash, type HashKey } from './keyedHash';
import type { LabelTable } from './labelTable';

/** What is entered in a step at most, but for one label: a fraction of a millisecond. */
const LABELS_A_STEP = 1024;
const BYTES_A_STEP = 32_768;

/** Finds the row of a label by a hash of its bytes. Of equal labels the first row has it. */
export class LabelIndex {
  private constructor(
    private readonly labels: LabelTable,
    private readonly slots: Uint32Array,
    private readonly key: HashKey,
    /** Rows whose label an earlier row has. */
    readonly repeated: number,
  ) {}

  /** @param key Secret from whoever wrote the labels: else all could fall into one place. */
  static *of(labels: LabelTable, key: HashKey): Steps<LabelIndex> {
    const slots = freeSlots(labels.count);
    const { bytes, ends } = labels.data;
    let repeated = 0;
    let stepRow = 0;
    for (let row = 0; row < labels.count; row++) {
      if (row - stepRow === LABELS_A_STEP || ends[row] - labels.startOf(stepRow) > BYTES_A_STEP) {
        stepRow = row;
        yield undefined;
      }
      const slot = slotFor(labels, slots, key, bytes, labels.startOf(row), ends[row]);
      if (slots[slot] === FREE_SLOT) {
        slots[slot] = row;
      } else {
        repeated++;
      }
    }
    return new LabelIndex(labels, slots, key, repeated);
  }

  /** The first row with this label, byte for byte; undefined where none has it. */
  rowOf(label: Uint8Array, from = 0, to = label.length): number | undefined {
    const row = this.slots[slotFor(this.labels, this.slots, this.key, label, from, to)];
    return row === FREE_SLOT ? undefined : row;
  }
}

/** The slot of an equal label, or the free one where such a label belongs. At least half of the slots are free. */
function slotFor(
  labels: LabelTable,
  slots: Uint32Array,
  key: HashKey,
  label: Uint8Array,
  from: number,
  to: number,
): number {
  const { bytes, ends } = labels.data;
  let slot = slotOf(keyedHash(label, from, to, key), slots);
  for (let row = slots[slot]; row !== FREE_SLOT; row = slots[slot]) {
    const start = labels.startOf(row);
    if (ends[row] - start === to - from && isSame(bytes, start, label, from, to - from)) {
      return slot;
    }
    slot = (slot + 1) & (slots.length - 1);
  }
  return slot;
}

function isSame(a: Uint8Array, aFrom: number, b: Uint8Array, bFrom: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (a[aFrom + at] !== b[bFrom + at]) {
      return false;
    }
  }
  return true;
}
