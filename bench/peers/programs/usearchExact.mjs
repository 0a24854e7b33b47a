// usearchExact.mjs <threads, 0 for all>: `exactSearch` of USearch, by inner product.
import { normalizeRows, packageVersion, servePeer } from '../servePeer.mjs';

const threads = Number(process.argv[2]);

await servePeer(async (matrix, { dimension }) => {
  const { exactSearch, MetricKind } = await import('usearch');
  normalizeRows(matrix, dimension);
  const search = (queries, k) => {
    normalizeRows(queries, dimension);
    const found = exactSearch(matrix, queries, dimension, k, MetricKind.IP, threads);
    // Its distance is 1 − inner product.
    return { ids: found.keys, scores: found.distances.map((distance) => 1 - distance) };
  };
  return { version: packageVersion('usearch'), search, searchBatch: search };
});
