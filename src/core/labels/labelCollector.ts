import { LabelTable } from './labelTable';

/** Longest label in bytes: a line of a table of documents is one, too. */
export const MAX_LABEL_BYTES = 65_536;

/** Most bytes of all labels together. The three million of the largest published word vectors have 50 MB. */
export const MAX_TABLE_BYTES = 2 ** 30;

/** Most rows of a matrix that has labels. */
export const MAX_ROWS = 2 ** 28;

/** Bytes and labels for which there is room at first. */
const FIRST_BYTES = 1 << 16;
const FIRST_LABELS = 1 << 12;

/** A label, or all together, beyond a limit. The message is the end of a sentence about the file. */
export class LabelLimitError extends RangeError {
  override readonly name = 'LabelLimitError';
}

/** Collects labels row by row. Memory grows with what has come, never with what a file announces. */
export class LabelCollector {
  private bytes = new Uint8Array(FIRST_BYTES);
  private ends = new Uint32Array(FIRST_LABELS);
  private used = 0;
  private taken = 0;

  get count(): number {
    return this.taken;
  }

  /**
   * Takes the label of the next row: the bytes from `from` to `to`, which are copied.
   *
   * @throws {LabelLimitError} for a label, or for all of them, beyond {@link MAX_LABEL_BYTES}, {@link MAX_TABLE_BYTES} and {@link MAX_ROWS}.
   */
  add(source: Uint8Array, from = 0, to = source.length): void {
    const length = to - from;
    if (length > MAX_LABEL_BYTES) {
      throw new LabelLimitError(
        `it has ${String(length)} bytes, more than the ${String(MAX_LABEL_BYTES)} of a label.`,
      );
    }
    const end = this.used + length;
    if (end > MAX_TABLE_BYTES) {
      throw new LabelLimitError(`with it the labels have more than ${String(MAX_TABLE_BYTES)} bytes.`);
    }
    if (this.taken === MAX_ROWS) {
      throw new LabelLimitError(`there are more than ${String(MAX_ROWS)} labels.`);
    }
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.bytes.length, end));
      grown.set(this.bytes.subarray(0, this.used));
      this.bytes = grown;
    }
    if (this.taken === this.ends.length) {
      const grown = new Uint32Array(2 * this.ends.length);
      grown.set(this.ends);
      this.ends = grown;
    }
    // Most labels are shorter than it takes to make a view of them.
    for (let at = from, target = this.used; at < to; at++, target++) {
      this.bytes[target] = source[at];
    }
    this.used = end;
    this.ends[this.taken++] = end;
  }

  /** All labels so far, in memory of their own size. */
  finish(): LabelTable {
    return new LabelTable({ bytes: this.bytes.slice(0, this.used), ends: this.ends.slice(0, this.taken) });
  }
}
