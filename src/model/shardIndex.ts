import type { ByteReader } from '../core/safetensors/byteReader';
import { CheckpointError } from '../core/safetensors/checkpointError';
import { quoted } from '../core/safetensors/jsonScanner';

/** Longest index. The longest published ones, of mixtures of experts with 90,000 tensors, have about 9 MB. */
export const MAX_INDEX_BYTES = 32 * 1024 * 1024;

/** The index of a sharded checkpoint: in which file each tensor is. */
export class ShardIndex {
  constructor(
    /** What errors call it. */
    private readonly source: string,
    private readonly weightMap: ReadonlyMap<string, unknown>,
  ) {}

  /** Of all tensors. */
  get names(): readonly string[] {
    return [...this.weightMap.keys()];
  }

  /**
   * Checked where it is asked for: what is said of tensors that nobody reads does not matter.
   *
   * @returns The file name of a tensor's shard, checked to be a plain name within the folder; undefined for a tensor that is not listed.
   * @throws {CheckpointError} `malformed`.
   */
  shardOf(tensor: string): string | undefined {
    if (!this.weightMap.has(tensor)) {
      return undefined;
    }
    const shard = this.weightMap.get(tensor);
    if (typeof shard !== 'string') {
      throw new CheckpointError(
        'malformed',
        this.source,
        `the shard of ${quoted(tensor)} is not a file name.`,
      );
    }
    if (!isPlainFileName(shard)) {
      throw new CheckpointError(
        'malformed',
        this.source,
        `the shard ${quoted(shard)} of ${quoted(tensor)} is not a plain file name inside the folder.`,
      );
    }
    return shard;
  }
}

/**
 * Reads `model.safetensors.index.json` of a sharded checkpoint.
 *
 * @throws {CheckpointError} `too-large` or `malformed`.
 */
export async function readShardIndex(reader: ByteReader, signal?: AbortSignal): Promise<ShardIndex> {
  const size = await reader.size();
  if (size > MAX_INDEX_BYTES) {
    throw new CheckpointError(
      'too-large',
      reader.name,
      `the index has ${String(size)} bytes, more than the limit of ${String(MAX_INDEX_BYTES)}.`,
    );
  }
  const bytes = new Uint8Array(size);
  await reader.read(0, bytes, signal);
  const index = parseJson(bytes, reader.name);
  if (!isObject(index) || !Object.hasOwn(index, 'weight_map') || !isObject(index.weight_map)) {
    throw new CheckpointError('malformed', reader.name, 'the index has no object "weight_map".');
  }
  return new ShardIndex(reader.name, new Map(Object.entries(index.weight_map)));
}

/** A byte order mark, which editors of Windows put at the start, is no part of the text. */
function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CheckpointError('malformed', source, 'the index is not JSON in UTF-8.', { cause: error });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Nothing that leads out of the folder, on any system. */
function isPlainFileName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);
}
