import type { PositionedReader } from './byteReader';
import { endsBefore } from './checkpointError';

/** Bytes in memory as a {@link ByteReader}. The bytes are not copied. */
export class MemoryByteReader implements PositionedReader {
  private bytes: Uint8Array | undefined;

  /** @param name What error messages call the bytes. */
  constructor(
    readonly name: string,
    bytes: Uint8Array,
  ) {
    this.bytes = bytes;
  }

  async size(): Promise<number> {
    return Promise.resolve(this.opened().length);
  }

  async read(offset: number, target: Uint8Array, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.readSync(offset, target);
    return Promise.resolve();
  }

  readSync(offset: number, target: Uint8Array): void {
    const bytes = this.opened();
    const end = offset + target.length;
    if (end > bytes.length) {
      throw endsBefore(this.name, end, bytes.length);
    }
    target.set(bytes.subarray(offset, end));
  }

  isUnchanged(): boolean {
    return true;
  }

  async close(): Promise<void> {
    this.bytes = undefined;
    return Promise.resolve();
  }

  private opened(): Uint8Array {
    if (this.bytes === undefined) {
      throw new Error(`${this.name} is closed`);
    }
    return this.bytes;
  }
}
