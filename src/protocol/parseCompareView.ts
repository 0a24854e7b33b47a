import {
  MAX_COMPARED,
  type CompareItemView,
  type CompareView,
  type DimensionView,
  type MatrixView,
  type PairView,
  type VariantTableView,
  type VariantView,
} from './compareView';
import { parseComparedPair, parseCompareMode, parseMetric } from './parseChoices';
import { parseModelView } from './parseEmbeddingsView';
import { parseSyntaxError } from './parseQueryView';
import { parseTokens } from './parseTokenView';
import {
  listOf,
  orNull,
  pairOf,
  parseCount,
  parseFields,
  parseFlag,
  parseList,
  parseNumber,
  parseText,
} from './parsing';

/** Parses a comparison; undefined when it is none or not whole. */
export function parseCompareView(value: unknown): CompareView | undefined {
  return parseFields(
    value,
    { mode: parseCompareMode, items: parseItems, pairOf: parseComparedPair },
    {
      pair: parsePair,
      matrix: parseMatrix,
      error: parseText,
      model: parseModelView,
      milliseconds: parseNumber,
    },
  );
}

/** Parses a spelling variant of a word. */
export function parseVariant(value: unknown): VariantView | undefined {
  return parseFields(value, { text: parseText, pieces: parseTokens, isOriginal: parseFlag });
}

function parseItems(value: unknown): readonly CompareItemView[] | undefined {
  return parseList(value, parseItem, MAX_COMPARED);
}

function parseItem(value: unknown): CompareItemView | undefined {
  return parseFields(
    value,
    { text: parseText, pieces: parseTokens },
    { isFormula: parseFlag, syntaxError: parseSyntaxError },
  );
}

const parseNumbers = listOf(parseNumber);
const parseTwoNumbers = pairOf(parseNumber);

/** Scores by row and column, null where there is none. */
const parseTable = listOf(listOf(orNull(parseNumber)));

function parsePair(value: unknown): PairView | undefined {
  const pair = parseFields(
    value,
    {
      a: parseNumbers,
      b: parseNumbers,
      cosine: parseNumber,
      centered: parseNumber,
      dot: parseNumber,
      euclidean: parseNumber,
      pearson: parseNumber,
      norms: parseTwoNumbers,
      normPercentiles: parseTwoNumbers,
      averageCosine: parseNumber,
      averageCentered: parseNumber,
      dimensions: listOf(parseDimension),
    },
    { rankOfB: parseCount, variants: parseVariants },
  );
  return pair && pair.a.length === pair.b.length ? pair : undefined;
}

function parseDimension(value: unknown): DimensionView | undefined {
  return parseFields(value, { dimension: parseCount, a: parseNumber, b: parseNumber, share: parseNumber });
}

function parseVariants(value: unknown): VariantTableView | undefined {
  const table = parseFields(value, {
    rows: listOf(parseVariant),
    columns: listOf(parseVariant),
    cosines: parseTable,
  });
  return table && hasShape(table.cosines, table.rows.length, table.columns.length) ? table : undefined;
}

function parseMatrix(value: unknown): MatrixView | undefined {
  const matrix = parseFields(value, { metric: parseMetric, values: parseTable }, { average: parseNumber });
  return matrix && hasShape(matrix.values, matrix.values.length, matrix.values.length) ? matrix : undefined;
}

function hasShape(table: readonly (readonly unknown[])[], rows: number, columns: number): boolean {
  return table.length === rows && table.every((row) => row.length === columns);
}
