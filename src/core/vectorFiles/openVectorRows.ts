import type { ByteReader } from '../safetensors/byteReader';
import { openGgufRows } from './gguf/ggufRows';
import { readLabelLines } from './labelLines';
import { openNpyRows } from './npyRows';
import type { RecognizedVectors } from './recognizeVectors';
import { TextRows } from './text/textRows';
import type { VectorRows } from './vectorRows';
import { Word2vecBinaryRows } from './word2vecBinary';

export interface OpenVectorRowsOptions {
  /** A file with a label for each row, for those that hold none themselves. */
  readonly labelFile?: ByteReader | undefined;
  /** Name of the tensor, in a format that has such. */
  readonly tensorName?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a file of vectors has its labels in a file of its own, if it has any. */
export function isLabelledElsewhere(recognized: RecognizedVectors): boolean {
  return recognized.kind === 'npy' || (recognized.kind === 'text' && !recognized.layout.isLabelled);
}

/**
 * Opens the rows of a file as what it was recognized.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 */
export async function openVectorRows(
  reader: ByteReader,
  recognized: RecognizedVectors,
  { labelFile, tensorName, signal }: OpenVectorRowsOptions = {},
): Promise<VectorRows> {
  switch (recognized.kind) {
    case 'gguf':
      return openGgufRows(reader, tensorName, signal);
    case 'npy':
      return labelledBy(labelFile, await openNpyRows(reader, signal));
    case 'word2vecBinary':
      return new Word2vecBinaryRows(reader, recognized.header);
    case 'text':
      return recognized.layout.isLabelled
        ? new TextRows(reader, recognized.layout)
        : labelledBy(labelFile, new TextRows(reader, recognized.layout));
  }
}

/** Rows whose labels are the lines of another file: read before the rows where their number is known, else behind them. */
function labelledBy(labelFile: ByteReader | undefined, rows: VectorRows): VectorRows {
  if (labelFile === undefined) {
    return rows;
  }
  const { format, dimension, dtype, rowCount, labelKind } = rows;
  return {
    format: `${format} with labels`,
    dimension,
    dtype,
    rowCount,
    labelKind,
    batches: async function* (labels, signal) {
      if (rowCount !== undefined) {
        await readLabelLines(labelFile, labels, rowCount, signal);
      }
      let count = 0;
      for await (const batch of rows.batches(labels, signal)) {
        count += batch.rows;
        yield batch;
      }
      if (rowCount === undefined) {
        await readLabelLines(labelFile, labels, count, signal);
      }
    },
  };
}
