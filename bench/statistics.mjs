/** Smallest and middle value and the 95th percentile, in milliseconds as a rule. */
export function summarize(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    min: sorted[0],
    median: sorted[sorted.length >> 1],
    percentile95: sorted[Math.floor((sorted.length - 1) * 0.95)],
    runs: sorted.length,
  };
}

/** Times a function once: a promise that it returns is waited for. */
export async function time(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Uniform numbers in [0, 1) from a seed (mulberry32): every run asks the same queries. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One token, a mean of two, or king − man + woman, in turn. */
export function seededRequests(count, rowCount, k, seed) {
  const random = seededRandom(seed);
  const kinds = [[1], [0.5, 0.5], [1, -1, 1]];
  return Array.from({ length: count }, (_, i) => ({
    query: {
      terms: kinds[i % kinds.length].map((weight) => ({ weight, id: Math.floor(random() * rowCount) })),
    },
    k,
  }));
}
