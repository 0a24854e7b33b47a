import type { EmbeddingSource, openEmbeddingSource } from '../../../src/model/embeddingSource';
import type { ModelIdentity } from '../../../src/model/modelLocation';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

/** A source in memory: seeded rows, with a record of what was asked of it. */
export class FakeSource {
  readonly values: Float32Array;
  opened = 0;
  closed = 0;
  readonly reads: [firstRow: number, rows: number][] = [];
  /** How many rows each search looked at. */
  readonly copies: number[] = [];
  isUnchanged = true;
  /** Called before each read; may wait or throw. */
  beforeRead: (readNumber: number) => Promise<void> | void = () => undefined;

  constructor(
    readonly rowCount: number,
    readonly dimension: number,
  ) {
    const random = new SeededRandom(rowCount * 31 + dimension);
    this.values = new Float32Array(rowCount * dimension).map(() => random.roughNormal());
  }

  row(id: number): Float32Array {
    return this.values.subarray(id * this.dimension, (id + 1) * this.dimension);
  }

  identity(): ModelIdentity {
    return {
      name: 'fake',
      isSample: false,
      isVerified: false,
      path: '/models/fake.safetensors',
      tensorName: 'wte.weight',
      dtype: 'F32',
      rowCount: this.rowCount,
      dimension: this.dimension,
      warnings: ['an odd thing'],
    };
  }

  readonly open: typeof openEmbeddingSource = (_location, options) => {
    options?.signal?.throwIfAborted();
    this.opened++;
    const source: EmbeddingSource = {
      identity: this.identity(),
      file: this.identity().path,
      readRows: async (firstRow, target) => {
        this.reads.push([firstRow, target.length / this.dimension]);
        await this.beforeRead(this.reads.length);
        target.set(
          this.values.subarray(firstRow * this.dimension, firstRow * this.dimension + target.length),
        );
      },
      copyRows: (ids, target) => {
        this.copies.push(ids.length);
        ids.forEach((id, index) => {
          target.set(this.row(id), index * this.dimension);
        });
      },
      isUnchanged: () => this.isUnchanged,
      close: () => {
        this.closed++;
        return Promise.resolve();
      },
    };
    return Promise.resolve(source);
  };
}
