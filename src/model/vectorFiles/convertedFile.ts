import { createHash } from 'node:crypto';
import path from 'node:path';
import { LabelTable } from '../../core/labels/labelTable';
import type { LabelKind } from '../../core/labels/labelKind';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { readSafetensorsHeader, type SafetensorsHeader } from '../../core/safetensors/safetensorsHeader';
import type { NewTensor } from '../../core/safetensors/writeSafetensorsHeader';
import type { RowDtype } from '../../core/vectorFiles/vectorRows';
import { openFileByteReader } from '../fileByteReader';
import { isSameOrigin, parseFileOrigin, type FileOrigin } from './fileOrigin';

/*
 * What a file of vectors is converted to: a safetensors file whose first tensor has the rows. The labels follow, their ends and their bytes, and
 * the header's free text says what it was made from. Other programs can open it.
 */

/** Raised with whatever makes other rows or labels of the same file. */
const CONVERSION_VERSION = '1';

/** Tensors of a converted file. */
export const ROWS_TENSOR = 'embedding.weight';
const ENDS_TENSOR = 'labels.ends';
const BYTES_TENSOR = 'labels.bytes';

const KEY = 'tokenscope.converted';

/** From what a file was converted. */
export interface VectorsOrigin {
  readonly file: FileOrigin;
  /** The file of the labels, where they have one. */
  readonly labelFile?: FileOrigin | undefined;
  /** The tensor that was asked for. */
  readonly tensorName?: string | undefined;
}

/** What a converted file says of itself. */
export interface ConvertedDescription {
  readonly origin: VectorsOrigin;
  /** What the file was, for people. */
  readonly format: string;
  readonly labelKind: LabelKind;
}

/**
 * Its name: one for each version of a file, so that no conversion takes the place of another that is open somewhere, as Windows would refuse. All
 * of the same file begin alike.
 */
export function convertedName({ file, labelFile, tensorName = '' }: VectorsOrigin): {
  readonly start: string;
  readonly name: string;
} {
  const stem = path
    .basename(file.path)
    .replaceAll(/[^\w.-]+/g, '_')
    .slice(0, 40);
  const start = `${stem}-${hashOf([file.path, labelFile?.path ?? '', tensorName])}-`;
  return { start, name: `${start}${hashOf([CONVERSION_VERSION, file, labelFile ?? null])}.safetensors` };
}

/** The tensors of a converted file, in their order. */
export function convertedTensors(
  dtype: RowDtype,
  rowCount: number,
  dimension: number,
  labels: { readonly count: number; readonly bytes: number },
): readonly NewTensor[] {
  return [
    { name: ROWS_TENSOR, dtype, shape: [rowCount, dimension] },
    { name: ENDS_TENSOR, dtype: 'U32', shape: [labels.count] },
    { name: BYTES_TENSOR, dtype: 'U8', shape: [labels.bytes] },
  ];
}

/** The free text of a converted file's header. */
export function convertedMetadata(description: ConvertedDescription): Record<string, string> {
  return { [KEY]: JSON.stringify({ version: CONVERSION_VERSION, ...description }) };
}

/** What a file's header says of its conversion; undefined for one that was not converted, or by another version. */
export function parseConverted({ metadata }: SafetensorsHeader): ConvertedDescription | undefined {
  let value: unknown;
  try {
    value = JSON.parse(metadata.get(KEY) ?? 'null');
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { version, origin, format, labelKind } = value as Record<string, unknown>;
  if (typeof origin !== 'object' || origin === null) {
    return undefined;
  }
  const { file, labelFile, tensorName } = origin as Record<string, unknown>;
  const parsedFile = parseFileOrigin(file);
  const isKind = labelKind === 'words' || labelKind === 'tokens';
  return version === CONVERSION_VERSION && parsedFile !== undefined && typeof format === 'string' && isKind
    ? {
        origin: {
          file: parsedFile,
          labelFile: parseFileOrigin(labelFile),
          tensorName: typeof tensorName === 'string' ? tensorName : undefined,
        },
        format,
        labelKind,
      }
    : undefined;
}

/** Whether two conversions are of the same versions of the same files. */
export function isSameConversion(a: VectorsOrigin, b: VectorsOrigin): boolean {
  return (
    isSameOrigin(a.file, b.file) && isSameOrigin(a.labelFile, b.labelFile) && a.tensorName === b.tensorName
  );
}

/**
 * The labels of a converted file.
 *
 * @throws {CheckpointError} for a file that holds none, or whose labels do not fit together.
 */
export async function readConvertedLabels(file: string, signal?: AbortSignal): Promise<LabelTable> {
  const reader = await openFileByteReader(file);
  try {
    const { tensors } = await readSafetensorsHeader(reader, signal);
    const ends = tensors.get(ENDS_TENSOR);
    const bytes = tensors.get(BYTES_TENSOR);
    if (ends?.dtype !== 'U32' || bytes?.dtype !== 'U8' || ends.shape.length !== 1) {
      throw new CheckpointError('malformed', file, 'it holds no labels.');
    }
    const stored = new Uint8Array(ends.byteLength);
    await reader.read(ends.byteOffset, stored, signal);
    const text = new Uint8Array(bytes.byteLength);
    await reader.read(bytes.byteOffset, text, signal);
    return new LabelTable({ bytes: text, ends: endsOf(stored, text.length, file) });
  } finally {
    await reader.close();
  }
}

/** @throws {CheckpointError} unless they rise, up to the length of the labels. */
function endsOf(stored: Uint8Array, length: number, file: string): Uint32Array<ArrayBuffer> {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const ends = new Uint32Array(stored.length / 4);
  let before = 0;
  for (let row = 0; row < ends.length; row++) {
    const end = view.getUint32(4 * row, true);
    if (end < before || end > length) {
      throw new CheckpointError('malformed', file, `the label of row ${row} does not lie where it should.`);
    }
    ends[row] = end;
    before = end;
  }
  if (before !== length) {
    throw new CheckpointError('malformed', file, 'its labels have more bytes than they end at.');
  }
  return ends;
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}
