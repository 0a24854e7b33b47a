import type { ByteReader } from './byteReader';
import { CheckpointError } from './checkpointError';
import { describeForeignFile } from './foreignFile';
import { HeaderParser } from './headerParser';
import type { TensorDtype } from './tensorDtype';
import { checkTensorLayout } from './tensorLayout';

/** Bytes of the little-endian unsigned integer in front of the header, its length. */
export const LENGTH_PREFIX_BYTES = 8;

/** Longest header in bytes. The format's reference implementation refuses longer ones, so no valid file has one. */
export const MAX_HEADER_BYTES = 100_000_000;

/** One tensor, as a header describes it. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: TensorDtype;
  /** Length of each axis, each ≥ 0; empty for a scalar. Values are stored in row-major order. */
  readonly shape: readonly number[];
  /** Position of the first byte in the file (not, as in the header, behind the header). */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** What a checkpoint holds. */
export interface SafetensorsHeader {
  /** By name, in the order of their bytes in the file. */
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The free text of `__metadata__`; empty where there is none. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * Reads and checks the header of a safetensors file. Reads the length prefix and the header, nothing else, and allocates
 * nothing that the file's real size does not cover.
 *
 * Format: https://github.com/huggingface/safetensors#format. All of its rules are checked: the header lies within the file,
 * is a UTF-8 JSON object that starts with `{` and has no duplicate keys; each tensor's bytes are as many as its dtype and
 * shape ask for; the tensors cover the rest of the file without holes or overlaps.
 *
 * @throws {CheckpointError} naming the file, the tensor and the rule that is broken.
 * @throws The signal's reason when it is aborted.
 */
export async function readSafetensorsHeader(
  reader: ByteReader,
  signal?: AbortSignal,
): Promise<SafetensorsHeader> {
  const fileSize = await reader.size();
  const headerLength = await readHeaderLength(reader, fileSize, signal);
  const bytes = new Uint8Array(headerLength);
  await reader.read(LENGTH_PREFIX_BYTES, bytes, signal);
  const { entries, metadata } = new HeaderParser(bytes, reader.name).parse();
  const dataStart = LENGTH_PREFIX_BYTES + headerLength;
  const ordered = checkTensorLayout(entries, fileSize - dataStart, reader.name);
  const tensors = new Map<string, TensorInfo>();
  for (const { name, dtype, shape, begin, end } of ordered) {
    tensors.set(name, { name, dtype, shape, byteOffset: dataStart + begin, byteLength: end - begin });
  }
  return { tensors, metadata };
}

async function readHeaderLength(reader: ByteReader, fileSize: number, signal?: AbortSignal): Promise<number> {
  if (fileSize < LENGTH_PREFIX_BYTES) {
    const found = fileSize === 0 ? 'the file is empty' : `the file has ${String(fileSize)} bytes`;
    throw new CheckpointError(
      'truncated',
      reader.name,
      `${found}; a safetensors file starts with 8 bytes for the length of its header.`,
    );
  }
  const prefix = new Uint8Array(LENGTH_PREFIX_BYTES);
  await reader.read(0, prefix, signal);
  const length = new DataView(prefix.buffer).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    const foreign = describeForeignFile(prefix);
    if (foreign !== undefined) {
      throw new CheckpointError('unsupported', reader.name, foreign);
    }
    throw new CheckpointError(
      'too-large',
      reader.name,
      `the header claims ${String(length)} bytes, the format allows at most ${String(MAX_HEADER_BYTES)}. ` +
        'This is probably not a safetensors file.',
    );
  }
  const available = fileSize - LENGTH_PREFIX_BYTES;
  if (length > BigInt(available)) {
    throw new CheckpointError(
      'truncated',
      reader.name,
      `the header claims ${String(length)} bytes, but only ${String(available)} follow.`,
    );
  }
  return Number(length);
}
