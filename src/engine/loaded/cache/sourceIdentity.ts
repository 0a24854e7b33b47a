import fs from 'node:fs/promises';
import path from 'node:path';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import type { ModelIdentity } from '../../../model/modelLocation';

/** What an index was made from: another file, another version of it or another tensor has another identity. */
export interface SourceIdentity {
  /** The file that holds the tensor: absolute, without symbolic links as far as the system tells. */
  readonly path: string;
  /** Its size in bytes. */
  readonly size: number;
  /** When its content was changed last: milliseconds since 1970, with their fraction as far as the system tells it. */
  readonly mtimeMs: number;
  readonly tensorName: string;
  /** Where the tensor begins in the file, in bytes; not there where it was not known. */
  readonly tensorOffset?: number;
  readonly dtype: ModelIdentity['dtype'];
  /** Rows and values per row. */
  readonly shape: readonly [rowCount: number, dimension: number];
}

/** What an identity needs to know about a model. */
export type IdentifiedModel = Pick<ModelIdentity, 'path' | 'tensorName' | 'dtype' | 'rowCount' | 'dimension'>;

/** Longest path in characters: that of Windows, which is the longest of all systems. */
const MAX_PATH_LENGTH = 32_767;

/** Longest tensor name in characters; real ones have fewer than a hundred. */
const MAX_TENSOR_NAME_LENGTH = 4_096;

const DTYPES: readonly ModelIdentity['dtype'][] = ['F32', 'F16', 'BF16'];

/**
 * The identity of a model's tensor as its file is now.
 *
 * A file may change while it is read. Take the identity before opening it and again after the last byte: only what was read
 * between two equal ones ({@link isSameSource}) belongs to them. (A change within the same tick of the file system's clock,
 * a few milliseconds at most on usual disks, that leaves the size as it is cannot be seen.)
 *
 * @param tensorOffset Where the tensor begins in the file, in bytes.
 * @returns undefined for a model without a file and where the file is not there or cannot be examined,
 *   or its path or the tensor's name is longer than any real one.
 */
export async function readSourceIdentity(
  model: IdentifiedModel,
  tensorOffset?: number,
): Promise<SourceIdentity | undefined> {
  if (model.path === '') {
    return undefined;
  }
  try {
    // RAM disks and mapped drives tell no real path. Then a file has as many identities as names, and each of them an index.
    const realPath = await fs.realpath(model.path).catch(() => path.resolve(model.path));
    const stats = await fs.stat(realPath);
    if (!stats.isFile()) {
      return undefined;
    }
    // Parsed, so that no checkpoint, however odd, makes an identity that a cache file cannot hold.
    return parseSourceIdentity({
      path: realPath,
      size: stats.size,
      mtimeMs: stats.mtimeMs,
      tensorName: model.tensorName,
      tensorOffset,
      dtype: model.dtype,
      shape: [model.rowCount, model.dimension],
    });
  } catch {
    return undefined;
  }
}

/** The identity of what a source reads: of sample vectors, which tell people of no file, that of the program's own. See {@link readSourceIdentity}. */
export function identityOfSource({
  identity,
  file,
}: Pick<EmbeddingSource, 'identity' | 'file'>): Promise<SourceIdentity | undefined> {
  return readSourceIdentity({ ...identity, path: file });
}

/** True when both are there and agree in everything. */
export function isSameSource(a: SourceIdentity | undefined, b: SourceIdentity | undefined): boolean {
  if (a === undefined || b === undefined) {
    return false;
  }
  return (
    a.path === b.path &&
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.tensorName === b.tensorName &&
    a.tensorOffset === b.tensorOffset &&
    a.dtype === b.dtype &&
    a.shape[0] === b.shape[0] &&
    a.shape[1] === b.shape[1]
  );
}

/** An identity from parsed JSON; undefined where it is none. */
export function parseSourceIdentity(value: unknown): SourceIdentity | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const {
    path: file,
    size,
    mtimeMs,
    tensorName,
    tensorOffset,
    dtype: dtypeName,
    shape,
  } = value as Partial<Record<keyof SourceIdentity, unknown>>;
  const dtype = DTYPES.find((known) => known === dtypeName);
  if (
    dtype === undefined ||
    !isText(file, MAX_PATH_LENGTH) ||
    !path.isAbsolute(file) ||
    !isCount(size) ||
    typeof mtimeMs !== 'number' ||
    !Number.isFinite(mtimeMs) ||
    !isText(tensorName, MAX_TENSOR_NAME_LENGTH) ||
    (tensorOffset !== undefined && !isCount(tensorOffset)) ||
    !Array.isArray(shape)
  ) {
    return undefined;
  }
  const [rowCount, dimension] = shape as readonly unknown[];
  if (shape.length !== 2 || !isCount(rowCount) || !isCount(dimension)) {
    return undefined;
  }
  return {
    path: file,
    size,
    mtimeMs,
    tensorName,
    ...(tensorOffset === undefined ? {} : { tensorOffset }),
    dtype,
    shape: [rowCount, dimension],
  };
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
