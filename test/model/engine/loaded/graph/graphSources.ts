import type { SourceIdentity } from '../../../../../src/engine/loaded/cache/sourceIdentity';
import { adversarialMatrix, rowOf, type TestMatrix } from '../../../../unit/embedding/testMatrix';

/** Tiles so small that a matrix of some hundred rows has hundreds of pairs of them. */
export const MANY_TILES = { tileRows: 24, panelTiles: 3 };

/** Adversarial rows, every fourth of them a copy of the first: lists that only exact scores and ids can order. */
export function clumpedMatrix(rowCount: number, dimension: number): TestMatrix {
  const matrix = adversarialMatrix(rowCount, dimension, rowCount + dimension);
  rowOf(matrix, 0).fill(1);
  for (let row = 4; row < rowCount; row += 4) {
    rowOf(matrix, row).set(rowOf(matrix, 0));
  }
  return matrix;
}

export function identityOf({ rowCount, dimension }: TestMatrix): SourceIdentity {
  return {
    path: '/models/test.safetensors',
    size: rowCount * dimension * 4 + 1000,
    mtimeMs: 1_700_000_000_000,
    tensorName: 'wte.weight',
    dtype: 'F32',
    shape: [rowCount, dimension],
  };
}
