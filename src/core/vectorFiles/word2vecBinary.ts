import { MAX_LABEL_BYTES, type LabelCollector } from '../labels/labelCollector';
import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';
import { ByteWindow } from './byteWindow';
import { takeLabel } from './takeLabel';
import { rowsOfBatch, type RowBatch, type VectorRows } from './vectorRows';

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/** What the first line of a word2vec file says. */
export interface Word2vecHeader {
  readonly rowCount: number;
  readonly dimension: number;
  /** Where the first row begins. */
  readonly byteOffset: number;
}

/** Bytes that a row of a file takes at least: its values and the space before them. */
export function smallestRow(dimension: number): number {
  return 4 * dimension + 1;
}

/**
 * Rows of word2vec's binary format: a line with the numbers of rows and of values, then for each row its word, a space, and the values in single
 * precision, little-endian. The original program writes a line feed behind each row, gensim none; at most one is passed over.
 *
 * Format: `distance.c` and `word2vec.c` in https://github.com/tmikolov/word2vec, `KeyedVectors.save_word2vec_format` in gensim.
 */
export class Word2vecBinaryRows implements VectorRows {
  readonly format = 'word2vec binary';
  readonly dtype = 'F32';
  readonly labelKind = 'words';

  constructor(
    private readonly reader: ByteReader,
    private readonly header: Word2vecHeader,
  ) {}

  get dimension(): number {
    return this.header.dimension;
  }

  get rowCount(): number {
    return this.header.rowCount;
  }

  async *batches(labels: LabelCollector, signal?: AbortSignal): AsyncGenerator<RowBatch, void, undefined> {
    const { rowCount, dimension, byteOffset } = this.header;
    const window = await ByteWindow.open(this.reader, byteOffset, signal);
    this.requireSize(window.size);
    const rowBytes = 4 * dimension;
    const rowsAtOnce = rowsOfBatch(dimension, 4);
    const batch = new Uint8Array(Math.min(rowsAtOnce, rowCount) * rowBytes);
    const batchOf = (rows: number): RowBatch => ({
      bytes: batch.subarray(0, rows * rowBytes),
      rows,
      fraction: window.offset / window.size,
    });
    let rows = 0;
    for (let row = 0; row < rowCount; row++) {
      if (row > 0) {
        await window.need(1, () => this.rowName(row));
        window.start += window.bytes[window.start] === LINE_FEED ? 1 : 0;
      }
      await this.readLabel(window, labels, row);
      await window.need(rowBytes, () => `the values of ${this.rowName(row)}`);
      batch.set(window.bytes.subarray(window.start, window.start + rowBytes), rows * rowBytes);
      window.start += rowBytes;
      rows++;
      if (rows === rowsAtOnce) {
        yield batchOf(rows);
        rows = 0;
      }
    }
    await this.requireEnd(window);
    if (rows > 0) {
      yield batchOf(rows);
    }
  }

  /** Before anything is read: the first line can announce any number of rows. */
  private requireSize(size: number): void {
    const { rowCount, dimension, byteOffset } = this.header;
    const needed = byteOffset + rowCount * smallestRow(dimension);
    if (needed > size) {
      throw new CheckpointError(
        'truncated',
        this.reader.name,
        `its first line announces ${String(rowCount)} rows of ${String(dimension)} values, which take ${String(needed)} bytes or more; ` +
          `the file has ${String(size)}.`,
      );
    }
  }

  /** The word of a row, which ends at a space that is passed over, too. */
  private async readLabel(window: ByteWindow, labels: LabelCollector, row: number): Promise<void> {
    for (let searched = 0; ;) {
      const from = window.start + searched;
      const at = window.bytes.subarray(from, window.end).indexOf(SPACE);
      if (at >= 0) {
        takeLabel(
          labels,
          this.reader,
          () => `the word of ${this.rowName(row)}`,
          window.bytes,
          window.start,
          from + at,
        );
        window.start = from + at + 1;
        return;
      }
      searched = window.available;
      if (searched > MAX_LABEL_BYTES) {
        throw new CheckpointError(
          'malformed',
          this.reader.name,
          `${this.rowName(row)}: no space follows within ${String(MAX_LABEL_BYTES)} bytes. The file is damaged, or is not word2vec's binary format.`,
        );
      }
      await window.need(searched + 1, () => `the word of ${this.rowName(row)}`);
    }
  }

  private async requireEnd(window: ByteWindow): Promise<void> {
    if (window.available === 0) {
      await window.fill();
    }
    const rest = window.size - window.offset - (window.bytes[window.start] === LINE_FEED ? 1 : 0);
    if (window.available > 0 && rest > 0) {
      throw new CheckpointError(
        'malformed',
        this.reader.name,
        `its first line announces ${String(this.rowCount)} rows, and ${String(rest)} bytes follow them.`,
      );
    }
  }

  private rowName(row: number): string {
    return `row ${String(row)}`;
  }
}
