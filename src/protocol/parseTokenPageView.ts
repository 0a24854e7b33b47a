import {
  MOST_ENCODED,
  MOST_PAGE_BYTES,
  type MergeNodeView,
  type MergeStepView,
  type MergeTreeView,
  type MetricNeighborsView,
  type RoundTripView,
  type TokenMeasuresView,
  type TokenPageView,
  type TokenVariantView,
} from './tokenPageView';
import { parseDistribution } from './parseAnswerView';
import { parseMetric } from './parseChoices';
import { parseModelView } from './parseEmbeddingsView';
import { parsePageToken, parseToken, parseTokens } from './parseTokenView';
import {
  isWholeNumber,
  listOf,
  pairOf,
  parseCount,
  parseFields,
  parseFlag,
  parseNumber,
  parseText,
} from './parsing';

/** Parses the page of a token; undefined when it is none or not whole. */
export function parseTokenPageView(value: unknown): TokenPageView | undefined {
  return parseFields(
    value,
    {
      token: parsePageToken,
      bytes: listOf((byte) => (isWholeNumber(byte, 0, 255) ? byte : undefined), MOST_PAGE_BYTES),
      byteLength: parseCount,
      characters: parseCount,
      isByteFragment: parseFlag,
      isSpecial: parseFlag,
      roundTrip: parseRoundTrip,
      variants: listOf(parseTokenVariant),
    },
    {
      merges: parseMergeTree,
      measures: parseMeasures,
      neighbors: pairOf(parseMetricNeighbors),
      model: parseModelView,
      milliseconds: parseNumber,
    },
  );
}

function parseRoundTrip(value: unknown): RoundTripView | undefined {
  return parseFields(value, {
    encodesTo: listOf(parseToken, MOST_ENCODED),
    encodedCount: parseCount,
    isSame: parseFlag,
  });
}

function parseMergeTree(value: unknown): MergeTreeView | undefined {
  return parseFields(value, { steps: listOf(parseMergeStep), nodes: listOf(parseMergeNode) });
}

function parseMergeStep(value: unknown): MergeStepView | undefined {
  return parseFields(value, { left: parseToken, right: parseToken, result: parseToken, rule: parseCount });
}

function parseMergeNode(value: unknown): MergeNodeView | undefined {
  return parseFields(value, { token: parseToken, start: parseCount, end: parseCount, level: parseCount });
}

function parseMeasures(value: unknown): TokenMeasuresView | undefined {
  return parseFields(
    value,
    {
      norm: parseNumber,
      normPercentile: parseNumber,
      norms: parseDistribution,
      centroidDistance: parseNumber,
      centroidPercentile: parseNumber,
    },
    { underTrained: parseText },
  );
}

function parseTokenVariant(value: unknown): TokenVariantView | undefined {
  return parseFields(
    value,
    { text: parseText, pieces: parseTokens, isOriginal: parseFlag },
    { cosine: parseNumber },
  );
}

function parseMetricNeighbors(value: unknown): MetricNeighborsView | undefined {
  return parseFields(
    value,
    { metric: parseMetric, neighbors: listOf(parseRankedToken) },
    { refusal: parseText },
  );
}

function parseRankedToken(value: unknown): MetricNeighborsView['neighbors'][number] | undefined {
  return parseFields(value, {
    rank: parseCount,
    token: parseToken,
    score: parseNumber,
    otherRank: parseCount,
  });
}
