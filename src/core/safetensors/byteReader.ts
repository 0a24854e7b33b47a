/**
 * Reads byte ranges of one source: a local file, memory, later a server's range responses. Models never open files
 * themselves, so the same loading code serves all of them, and a test can count what is read.
 */
export interface ByteReader {
  /** What error messages call the source: a path or an address. */
  readonly name: string;

  /** Whole size of the source in bytes. */
  size(): Promise<number>;

  /**
   * Fills `target` with the bytes from `offset` on.
   *
   * @param offset Position of the first byte, 0 ≤ offset ≤ size.
   * @param target Receives exactly `target.byteLength` bytes.
   * @param signal Stops the read.
   * @throws {CheckpointError} with reason `truncated` when the source ends before the target is full.
   * @throws The signal's reason when it is aborted.
   */
  read(offset: number, target: Uint8Array, signal?: AbortSignal): Promise<void>;

  /** Frees the source. Reading afterwards is an error. */
  close(): Promise<void>;
}

/** A source that is at hand: bytes in memory, or a local file. */
export interface PositionedReader extends ByteReader {
  /**
   * As {@link ByteReader.read}, at once: for small ranges in the middle of a computation.
   *
   * @throws {CheckpointError} when the source cannot be read, or ends before the target is full.
   */
  readSync(offset: number, target: Uint8Array): void;

  /** False once the source is another one than when it was opened: changed, replaced or gone. */
  isUnchanged(): boolean;
}
