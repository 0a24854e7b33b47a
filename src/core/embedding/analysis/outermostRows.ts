import type { ScoreBounds } from '../search/embeddingSearch';

/**
 * The rows among which the least and the greatest exact score are, but for rows whose bounds are the score already. A row that is not
 * among them has a lower bound above the least score, and an upper bound below the greatest. Rising.
 *
 * @param norms NaN for the rows that do not count.
 */
export function outermostRows({ lower, upper }: ScoreBounds, norms: Float64Array): Uint32Array {
  let leastUpper = Infinity;
  let greatestLower = -Infinity;
  for (let row = 0; row < norms.length; row++) {
    if (!Number.isNaN(norms[row])) {
      leastUpper = upper[row] < leastUpper ? upper[row] : leastUpper;
      greatestLower = lower[row] > greatestLower ? lower[row] : greatestLower;
    }
  }
  const outermost = new Uint32Array(norms.length);
  let count = 0;
  for (let row = 0; row < norms.length; row++) {
    const low = lower[row];
    const high = upper[row];
    if (Number.isNaN(norms[row]) || low === high) {
      continue;
    }
    // So written that bounds which are not numbers, and say nothing, count as reaching everywhere.
    if (!(low > leastUpper && high < greatestLower)) {
      outermost[count++] = row;
    }
  }
  return outermost.slice(0, count);
}
