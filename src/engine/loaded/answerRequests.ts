import { clippedHistogramOf } from '../../core/embedding/analysis/histogram';
import { combinationFor, type Metric } from '../../core/embedding/metric';
import type { EmbeddingSearch, RankedRows, SearchRequest } from '../../core/embedding/search/embeddingSearch';
import type { ModelIdentity } from '../../model/modelLocation';
import {
  MAX_PROJECTED,
  type Neighbor,
  type NeighborAnswer,
  type NeighborRequest,
} from '../questions/neighborAnswer';
import type { ScoreDistribution } from '../questions/scoreDistribution';
import { projectNeighbors } from './projectNeighbors';
import { orderingVector } from './requestedVector';

/** The metric of a request that names none. */
export const DEFAULT_METRIC: Metric = 'cosine';

/** Bars of a histogram: fine enough to show a shape, few enough to be drawn small. */
const DISTRIBUTION_BINS = 100;

/** Answers requests by searches in a matrix. */
export function answerRequests(
  search: EmbeddingSearch,
  model: ModelIdentity,
  requests: readonly NeighborRequest[],
): NeighborAnswer[] {
  const start = performance.now();
  const searches = requests.map((request) => searchRequest(search, request));
  const [only] = searches;
  const ranked =
    searches.length === 1 && only !== undefined ? [search.search(only)] : search.searchMany(searches);
  const milliseconds = performance.now() - start;
  return requests.flatMap((request, index) => {
    const asked = searches[index];
    const rows = ranked[index];
    return asked === undefined || rows === undefined
      ? []
      : [answer(search, model, request, asked, rows, milliseconds)];
  });
}

/** Mean score of a request's query over all ranked rows. */
export function averageScoreOf(search: EmbeddingSearch, request: NeighborRequest): number {
  const { query, metric } = searchRequest(search, request);
  return search.averageScore(query, metric);
}

function searchRequest(search: EmbeddingSearch, request: NeighborRequest): SearchRequest {
  const metric = request.metric ?? DEFAULT_METRIC;
  const query = orderingVector(search, request.query, metric);
  return { query, metric, k: request.k, allowed: request.allowed };
}

function answer(
  search: EmbeddingSearch,
  model: ModelIdentity,
  request: NeighborRequest,
  { query, metric }: SearchRequest,
  ranked: RankedRows,
  milliseconds: number,
): NeighborAnswer {
  const neighbors: Neighbor[] = Array.from(ranked.ids, (id, index) => ({
    id,
    score: ranked.scores[index] ?? 0,
    norm: search.norms[id] ?? 0,
  }));
  return {
    metric,
    combination: combinationFor(metric),
    neighbors,
    averageScore: search.averageScore(query, metric),
    ...(request.projection === true && {
      projection: projectNeighbors(search, query, ranked.ids.subarray(0, MAX_PROJECTED)),
    }),
    ...(request.distribution === true && { distribution: distributionOf(search, query, metric) }),
    model,
    milliseconds,
    source: search.kernel === 'loop' ? 'loop' : 'index',
  };
}

/** How the scores of all ranked rows are distributed, but for a few that are far from all others. */
function distributionOf(search: EmbeddingSearch, query: Float64Array, metric: Metric): ScoreDistribution {
  const scores = new Float32Array(search.rowCount);
  search.approximateScores(query, metric, scores);
  return clippedHistogramOf(scores, DISTRIBUTION_BINS);
}
