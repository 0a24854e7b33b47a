/**
 * @typedef {object} Best
 * @property {ArrayLike<number>} ids Nearest first, equal scores by id.
 * @property {ArrayLike<number>} scores Of these.
 */

/**
 * The k best of all scores by sorting all of them, as most code does.
 *
 * @param {ArrayLike<number>} scores
 * @returns {Best}
 */
export function bestBySorting(scores, k) {
  const ids = Uint32Array.from(scores, (_, id) => id)
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .subarray(0, k);
  return { ids, scores: Array.from(ids, (id) => scores[id]) };
}

/**
 * The k best of all scores by one pass over them that keeps the best so far in order: few scores ever get in.
 *
 * @param {ArrayLike<number>} scores At least k.
 * @returns {Best}
 */
export function bestByInserting(scores, k) {
  const ids = new Uint32Array(k);
  const best = new Float64Array(k).fill(-Infinity);
  for (let id = 0; id < scores.length; id++) {
    const score = scores[id];
    if (score > best[k - 1]) {
      let place = k - 1;
      for (; place > 0 && best[place - 1] < score; place--) {
        best[place] = best[place - 1];
        ids[place] = ids[place - 1];
      }
      best[place] = score;
      ids[place] = id;
    }
  }
  return { ids, scores: best };
}
