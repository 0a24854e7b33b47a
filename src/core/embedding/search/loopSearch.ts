import { centeredDotWithRow, dotWithRow, squaredDistanceToRow, squaredLength } from '../canonicalSums';
import { checkShape } from '../matrixShape';
import type { Metric } from '../metric';
import { addRow, countRows, emptyRowSet, intersectRows, rowsOf } from './allowedRows';
import type { EmbeddingSearch, RankedRows, ScoreBounds, SearchRequest } from './embeddingSearch';
import type { MemoryRows } from './memoryRows';
import { prepareQuery, scoreOf, type PreparedQuery } from './preparedQuery';
import { rankRows, requestedCount } from './rankRows';

/**
 * "The loop way": scores every row in double precision, one after the other, and sorts. Slow, short, and right: what the index is
 * verified against, and what runs where WebAssembly SIMD cannot. Keeps all rows in memory.
 */
export class LoopSearch implements EmbeddingSearch {
  readonly kernel = 'loop';
  readonly rowCount: number;
  readonly dimension: number;
  readonly norms: Float64Array;
  readonly meanRow: Float64Array;
  private readonly squaredNorms: Float64Array;
  private readonly ranked: Uint32Array;
  /** Σ (value − mean)² of each row, once they are needed. */
  private centeredSquares: Float64Array | undefined;

  constructor(readonly rows: MemoryRows) {
    const { rowCount, dimension, values } = rows;
    checkShape(rowCount, dimension);
    this.rowCount = rowCount;
    this.dimension = dimension;
    this.squaredNorms = Float64Array.from({ length: rowCount }, (_, row) =>
      squaredLength(values, row * dimension, dimension),
    );
    this.norms = this.squaredNorms.map((squared) => (Number.isFinite(squared) ? Math.sqrt(squared) : NaN));
    this.ranked = emptyRowSet(rowCount);
    this.meanRow = new Float64Array(dimension);
    this.measureRanked();
  }

  search(request: SearchRequest): RankedRows {
    const prepared = prepareQuery(request.query, request.metric, this.meanRow);
    const ids = rowsOf(intersectRows(this.ranked, request.allowed));
    const scores = Float64Array.from(ids, (row) => this.exactScore(prepared, row));
    const count = requestedCount(request.k, ids.length);
    return {
      ...rankRows(request.metric, ids, scores, count),
      candidates: ids.length,
      rescored: ids.length,
    };
  }

  searchMany(requests: readonly SearchRequest[]): RankedRows[] {
    return requests.map((request) => this.search(request));
  }

  approximateScores(query: Float64Array, metric: Metric, target: Float32Array): void {
    const prepared = prepareQuery(query, metric, this.meanRow);
    for (let row = 0; row < this.rowCount; row++) {
      target[row] = Number.isNaN(this.norms[row]) ? NaN : this.exactScore(prepared, row);
    }
  }

  bounds(query: Float64Array, metric: Metric): ScoreBounds {
    const ids = rowsOf(this.ranked);
    const scores = this.exactScores(query, metric, ids);
    const lower = new Float64Array(this.rowCount).fill(NaN);
    ids.forEach((row, index) => {
      lower[row] = scores[index];
    });
    return { lower, upper: lower.slice() };
  }

  exactScores(query: Float64Array, metric: Metric, ids: Uint32Array): Float64Array {
    const prepared = prepareQuery(query, metric, this.meanRow);
    return Float64Array.from(ids, (row) => this.exactScore(prepared, row));
  }

  centroidDistances(): Float64Array {
    const squares = (this.centeredSquares ??= this.measureCentered());
    return squares.map((square, row) => (Number.isNaN(this.norms[row]) ? NaN : Math.sqrt(square)));
  }

  averageScore(query: Float64Array, metric: Metric): number {
    const prepared = prepareQuery(query, metric, this.meanRow);
    const ids = rowsOf(this.ranked);
    let sum = 0;
    for (const row of ids) {
      const score = this.exactScore(prepared, row);
      sum += metric === 'euclidean' ? score * score : score;
    }
    const mean = ids.length === 0 ? 0 : sum / ids.length;
    return metric === 'euclidean' ? Math.sqrt(mean) : mean;
  }

  private exactScore(prepared: PreparedQuery, row: number): number {
    const { dimension, rows, meanRow } = this;
    const start = row * dimension;
    switch (prepared.metric) {
      case 'cosine':
      case 'dot':
        return scoreOf(prepared, dotWithRow(prepared.vector, rows.values, start), this.squaredNorms[row]);
      case 'centered': {
        this.centeredSquares ??= this.measureCentered();
        const product = centeredDotWithRow(prepared.vector, meanRow, rows.values, start);
        return scoreOf(prepared, product, this.centeredSquares[row]);
      }
      case 'euclidean':
        return scoreOf(prepared, squaredDistanceToRow(prepared.vector, rows.values, start), 0);
    }
  }

  private measureRanked(): void {
    const { rowCount, dimension, meanRow } = this;
    for (let row = 0; row < rowCount; row++) {
      if (!Number.isNaN(this.norms[row])) {
        addRow(this.ranked, row);
        for (let j = 0; j < dimension; j++) {
          meanRow[j] += this.rows.values[row * dimension + j];
        }
      }
    }
    const count = Math.max(1, countRows(this.ranked));
    for (let j = 0; j < dimension; j++) {
      meanRow[j] /= count;
    }
  }

  private measureCentered(): Float64Array {
    const { rowCount, dimension, meanRow, rows } = this;
    return Float64Array.from({ length: rowCount }, (_, row) =>
      squaredDistanceToRow(meanRow, rows.values, row * dimension),
    );
  }
}
