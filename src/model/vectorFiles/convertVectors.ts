import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { PositionedReader } from '../../core/safetensors/byteReader';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { readSafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import { isLabelledElsewhere, openVectorRows } from '../../core/vectorFiles/openVectorRows';
import { recognizeVectors, type RecognizedVectors } from '../../core/vectorFiles/recognizeVectors';
import { errorCode } from '../errorCode';
import { openFileByteReader } from '../fileByteReader';
import { LONG_PATIENCE_MILLISECONDS, removeFile, renamePath } from '../patientFiles';
import {
  convertedName,
  isSameConversion,
  parseConverted,
  type ConvertedDescription,
  type VectorsOrigin,
} from './convertedFile';
import { readFileOrigin } from './fileOrigin';
import { labelFileBeside } from './labelFileBeside';
import { removeOldConversions, TEMPORARY_ENDING } from './oldConversions';
import { requireDiskRoom } from './requireDiskRoom';
import { requireFewRows, writeConverted, type ConversionProgress } from './writeConverted';

export interface ConvertOptions {
  /** Where converted files are kept. */
  readonly folder: string;
  /** A file with a label for each row; what lies beside the file where it is not given. */
  readonly labelFile?: string | undefined;
  /** Name of the tensor, in a format that has such. */
  readonly tensorName?: string | undefined;
  /** False for what was converted before alone: else this throws. */
  readonly mayConvert?: boolean | undefined;
  /** Refuses, by throwing, what is too large for what it is wanted for, before it is converted. Asked where the file says how many rows it has. */
  readonly requireUsable?: ((source: string, rowCount: number, dimension: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told of a conversion that is made; of one that is there already nothing is told. */
  readonly onProgress?: ((progress: ConversionProgress) => void) | undefined;
}

/** A file of vectors as a safetensors file. */
export interface ConvertedVectors extends ConvertedDescription {
  /** Of the safetensors file. */
  readonly path: string;
  /** Whether its labels would be in a file of their own, and there was none. */
  readonly lacksLabels: boolean;
}

/**
 * Gives the safetensors file that a file of vectors was converted to, and converts it where that was not done yet, or where the file or that of
 * its labels is another by now. It is written under a name of its own and renamed, so that several windows may do so at once.
 *
 * @returns undefined for what is no file of vectors: a safetensors file, or one whose reader says what it is.
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export async function convertVectors(
  file: string,
  options: ConvertOptions,
): Promise<ConvertedVectors | undefined> {
  const reader = await openFileByteReader(file);
  try {
    const recognized = await recognizeVectors(reader, options.signal);
    if (recognized === undefined) {
      return undefined;
    }
    const labelFile = await labelFileOf(recognized, file, options);
    const labelReader = labelFile === undefined ? undefined : await openFileByteReader(labelFile);
    try {
      return await convert({ reader, recognized, labelReader }, options);
    } finally {
      await labelReader?.close();
    }
  } finally {
    await reader.close();
  }
}

/** @throws {CheckpointError} for a file of labels beside a file that has its own. */
async function labelFileOf(
  recognized: RecognizedVectors,
  file: string,
  { labelFile }: ConvertOptions,
): Promise<string | undefined> {
  if (isLabelledElsewhere(recognized)) {
    return labelFile ?? labelFileBeside(file);
  }
  if (labelFile !== undefined) {
    throw new CheckpointError(
      'unsupported',
      file,
      'it has labels of its own, and takes none from another file.',
    );
  }
  return undefined;
}

interface OpenedVectors {
  readonly reader: PositionedReader;
  readonly recognized: RecognizedVectors;
  readonly labelReader: PositionedReader | undefined;
}

async function convert(
  { reader, recognized, labelReader }: OpenedVectors,
  { folder, tensorName, mayConvert = true, requireUsable, signal, onProgress }: ConvertOptions,
): Promise<ConvertedVectors> {
  const origin: VectorsOrigin = {
    file: await readFileOrigin(reader, signal),
    labelFile: labelReader && (await readFileOrigin(labelReader, signal)),
    tensorName: recognized.kind === 'gguf' ? tensorName : undefined,
  };
  const lacksLabels = labelReader === undefined && isLabelledElsewhere(recognized);
  const names = convertedName(origin);
  const target = path.join(folder, names.name);
  const present = await readConverted(target, origin, signal);
  if (present !== undefined) {
    return { ...present, path: target, lacksLabels };
  }
  if (!mayConvert) {
    throw new CheckpointError('not-found', reader.name, 'its conversion is not there any more.');
  }
  const rows = await openVectorRows(reader, recognized, { labelFile: labelReader, tensorName, signal });
  if (rows.rowCount !== undefined) {
    requireFewRows(reader.name, rows.rowCount);
    requireUsable?.(reader.name, rows.rowCount, rows.dimension);
  }
  const description: ConvertedDescription = { origin, format: rows.format, labelKind: rows.labelKind };
  await fs.mkdir(folder, { recursive: true });
  await removeOldConversions(folder, names);
  await requireDiskRoom(folder, reader.name, rows);
  const temporary = `${target}.${randomBytes(6).toString('hex')}${TEMPORARY_ENDING}`;
  try {
    await writeConverted(rows, reader.name, temporary, description, signal, onProgress);
    if (!reader.isUnchanged() || labelReader?.isUnchanged() === false) {
      throw new CheckpointError('unreadable', reader.name, 'it was changed while it was read. Try again.');
    }
    await renamePath(temporary, target, { signal, patience: LONG_PATIENCE_MILLISECONDS });
  } catch (error) {
    await removeFile(temporary).catch(() => undefined);
    throw diskError(error, folder);
  }
  return { ...description, path: target, lacksLabels };
}

/** The file if it is there and whole, and of the same versions. */
async function readConverted(
  file: string,
  origin: VectorsOrigin,
  signal?: AbortSignal,
): Promise<ConvertedDescription | undefined> {
  const reader = await openFileByteReader(file).catch(() => undefined);
  if (reader === undefined) {
    return undefined;
  }
  try {
    const description = parseConverted(await readSafetensorsHeader(reader, signal));
    return description !== undefined && isSameConversion(description.origin, origin)
      ? description
      : undefined;
  } catch (error) {
    if (CheckpointError.is(error)) {
      return undefined;
    }
    throw error;
  } finally {
    await reader.close();
  }
}

/** What the system says of the folder of converted files, in words; other errors as they are. */
function diskError(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new CheckpointError('too-large', folder, 'there is no room left on the disk.', { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CheckpointError('unreadable', folder, 'no file can be written there.', { cause: error });
    default:
      return error;
  }
}
