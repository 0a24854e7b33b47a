import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';
import { describeForeignFile } from '../safetensors/foreignFile';
import { LENGTH_PREFIX_BYTES, MAX_HEADER_BYTES } from '../safetensors/safetensorsHeader';
import { describeForeignVectors } from './foreignVectors';
import { NPY_MAGIC } from './npyHeader';
import { fieldsAt, headerLine } from './text/firstLines';
import type { TextLayout } from './text/textRows';
import { MAX_DIMENSION } from './vectorRows';
import { fillsAsBinary, fillsAsText } from './wholeRows';
import type { Word2vecHeader } from './word2vecBinary';

/** How much of a file decides what it is: a row of {@link MAX_DIMENSION} values as text. */
const HEAD_BYTES = 1 << 20;

/** Lines that are looked at to tell a column of labels from one of numbers. */
const COMPARED_LINES = 100;

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** What a file of vectors is, by its content. */
export type RecognizedVectors =
  | { readonly kind: 'gguf' | 'npy' }
  | { readonly kind: 'word2vecBinary'; readonly header: Word2vecHeader }
  | { readonly kind: 'text'; readonly layout: TextLayout };

/**
 * Recognizes a file of vectors by its content; names say nothing.
 *
 * @param headBytes How much of the file may be read, where that is to be less: a row of text that is longer is not recognized then.
 * @returns undefined for a safetensors file, and for whatever is no file of vectors and no text.
 * @throws {CheckpointError} `unsupported` for what can be read in two ways, for files that hold vectors in a way that is not read, and for a text
 *   whose first line is no row; `malformed` for a first line that announces no rows or too many values.
 */
export async function recognizeVectors(
  reader: ByteReader,
  signal?: AbortSignal,
  headBytes = HEAD_BYTES,
): Promise<RecognizedVectors | undefined> {
  const size = await reader.size();
  const head = new Uint8Array(Math.min(size, headBytes));
  await reader.read(0, head, signal);
  if (isSafetensors(head)) {
    return undefined;
  }
  const foreign = describeForeignVectors(head);
  if (foreign !== undefined) {
    throw new CheckpointError('unsupported', reader.name, foreign);
  }
  // The byte behind the name is one of the version's; of a word of this name it would be a space.
  if (startsWith(head, 'GGUF') && head[4] !== 0x20) {
    return { kind: 'gguf' };
  }
  if (startsWith(head, NPY_MAGIC)) {
    return { kind: 'npy' };
  }
  const isWhole = head.length === size;
  const from = BYTE_ORDER_MARK.every((byte, at) => head[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  const header = headerLine(head.subarray(from));
  if (header !== undefined) {
    return recognizeWord2vec(reader.name, head, { ...header, byteOffset: from + header.next }, isWhole);
  }
  const vectors = recognizeHeadless(reader.name, head, from, isWhole);
  if (vectors === undefined && isUnknownText(head)) {
    throw new CheckpointError(
      'unsupported',
      reader.name,
      'this is a text whose first line is no row of vectors: a label and two numbers or more, parted by spaces; numbers alone, parted by tabs; ' +
        "or, as in word2vec's files, the number of rows and that of values.",
    );
  }
  return vectors;
}

/** Whether a file is a text, and none that a reader of safetensors files knows something better to say of. */
function isUnknownText(head: Uint8Array): boolean {
  return (
    head.length > 0 &&
    looksLikeText(head) &&
    describeForeignFile(head.subarray(0, LENGTH_PREFIX_BYTES)) === undefined
  );
}

/** A header's length that can be, and the brace of its text. No text and no other format begins so. */
function isSafetensors(head: Uint8Array): boolean {
  if (head.length <= LENGTH_PREFIX_BYTES || head[LENGTH_PREFIX_BYTES] !== 0x7b) {
    return false;
  }
  const view = new DataView(head.buffer, head.byteOffset, LENGTH_PREFIX_BYTES);
  return view.getBigUint64(0, true) <= BigInt(MAX_HEADER_BYTES);
}

function recognizeWord2vec(
  name: string,
  head: Uint8Array,
  header: Word2vecHeader,
  isWhole: boolean,
): RecognizedVectors {
  const { rowCount, dimension, byteOffset } = header;
  const announced = `its first line announces ${String(rowCount)} rows of ${String(dimension)} values`;
  if (rowCount === 0 || dimension === 0) {
    throw new CheckpointError('malformed', name, `${announced}: it is empty.`);
  }
  if (dimension > MAX_DIMENSION) {
    throw new CheckpointError('malformed', name, `${announced}; a row has at most ${String(MAX_DIMENSION)}.`);
  }
  const row = fieldsAt(head, byteOffset, isWhole);
  const isTextRow = row !== undefined && row.numbers >= dimension && row.count > dimension;
  const text: RecognizedVectors = {
    kind: 'text',
    layout: {
      format: 'word2vec text',
      dimension,
      rowCount,
      isLabelled: true,
      byteOffset,
      firstLine: 2,
    },
  };
  if (isTextRow) {
    if (isWhole && fillsAsText(head, header) && fillsAsBinary(head, header)) {
      throw new CheckpointError(
        'unsupported',
        name,
        "it can be read as word2vec's text format and as its binary format, with other values. It is too short to tell which is meant.",
      );
    }
    return text;
  }
  // A text whose first row is wrong is told by its line.
  return looksLikeText(head.subarray(byteOffset)) ? text : { kind: 'word2vecBinary', header };
}

/** A file without a first line of its own: GloVe's, or numbers alone. */
function recognizeHeadless(
  name: string,
  head: Uint8Array,
  from: number,
  isWhole: boolean,
): RecognizedVectors | undefined {
  const first = fieldsAt(head, from, isWhole);
  if (first === undefined || first.numbers < 2) {
    return undefined;
  }
  let hasLabel = first.numbers < first.count;
  let hasTabs = first.hasTab;
  for (let lines = 1, at = first.next; !hasLabel && lines < COMPARED_LINES; lines++) {
    const fields = fieldsAt(head, at, isWhole);
    if (fields === undefined) {
      break;
    }
    hasLabel = fields.numbers < fields.count && fields.count > 1;
    hasTabs ||= fields.hasTab;
    at = fields.next;
  }
  if (!hasLabel && !hasTabs) {
    throw new CheckpointError(
      'unsupported',
      name,
      'its lines are numbers alone, parted by spaces: whether the first of each is a label cannot be told. ' +
        'Part them by tabs where all are values, or put a line with the numbers of rows and values before them where the first is a label.',
    );
  }
  const dimension = hasLabel ? Math.min(first.numbers, first.count - 1) : first.count;
  if (dimension > MAX_DIMENSION) {
    throw new CheckpointError(
      'malformed',
      name,
      `its first line has ${String(dimension)} values; a row has at most ${String(MAX_DIMENSION)}.`,
    );
  }
  return {
    kind: 'text',
    layout: {
      format: hasLabel ? 'GloVe text' : 'table of numbers',
      dimension,
      rowCount: undefined,
      isLabelled: hasLabel,
      byteOffset: from,
      firstLine: 1,
    },
  };
}

/** Whether no byte is one that only binary files have. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

function startsWith(head: Uint8Array, magic: string): boolean {
  return String.fromCharCode(...head.subarray(0, magic.length)) === magic;
}
