import type { ScreeningMatrix } from '../core/embedding/kernel/screeningKernel';
import { centeredProducts, misplacedPoints, principalComponents } from '../core/embedding/projection';
import type { NeighborProjection } from './embeddingEngine';

/** The map of a query and some rows: principal components of their unit vectors. */
export function projectNeighbors(
  matrix: ScreeningMatrix,
  query: Float64Array,
  ids: Uint32Array,
): NeighborProjection {
  const rows = Array.from(ids, (id) => {
    const row = new Float64Array(matrix.dimension);
    matrix.unitRow(id, row);
    return row;
  });
  const points = [...rows, unitVector(query)];
  const products = centeredProducts(points);
  const { points: map, explained } = principalComponents(points, products);
  return {
    query: map[rows.length] ?? [0, 0],
    points: map.slice(0, rows.length),
    explained,
    misplaced: misplacedPoints(products, map).slice(0, rows.length),
  };
}

function unitVector(vector: Float64Array): Float64Array {
  // Relative to the largest value, so that no square over- or underflows.
  const largest = vector.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  if (largest === 0) {
    return vector;
  }
  const scaled = vector.map((value) => value / largest);
  const norm = Math.sqrt(scaled.reduce((sum, value) => sum + value * value, 0));
  return scaled.map((value) => value / norm);
}
