import { LENGTH_PREFIX_BYTES } from '../../core/safetensors/safetensorsHeader';
import type { LocatedTensor } from './locateTensor';

/** Bytes of one request: large enough that its overhead does not matter, small enough to lose little when it fails. */
export const CHUNK_BYTES = 8 * 1024 * 1024;

/** Largest element in bytes: chunks consist of whole values. */
const ALIGNMENT = 8;

/** One part of the tensor's bytes. Positions count from the tensor's first byte. */
export interface Chunk {
  readonly index: number;
  readonly begin: number;
  /** Behind the last byte. */
  readonly end: number;
}

/** What is downloaded and how it is stored; follows from the located tensor alone, so that every run makes the same plan. */
export interface DownloadPlan {
  readonly located: LocatedTensor;
  readonly chunkBytes: number;
  readonly chunks: readonly Chunk[];
  /** Length prefix and header of the stored file. */
  readonly header: Uint8Array;
  /** What a partial file must have been made of to be continued. Without the server's address: each has its own storage. */
  readonly identity: string;
}

export function makePlan(located: LocatedTensor, chunkBytes: number = CHUNK_BYTES): DownloadPlan {
  const { repository, commit, file, etag, fileBytes, tensor } = located;
  if (!Number.isInteger(chunkBytes) || chunkBytes <= 0 || chunkBytes % ALIGNMENT !== 0) {
    throw new RangeError(`${String(chunkBytes)} bytes are not chunks of whole values`);
  }
  const chunks: Chunk[] = [];
  for (let begin = 0; begin < tensor.byteLength; begin += chunkBytes) {
    chunks.push({ index: chunks.length, begin, end: Math.min(begin + chunkBytes, tensor.byteLength) });
  }
  const { name, dtype, shape, byteOffset, byteLength } = tensor;
  const identity = JSON.stringify({
    version: 1,
    repository,
    commit,
    file,
    etag,
    fileBytes,
    tensor: { name, dtype, shape, byteOffset, byteLength },
    chunkBytes,
  });
  return { located, chunkBytes, chunks, header: storedHeader(located), identity };
}

/**
 * The start of the stored file: a header with the one tensor under its own name, and where it came from. Padded with spaces
 * to 8 bytes, as the format's own writers do, so that the data is aligned.
 */
function storedHeader({ repository, commit, file, etag, tensor }: LocatedTensor): Uint8Array {
  const { name, dtype, shape, byteLength } = tensor;
  const text = JSON.stringify({
    __metadata__: {
      format: 'pt',
      source_repository: repository,
      source_revision: commit,
      source_file: file,
      source_etag: etag,
      note: 'Holds only the token embedding of the source file, downloaded by Tokenscope.',
    },
    [name]: { dtype, shape, data_offsets: [0, byteLength] },
  });
  const json = new TextEncoder().encode(text);
  const length = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH_PREFIX_BYTES + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, LENGTH_PREFIX_BYTES);
  return bytes;
}
