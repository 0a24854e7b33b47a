import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { SampleByteReader } from '../../core/sampleVectors/sampleByteReader';

/** The packed vectors: beside this module, and beside the bundle that holds it. A browser gets it from elsewhere and unpacks it by `DecompressionStream`. */
export const sampleFile = (): string => path.join(__dirname, 'sampleVectors.deflate');

/** More than the file has, unpacked. */
const MAX_UNPACKED_BYTES = 8 * 1024 * 1024;

/** All of it at once: in chunks of the usual 16 KB, unpacking takes twice as long. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Opens the built-in sample vectors, which the same code loads as any checkpoint. They are trained word vectors laid over GPT-2's
 * vocabulary. They are not GPT-2, and the file says so.
 *
 * @throws {CheckpointError} when the file that belongs to the program is not there or another one.
 */
export async function openSampleVectors(): Promise<SampleByteReader> {
  return SampleByteReader.open(await unpackSample());
}

/** The bytes of the committed file, unpacked; `PackedSample` tells their layout. */
export async function unpackSample(): Promise<Uint8Array> {
  try {
    // A megabyte that belongs to the program: waiting for each of the steps of reading it takes longer than reading it.
    return await promisify(inflateRaw)(fs.readFileSync(sampleFile()), {
      chunkSize: CHUNK_BYTES,
      maxOutputLength: MAX_UNPACKED_BYTES,
    });
  } catch (error) {
    throw new CheckpointError(
      'unreadable',
      sampleFile(),
      'the file of the sample vectors, which belongs to this extension, cannot be read: install the extension again.',
      { cause: error },
    );
  }
}
