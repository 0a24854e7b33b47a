import type { PositionedReader } from '../safetensors/byteReader';
import { endsBefore } from '../safetensors/checkpointError';
import { writeSafetensorsHeader } from '../safetensors/writeSafetensorsHeader';
import { readPackedSample } from './packedSample';
import { SampleMatrix } from './sampleMatrix';

/** What errors call the vectors. */
export const SAMPLE_NAME = 'sample vectors';

/**
 * The sample vectors as a checkpoint that the same code reads as any other: one tensor `wte.weight`, F32, 50,257 × 128. Its rows are
 * made as they are read: to make and hold them all takes longer than all else that has to be done for the first answer.
 */
export class SampleByteReader implements PositionedReader {
  readonly name = SAMPLE_NAME;
  private readonly header: Uint8Array;
  private readonly rowBytes: number;

  private constructor(private readonly matrix: SampleMatrix) {
    const { tokenCount, dimension } = matrix;
    this.rowBytes = dimension * Float32Array.BYTES_PER_ELEMENT;
    this.header = writeSafetensorsHeader(
      [{ name: 'wte.weight', dtype: 'F32', shape: [tokenCount, dimension] }],
      {
        title: 'Tokenscope sample vectors',
        description:
          "Not GPT-2: GloVe word vectors laid over GPT-2's vocabulary, with made-up offsets for space and case.",
      },
    );
  }

  /**
   * @param unpacked The file that belongs to the program, unpacked.
   * @throws {CheckpointError} when it is another file.
   */
  static async open(unpacked: Uint8Array): Promise<SampleByteReader> {
    return new SampleByteReader(new SampleMatrix(await readPackedSample(SAMPLE_NAME, unpacked)));
  }

  size(): Promise<number> {
    return Promise.resolve(this.byteLength);
  }

  async read(offset: number, target: Uint8Array, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.readSync(offset, target);
    return Promise.resolve();
  }

  readSync(offset: number, target: Uint8Array): void {
    const end = offset + target.length;
    if (end > this.byteLength) {
      throw endsBefore(this.name, end, this.byteLength);
    }
    const dataStart = this.header.length;
    const head = this.header.subarray(Math.min(offset, dataStart), Math.min(end, dataStart));
    target.set(head);
    this.readRows(offset + head.length - dataStart, target.subarray(head.length));
  }

  isUnchanged(): boolean {
    return true;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private get byteLength(): number {
    return this.header.length + this.matrix.tokenCount * this.rowBytes;
  }

  /** @param offset From the first row's first byte. */
  private readRows(offset: number, target: Uint8Array): void {
    const { rowBytes, matrix } = this;
    const isWhole = offset % rowBytes === 0 && target.length % rowBytes === 0;
    if (isWhole && target.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0) {
      const floats = target.length / Float32Array.BYTES_PER_ELEMENT;
      matrix.writeRows(offset / rowBytes, new Float32Array(target.buffer, target.byteOffset, floats));
      return;
    }
    const row = new Float32Array(matrix.dimension);
    const bytes = new Uint8Array(row.buffer);
    for (let done = 0; done < target.length;) {
      const id = Math.floor((offset + done) / rowBytes);
      matrix.writeRows(id, row);
      const part = bytes.subarray(offset + done - id * rowBytes).subarray(0, target.length - done);
      target.set(part, done);
      done += part.length;
    }
  }
}
