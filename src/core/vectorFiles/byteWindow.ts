import type { ByteReader } from '../safetensors/byteReader';
import { CheckpointError } from '../safetensors/checkpointError';

/** Bytes that are read at a time. */
const READ_BYTES = 1 << 20;

const LINE_FEED = 0x0a;

/**
 * Reads a source from front to back through a buffer: bytes from `start` to `end` are read and not used yet. Parsers work on the buffer without
 * waiting, and wait only for {@link fill}.
 */
export class ByteWindow {
  /** Replaced by a larger one where something longer must lie in it as a whole. */
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** Position in the source of what lies at `end`. */
  private position: number;

  private constructor(
    private readonly reader: ByteReader,
    /** Bytes of the source. */
    readonly size: number,
    from: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.position = from;
    this.bytes = new Uint8Array(Math.min(READ_BYTES, Math.max(0, size - from)));
  }

  /** @param from Position of the first byte to read. */
  static async open(reader: ByteReader, from = 0, signal?: AbortSignal): Promise<ByteWindow> {
    return new ByteWindow(reader, await reader.size(), from, signal);
  }

  /** What error messages call the source. */
  get name(): string {
    return this.reader.name;
  }

  /** Bytes in the buffer that are not used yet. */
  get available(): number {
    return this.end - this.start;
  }

  /** Position in the source of the first byte that is not used yet. */
  get offset(): number {
    return this.position - this.available;
  }

  /** Whether nothing follows what is in the buffer. */
  get isLast(): boolean {
    return this.position === this.size;
  }

  /**
   * Reads on, behind what is not used yet. Where the buffer is full of that, it becomes larger.
   *
   * @returns False at the end of the source.
   * @throws The signal's reason when it is aborted.
   */
  async fill(): Promise<boolean> {
    this.throwIfAborted();
    if (this.isLast) {
      return false;
    }
    if (this.available === this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length + 1);
      larger.set(this.bytes.subarray(this.start, this.end));
      this.bytes = larger;
    } else {
      this.bytes.copyWithin(0, this.start, this.end);
    }
    this.end -= this.start;
    this.start = 0;
    const length = Math.min(this.bytes.length - this.end, this.size - this.position);
    await this.reader.read(this.position, this.bytes.subarray(this.end, this.end + length), this.signal);
    this.end += length;
    this.position += length;
    return true;
  }

  /**
   * Makes sure that the next bytes are in the buffer.
   *
   * @param what What errors say is missing.
   * @throws {CheckpointError} `truncated` where the source ends before.
   */
  async need(count: number, what: () => string): Promise<void> {
    if (this.available < count && this.offset + count > this.size) {
      throw new CheckpointError(
        'truncated',
        this.name,
        `it ends at byte ${String(this.size)}, in the middle of ${what()}.`,
      );
    }
    while (this.available < count) {
      await this.fill();
    }
  }

  /** @throws The signal's reason when it is aborted. */
  throwIfAborted(): void {
    this.signal?.throwIfAborted();
  }

  /** Passes over bytes, which are not read where they are not in the buffer. May lead behind the end of the source. */
  skip(count: number): void {
    if (count <= this.available) {
      this.start += count;
      return;
    }
    this.position = Math.min(this.size, this.offset + count);
    this.start = this.end = 0;
  }

  /** Position in the buffer of the line feed that ends the first line; -1 where the buffer holds none. @param from Where to look first. */
  lineEnd(from = this.start): number {
    const at = this.bytes.subarray(from, this.end).indexOf(LINE_FEED);
    return at < 0 ? -1 : from + at;
  }
}
