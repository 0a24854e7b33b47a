import type { PreparedQuery } from '../search/preparedQuery';
import { scoreOf } from '../search/preparedQuery';
import type { RowStore } from '../search/embeddingSearch';
import type { IndexMemory, ScanArea } from './indexMemory';

/** Scores some rows exactly: reads them where they are kept, and sums in double precision. */
export class ExactRows {
  constructor(
    private readonly memory: IndexMemory,
    private readonly rows: RowStore,
    private readonly area: ScanArea,
    private readonly prepared: PreparedQuery,
  ) {
    const vector = memory.float64(area.vector, memory.paddedDimension);
    vector.fill(0);
    vector.set(prepared.vector);
  }

  /**
   * @param ids Rising ids are read fastest.
   * @param scores Receives one score a row.
   */
  score(ids: Uint32Array, scores: Float64Array): void {
    const { exactRows } = this.memory;
    for (let first = 0; first < ids.length; first += exactRows) {
      const some = ids.subarray(first, first + exactRows);
      this.scoreWindow(some, scores.subarray(first, first + some.length));
    }
  }

  private scoreWindow(ids: Uint32Array, scores: Float64Array): void {
    const { memory, rows, area, prepared } = this;
    const { layout, rowCount } = memory;
    rows.copyRows(ids, memory.rowTarget(area.window, ids.length));
    memory.spreadRows(area.window, ids.length);
    this.sum(ids.length);
    const products = memory.float64(area.results, ids.length);
    const squares = memory.float64(
      prepared.metric === 'centered' ? layout.centeredSquares : layout.squaredNorms,
      rowCount,
    );
    ids.forEach((row, index) => {
      scores[index] = scoreOf(prepared, products[index], squares[row]);
    });
  }

  private sum(count: number): void {
    const { memory, area, prepared } = this;
    const { kernel, layout, paddedDimension } = memory;
    switch (prepared.metric) {
      case 'cosine':
      case 'dot':
        kernel.dots(area.vector, area.window, area.results, count, paddedDimension);
        break;
      case 'centered':
        kernel.centeredDots(area.vector, layout.mean, area.window, area.results, count, paddedDimension);
        break;
      case 'euclidean':
        kernel.squaredDistances(area.vector, area.window, area.results, count, paddedDimension);
        break;
    }
  }
}
