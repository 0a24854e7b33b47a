/** The labels of a matrix as they cross between threads and lie in files: all in one flat buffer. */
export interface LabelTableData {
  /** All labels, one after the other, by rising row: UTF-8, or, of tokens, any bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the label of each row ends in the bytes; it begins where the one before ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** For each of the first rows of a matrix a label. Nothing is made for a row before somebody asks for its label. */
export class LabelTable {
  constructor(readonly data: LabelTableData) {}

  /** Rows from this one on have no label. */
  get count(): number {
    return this.data.ends.length;
  }

  /** Where the label of a row begins in the bytes, 0 ≤ row < count. */
  startOf(row: number): number {
    return row === 0 ? 0 : this.data.ends[row - 1];
  }

  /** The label of a row, 0 ≤ row < count: a view of the table's memory, not to be written to. */
  labelOf(row: number): Uint8Array {
    return this.data.bytes.subarray(this.startOf(row), this.data.ends[row]);
  }
}
