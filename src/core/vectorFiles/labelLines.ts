import { MAX_LABEL_BYTES, type LabelCollector } from '../labels/labelCollector';
import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';
import { ByteWindow } from './byteWindow';
import { takeLabel } from './takeLabel';

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;

/** Longest line of a table: a label, and what stands in the other columns. */
const MAX_LINE_BYTES = 16 * MAX_LABEL_BYTES;

/** Names of columns that hold labels, the likeliest first. */
const LABEL_COLUMNS = ['label', 'word', 'token', 'name', 'title', 'text'];

/**
 * Reads the labels of rows from a file of its own, a line a row. As in the Embedding Projector, a file of one column has no heading, and one of
 * several columns, which tabs part, begins with their names: the labels are those of the column that is called `label`, `word`, `token`, `name`,
 * `title` or `text`, else of the first.
 *
 * Format: https://www.tensorflow.org/tensorboard/tensorboard_projector_plugin, "Metadata".
 *
 * @param rowCount Rows that the labels belong to.
 * @throws {CheckpointError} for a file that has not as many labels, or one beyond a limit.
 */
export async function readLabelLines(
  reader: ByteReader,
  labels: LabelCollector,
  rowCount: number,
  signal?: AbortSignal,
): Promise<void> {
  const window = await ByteWindow.open(reader, 0, signal);
  let column: number | undefined;
  let count = 0;
  for (let line = 1; ; line++) {
    const lineEnd = await findLineEnd(window, line);
    if (lineEnd === undefined) {
      break;
    }
    const { bytes, start } = window;
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    window.start = Math.min(lineEnd + 1, window.end);
    if (column === undefined) {
      const names = new TextDecoder().decode(bytes.subarray(start, end)).split('\t');
      column = names.length === 1 ? 0 : labelColumn(names);
      if (names.length > 1) {
        continue;
      }
    }
    if (count++ < rowCount) {
      const [from, to] = cellOf(bytes, start, end, column);
      takeLabel(labels, reader, () => `the label of line ${String(line)}`, bytes, from, to);
    }
  }
  if (count !== rowCount) {
    throw new CheckpointError(
      count < rowCount ? 'truncated' : 'malformed',
      reader.name,
      `it has ${String(count)} labels, and the matrix has ${String(rowCount)} rows: they do not belong together.`,
    );
  }
}

function labelColumn(names: readonly string[]): number {
  const folded = names.map((name) => name.trim().toLowerCase());
  const known = LABEL_COLUMNS.map((name) => folded.indexOf(name)).find((at) => at >= 0);
  return known ?? 0;
}

/** Where the cell of a column lies; behind the end of a row that has fewer. */
function cellOf(bytes: Uint8Array, from: number, to: number, column: number): readonly [number, number] {
  let start = from;
  for (let at = 0; at < column; at++) {
    const tab = tabIn(bytes, start, to);
    start = Math.min(tab + 1, to);
  }
  return [start, tabIn(bytes, start, to)];
}

/** The first tab, or the end. */
function tabIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== TAB) {
    at++;
  }
  return at;
}

/** @returns undefined where no line is left: behind the last line feed none begins. */
async function findLineEnd(window: ByteWindow, line: number): Promise<number | undefined> {
  for (let searched = 0; ;) {
    const lineEnd = window.lineEnd(window.start + searched);
    if (lineEnd >= 0) {
      return lineEnd;
    }
    searched = window.available;
    if (searched > MAX_LINE_BYTES) {
      throw new CheckpointError(
        'too-large',
        window.name,
        `line ${String(line)} has more than ${String(MAX_LINE_BYTES)} bytes.`,
      );
    }
    if (!(await window.fill())) {
      return searched > 0 ? window.end : undefined;
    }
  }
}
