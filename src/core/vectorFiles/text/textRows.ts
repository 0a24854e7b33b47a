import { MAX_LABEL_BYTES, type LabelCollector } from '../../labels/labelCollector';
import type { ByteReader } from '../../safetensors/byteReader';
import { CheckpointError } from '../../safetensors/checkpointError';
import { quoted } from '../../safetensors/jsonScanner';
import { ByteWindow } from '../byteWindow';
import { float32Bytes } from '../float32Bytes';
import { takeLabel } from '../takeLabel';
import { rowsOfBatch, type RowBatch, type VectorRows } from '../vectorRows';
import { LineParser, textEnd, type LineFault } from './textLine';

/** Bytes that a value takes with its separator, at most, for the length of a line: programs write 25. */
const VALUE_BYTES = 64;

/** A text file of vectors, one a line, as its beginning says. */
export interface TextLayout {
  readonly format: string;
  readonly dimension: number;
  /** Rows that the first line announces; undefined for a file without such a line. */
  readonly rowCount: number | undefined;
  /** Whether each line begins with a label. */
  readonly isLabelled: boolean;
  /** Where the first row begins. */
  readonly byteOffset: number;
  /** The number of its line, counted from 1. */
  readonly firstLine: number;
}

/**
 * Rows of a text file: word2vec's text format, which fastText's `.vec` files have as well, GloVe's, which lacks the first line, and tables of
 * numbers alone. Values are rounded to single precision from their nearest double, as NumPy does.
 */
export class TextRows implements VectorRows {
  readonly dtype = 'F32';
  readonly labelKind = 'words';

  constructor(
    private readonly reader: ByteReader,
    private readonly layout: TextLayout,
  ) {}

  get format(): string {
    return this.layout.format;
  }

  get dimension(): number {
    return this.layout.dimension;
  }

  get rowCount(): number | undefined {
    return this.layout.rowCount;
  }

  async *batches(labels: LabelCollector, signal?: AbortSignal): AsyncGenerator<RowBatch, void, undefined> {
    const { dimension, byteOffset, firstLine } = this.layout;
    const window = await ByteWindow.open(this.reader, byteOffset, signal);
    const parser = new LineParser(dimension, this.layout.isLabelled);
    const rowsAtOnce = rowsOfBatch(dimension, 4);
    const values = new Float32Array(rowsAtOnce * dimension);
    const batchOf = (rows: number): RowBatch => ({
      bytes: float32Bytes(values.subarray(0, rows * dimension)),
      rows,
      fraction: window.offset / Math.max(1, window.size),
    });
    let rows = 0;
    let all = 0;
    let emptyLine: number | undefined;
    for (let line = firstLine; await this.findLine(window); line++) {
      const { start, bytes } = window;
      const end = textEnd(bytes, start, this.lineEnd);
      window.start = Math.min(this.lineEnd + 1, window.end);
      if (end === start) {
        emptyLine ??= line;
        continue;
      }
      if (emptyLine !== undefined) {
        throw this.malformed(`line ${String(emptyLine)} is empty, and more follow it.`);
      }
      const fault = parser.parse(bytes, start, end, values, rows * dimension);
      if (fault !== undefined) {
        throw this.malformed(`line ${String(line)} ${this.faultText(fault, bytes)}`);
      }
      if (all === this.rowCount) {
        throw this.malformed(`its first line announces ${String(all)} rows, and more follow.`);
      }
      if (this.layout.isLabelled) {
        takeLabel(
          labels,
          this.reader,
          () => `the label of line ${String(line)}`,
          bytes,
          start,
          parser.labelEnd,
        );
      }
      rows++;
      all++;
      if (rows === rowsAtOnce) {
        yield batchOf(rows);
        rows = 0;
      }
    }
    this.checkCount(all);
    if (rows > 0) {
      yield batchOf(rows);
    }
  }

  /** Where the line ends that {@link findLine} has found. */
  private lineEnd = 0;

  /** @returns False where no line is left. */
  private async findLine(window: ByteWindow): Promise<boolean> {
    const longest = MAX_LABEL_BYTES + this.dimension * VALUE_BYTES;
    for (let searched = 0; ;) {
      this.lineEnd = window.lineEnd(window.start + searched);
      if (this.lineEnd >= 0) {
        return true;
      }
      searched = window.available;
      if (searched > longest) {
        throw new CheckpointError(
          'too-large',
          this.reader.name,
          `the line at byte ${String(window.offset)} has more than ${String(longest)} bytes, which is too long for a ` +
            `label and ${String(this.dimension)} values.`,
        );
      }
      if (!(await window.fill())) {
        this.lineEnd = window.end;
        return searched > 0;
      }
    }
  }

  private checkCount(all: number): void {
    if (this.rowCount !== undefined && all < this.rowCount) {
      throw new CheckpointError(
        'truncated',
        this.reader.name,
        `its first line announces ${String(this.rowCount)} rows, but only ${String(all)} follow. The file is incomplete.`,
      );
    }
    if (all === 0) {
      throw this.malformed('it holds no rows.');
    }
  }

  private faultText(fault: LineFault, bytes: Uint8Array): string {
    const wanted = `${String(this.dimension)} ${this.dimension === 1 ? 'value' : 'values'}`;
    const expected = this.layout.isLabelled ? `a label and ${wanted}` : wanted;
    switch (fault.kind) {
      case 'tooFew':
        return `has fewer than ${expected}.`;
      case 'tooMany':
        return `has more than ${expected}.`;
      case 'notANumber': {
        const field = new TextDecoder().decode(
          bytes.subarray(fault.from, Math.min(fault.to, fault.from + 400)),
        );
        return `has ${quoted(field)} where a number should be; expected ${expected}.`;
      }
    }
  }

  private malformed(detail: string): CheckpointError {
    return new CheckpointError('malformed', this.reader.name, detail);
  }
}
