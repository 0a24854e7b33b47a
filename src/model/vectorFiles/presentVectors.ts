import { openVectorRows } from '../../core/vectorFiles/openVectorRows';
import { recognizeVectors } from '../../core/vectorFiles/recognizeVectors';
import { openEmbeddingSource } from '../embeddingSource';
import { openFileByteReader } from '../fileByteReader';
import { ROWS_TENSOR } from './convertedFile';
import { convertVectors } from './convertVectors';

/** A file of vectors of this machine, and what is known of it without reading its rows. */
export interface PresentVectors {
  readonly format: string;
  /** Undefined where only reading to the end tells, and that was not done yet. */
  readonly rowCount: number | undefined;
  /** Values per row. */
  readonly dimension: number;
  readonly isConverted: boolean;
}

/**
 * Looks whether a file holds vectors that can be opened, and whether they were converted. Reads the beginning of the file and samples of it.
 *
 * @param folder Where converted files are kept.
 * @param tensorName Name of the tensor, in a format that has such.
 * @returns undefined for what is no file of vectors.
 * @throws {CheckpointError} naming the file and what is wrong with it.
 */
export async function presentVectors(
  file: string,
  folder: string,
  tensorName?: string,
): Promise<PresentVectors | undefined> {
  const converted = await convertVectors(file, { folder, tensorName, mayConvert: false }).catch(
    () => undefined,
  );
  if (converted !== undefined) {
    const source = await openEmbeddingSource(
      { kind: 'file', path: converted.path },
      { tensorName: ROWS_TENSOR },
    );
    await source.close();
    const { rowCount, dimension } = source.identity;
    return { format: converted.format, rowCount, dimension, isConverted: true };
  }
  const reader = await openFileByteReader(file);
  try {
    const recognized = await recognizeVectors(reader);
    if (recognized === undefined) {
      return undefined;
    }
    const { format, rowCount, dimension } = await openVectorRows(reader, recognized, { tensorName });
    return { format, rowCount, dimension, isConverted: false };
  } finally {
    await reader.close();
  }
}
