import { MAX_NEIGHBORS } from './panelMessages';
import type { AnswerView, DistributionView, MapView, MetricPlaceView, NeighborView } from './answerView';
import type { VerificationView } from './panelSnapshot';
import { parseMetric } from './parseChoices';
import { parseModelView } from './parseEmbeddingsView';
import { parseToken } from './parseTokenView';
import {
  listOf,
  oneOf,
  pairOf,
  parseCount,
  parseFields,
  parseFlag,
  parseList,
  parseNumber,
  textOf,
} from './parsing';

/** UTF-16 units of how a database searched. */
const MAX_SEARCHED_LENGTH = 200;

/** Parses an answer; undefined when it is none or not whole. */
export function parseAnswerView(value: unknown): AnswerView | undefined {
  return parseFields(
    value,
    {
      metric: parseMetric,
      neighbors: parseNeighbors,
      source: oneOf('graph', 'index', 'loop', 'table'),
      milliseconds: parseNumber,
      model: parseModelView,
    },
    {
      averageScore: parseNumber,
      searched: textOf(MAX_SEARCHED_LENGTH),
      distribution: parseDistribution,
      map: parseMap,
      previousMetric: parseMetric,
    },
  );
}

/** Parses how scores, norms or distances are distributed. */
export function parseDistribution(value: unknown): DistributionView | undefined {
  return parseFields(
    value,
    { from: parseNumber, to: parseNumber, counts: listOf(parseCount), total: parseCount },
    { below: parseCount, above: parseCount },
  );
}

/** Parses what Verify Similarity has found. */
export function parseVerification(value: unknown): VerificationView | undefined {
  return parseFields(value, {
    metric: parseMetric,
    rows: parseCount,
    loopMilliseconds: parseNumber,
    fastMilliseconds: parseNumber,
    largestDifference: parseNumber,
    correlation: parseNumber,
    sameOrder: parseFlag,
  });
}

function parseNeighbors(value: unknown): readonly NeighborView[] | undefined {
  return parseList(value, parseNeighbor, MAX_NEIGHBORS);
}

/** UTF-16 units: longer tokens do not fold. */
const LONGEST_FOLD_KEY = 500;

function parseNeighbor(value: unknown): NeighborView | undefined {
  return parseFields(
    value,
    {
      rank: parseCount,
      token: parseToken,
      score: parseNumber,
      norm: parseNumber,
      isQuery: parseFlag,
      foldKey: textOf(LONGEST_FOLD_KEY),
    },
    { previousRank: parseCount, underMetrics: listOf(parseMetricPlace) },
  );
}

function parseMetricPlace(value: unknown): MetricPlaceView | undefined {
  return parseFields(value, {
    metric: parseMetric,
    score: parseNumber,
    rank: parseCount,
    rankedCount: parseCount,
  });
}

const parsePoint = pairOf(parseNumber);

function parseMap(value: unknown): MapView | undefined {
  return parseFields(value, {
    query: parsePoint,
    points: listOf(parsePoint),
    explained: parsePoint,
    misplaced: listOf(parseFlag),
  });
}
