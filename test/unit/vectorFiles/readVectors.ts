import { LabelCollector } from '../../../src/core/labels/labelCollector';
import { MemoryByteReader } from '../../../src/core/safetensors/memoryByteReader';
import { openVectorRows } from '../../../src/core/vectorFiles/openVectorRows';
import { recognizeVectors } from '../../../src/core/vectorFiles/recognizeVectors';

/** A file of vectors as it was read to its end. */
export interface ReadVectors {
  readonly format: string;
  readonly dimension: number;
  readonly dtype: string;
  readonly announced: number | undefined;
  readonly rows: number;
  /** As the batches brought them. */
  readonly bytes: Buffer;
  /** As Latin-1, so that bytes that are no text are told apart. */
  readonly labels: readonly string[];
}

export const SOURCE = 'some file';

/** A reader that gives its bytes at once, but in pieces as small as a test likes: what is asked for beyond them comes with the next. */
export function memoryReader(bytes: Uint8Array | string, name = SOURCE): MemoryByteReader {
  return new MemoryByteReader(name, typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
}

/** Reads a whole file of vectors, recognized by its content. */
export async function readVectors(
  bytes: Uint8Array | string,
  options: { readonly labelFile?: Uint8Array | string; readonly tensorName?: string } = {},
): Promise<ReadVectors> {
  const reader = memoryReader(bytes);
  const recognized = await recognizeVectors(reader);
  if (recognized === undefined) {
    throw new Error('not recognized');
  }
  const vectors = await openVectorRows(reader, recognized, {
    labelFile: options.labelFile === undefined ? undefined : memoryReader(options.labelFile, 'label file'),
    tensorName: options.tensorName,
  });
  const labels = new LabelCollector();
  const parts: Buffer[] = [];
  let rows = 0;
  let fraction = 0;
  for await (const batch of vectors.batches(labels)) {
    parts.push(Buffer.from(batch.bytes));
    rows += batch.rows;
    if (!(batch.fraction >= fraction && batch.fraction <= 1)) {
      throw new Error(`progress goes from ${fraction} to ${batch.fraction}`);
    }
    ({ fraction } = batch);
  }
  const table = labels.finish();
  return {
    format: vectors.format,
    dimension: vectors.dimension,
    dtype: vectors.dtype,
    announced: vectors.rowCount,
    rows,
    bytes: Buffer.concat(parts),
    labels: Array.from({ length: table.count }, (_, row) =>
      Buffer.from(table.labelOf(row)).toString('latin1'),
    ),
  };
}

/** The values of single precision that some bytes hold. */
export function float32Values(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(4 * index));
}
