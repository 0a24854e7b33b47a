import { CheckpointError } from '../../safetensors/checkpointError';
import type { ByteWindow } from '../byteWindow';

/** Types of values, by their numbers in the file. */
export const GGUF_TYPE = { uint8: 0, int8: 1, uint32: 4, int32: 5, string: 8, array: 9 } as const;

/** Bytes of a value of a type of fixed size, by its number: integers, floats, bool. */
const FIXED_BYTES: readonly (number | undefined)[] = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];

/** Lists that may lie within each other. llama.cpp reads none that do. */
const MAX_DEPTH = 4;

/** Longest name of a key or a tensor in bytes: the format allows 65,535 and 64. */
export const MAX_NAME_BYTES = 65_535;

/** Strings of a list that are passed over before others have their turn. */
const STRINGS_A_TURN = 4096;

/** Reads the parts of a GGUF header, little-endian, from a window. Nothing is allocated for what the file only announces. */
export class GgufScanner {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  constructor(readonly window: ByteWindow) {}

  async uint32(what: string): Promise<number> {
    await this.window.need(4, () => what);
    const { bytes, start } = this.window;
    this.window.start += 4;
    return (
      (bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24)) >>> 0
    );
  }

  /** @throws {CheckpointError} `malformed` beyond 2^53 − 1: no file holds as much. */
  async uint64(what: string): Promise<number> {
    const low = await this.uint32(what);
    const high = await this.uint32(what);
    if (high > 0x1fffff) {
      throw this.malformed(`${what} is beyond 2^53 − 1.`);
    }
    return high * 2 ** 32 + low;
  }

  /** A string that has to be valid UTF-8. @param longest In bytes. */
  async string(what: string, longest = MAX_NAME_BYTES): Promise<string> {
    const length = await this.uint64(`the length of ${what}`);
    if (length > longest) {
      throw this.malformed(`${what} claims ${String(length)} bytes; at most ${String(longest)} are allowed.`);
    }
    await this.window.need(length, () => what);
    const { bytes, start } = this.window;
    this.window.start += length;
    try {
      return this.decoder.decode(bytes.subarray(start, start + length));
    } catch {
      throw this.malformed(`${what} is not valid UTF-8.`);
    }
  }

  /** Passes over a value. @param type Number of its type. */
  async skipValue(type: number, what: string, depth = 0): Promise<void> {
    if (type === GGUF_TYPE.string) {
      this.skip(await this.uint64(`the length of ${what}`), what);
    } else if (type === GGUF_TYPE.array) {
      if (depth === MAX_DEPTH) {
        throw this.malformed(`${what} is nested more than ${String(MAX_DEPTH)} levels deep.`);
      }
      const { elementType, length } = await this.arrayStart(what);
      await this.skipElements(elementType, length, what, depth + 1);
    } else {
      this.skip(this.fixedBytes(type, what), what);
    }
  }

  /** Passes over the elements of a list. */
  async skipElements(type: number, length: number, what: string, depth = 1): Promise<void> {
    if (type !== GGUF_TYPE.string && type !== GGUF_TYPE.array) {
      this.skip(length * this.fixedBytes(type, what), what);
      return;
    }
    for (let at = 0; at < length; at++) {
      await this.skipValue(type, what, depth);
      if (at % STRINGS_A_TURN === STRINGS_A_TURN - 1) {
        this.window.throwIfAborted();
      }
    }
  }

  async arrayStart(what: string): Promise<{ readonly elementType: number; readonly length: number }> {
    const elementType = await this.uint32(`the type of ${what}`);
    return { elementType, length: await this.uint64(`the length of ${what}`) };
  }

  malformed(detail: string): CheckpointError {
    return new CheckpointError('malformed', this.window.name, detail);
  }

  private skip(count: number, what: string): void {
    if (!Number.isSafeInteger(count) || this.window.offset + count > this.window.size) {
      throw new CheckpointError(
        'truncated',
        this.window.name,
        `${what} claims ${String(count)} bytes, but only ${String(this.window.size - this.window.offset)} follow.`,
      );
    }
    this.window.skip(count);
  }

  private fixedBytes(type: number, what: string): number {
    const bytes = FIXED_BYTES[type];
    if (bytes === undefined) {
      throw this.malformed(`${what} has the type ${String(type)}, which GGUF does not know.`);
    }
    return bytes;
  }
}
