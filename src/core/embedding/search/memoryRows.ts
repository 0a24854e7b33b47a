import type { RowStore } from './embeddingSearch';

/** Rows that are all in memory. */
export class MemoryRows implements RowStore {
  /** @param values Row-major, `rowCount × dimension`; longer is allowed. */
  constructor(
    readonly rowCount: number,
    readonly dimension: number,
    readonly values: Float32Array,
  ) {}

  copyRows(ids: Uint32Array, target: Float32Array): void {
    const { dimension, values } = this;
    ids.forEach((id, index) => {
      target.set(values.subarray(id * dimension, (id + 1) * dimension), index * dimension);
    });
  }
}
