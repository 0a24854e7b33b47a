import { BestValues } from './bestValues';

/**
 * The k-th largest of some values, counting equal ones separately.
 *
 * @param values Any numbers but NaN.
 * @param k 1 … values.length.
 */
export function kthLargest(values: Float32Array, k: number): number {
  if (!(Number.isInteger(k) && k >= 1 && k <= values.length)) {
    throw new RangeError(`There is no ${k}-th largest of ${values.length} values.`);
  }
  const best = new BestValues(k);
  for (const value of values) {
    best.add(value);
  }
  return best.smallest;
}
