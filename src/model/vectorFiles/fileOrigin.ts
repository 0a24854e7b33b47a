import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ByteReader } from '../../core/safetensors/byteReader';

/** Bytes of a sample, and how many samples are taken of a file, its beginning and its end among them. */
const SAMPLE_BYTES = 64 * 1024;
const SAMPLES = 16;

/** What tells a version of a file from others. */
export interface FileOrigin {
  /** Absolute, links followed. */
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** sha256 of samples of the file: of small files, up to a megabyte, of all of it. */
  readonly checksum: string;
}

/**
 * What a file is now.
 *
 * @param reader Of the file at this path.
 * @throws {CheckpointError} when it cannot be read.
 * @throws The signal's reason when it is aborted.
 */
export async function readFileOrigin(reader: ByteReader, signal?: AbortSignal): Promise<FileOrigin> {
  // RAM disks and mapped drives tell no real path.
  const realPath = await fs.realpath(reader.name).catch(() => path.resolve(reader.name));
  const { mtimeMs } = await fs.stat(realPath);
  const size = await reader.size();
  return { path: realPath, size, mtimeMs, checksum: await checksumOf(reader, size, signal) };
}

export function isSameOrigin(a: FileOrigin | undefined, b: FileOrigin | undefined): boolean {
  return (
    a?.path === b?.path && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs && a?.checksum === b?.checksum
  );
}

/** An origin from parsed JSON; undefined where it is none. */
export function parseFileOrigin(value: unknown): FileOrigin | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { path: file, size, mtimeMs, checksum } = value as Partial<Record<keyof FileOrigin, unknown>>;
  return typeof file === 'string' &&
    typeof size === 'number' &&
    typeof mtimeMs === 'number' &&
    typeof checksum === 'string'
    ? { path: file, size, mtimeMs, checksum }
    : undefined;
}

async function checksumOf(reader: ByteReader, size: number, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const isSampled = size > SAMPLES * SAMPLE_BYTES;
  const buffer = new Uint8Array(Math.min(size, SAMPLE_BYTES));
  const step = isSampled ? Math.floor((size - SAMPLE_BYTES) / (SAMPLES - 1)) : SAMPLE_BYTES;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const offset = isSampled && sample === SAMPLES - 1 ? size - SAMPLE_BYTES : sample * step;
    const bytes = buffer.subarray(0, Math.max(0, Math.min(SAMPLE_BYTES, size - offset)));
    if (bytes.length > 0) {
      await reader.read(offset, bytes, signal);
      hash.update(bytes);
    }
  }
  return hash.digest('hex');
}
