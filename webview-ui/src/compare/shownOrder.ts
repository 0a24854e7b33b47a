import type { MatrixView } from '../../../src/protocol/compareView';
import { isDistance } from '../metrics';
import type { CompareState } from './compareState';
import { orderBySimilarity } from './seriation';

/** Numbers of the texts as rows and columns of the matrix stand. */
export function shownOrder({ metric, values }: MatrixView, { order }: CompareState): number[] {
  return order === 'typed' ? [...values.keys()] : orderBySimilarity(values, isDistance(metric));
}
