import type { RowsWithNorms } from '../../core/embedding/queryVector';
import { centeredProducts, misplacedPoints, principalComponents } from '../../core/embedding/projection';
import type { NeighborProjection } from '../questions/neighborAnswer';

/** The map of a query and some rows: principal components of their unit vectors. */
export function projectNeighbors(
  { rows: store, norms }: RowsWithNorms,
  query: Float64Array,
  ids: Uint32Array,
): NeighborProjection {
  const values = new Float32Array(ids.length * store.dimension);
  store.copyRows(ids, values);
  const rows = Array.from(ids, (id, index) => {
    const row = Float64Array.from(values.subarray(index * store.dimension, (index + 1) * store.dimension));
    const norm = norms[id] ?? 0;
    return norm > 0 ? row.map((value) => value / norm) : row;
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
