import {
  comparedToken,
  type CompareItemView,
  type CompareView,
  type MatrixView,
  type PairView,
} from '../../../protocol/compareView';
import type { ModelView } from '../../../protocol/embeddingsView';
import { guardedCell } from '../../../protocol/guardedCell';
import { modelLine } from '../../session/modelIdentity';
import { csvRow } from './csvRow';

/** A comparison whose numbers are there, with all that it takes to get them again. */
export interface ComparisonExport {
  readonly compare: CompareView;
  readonly model: ModelView;
  /** Of Tokenscope. */
  readonly version: string;
}

/**
 * The matrix as CSV: a row and a column a text, in the same order. An item without a vector has empty cells. What belongs to the matrix as a
 * whole is in every row behind the numbers, as in the list.
 *
 * @param order Numbers of the items as they are to stand.
 * @throws {RangeError} where the order does not have every item once.
 */
export function matrixCsv(
  { compare, model, version }: ComparisonExport,
  matrix: MatrixView,
  order: readonly number[],
): string {
  const items = order.map((index) => compare.items[index]).filter((item) => item !== undefined);
  if (items.length !== compare.items.length || new Set(order).size !== items.length) {
    throw new RangeError('The order does not have every text of the matrix once.');
  }
  const names = items.map((item) => guardedCell(itemLabel(item)));
  const same = [matrix.metric, ...originCells(model, version)];
  const rows = order.map((row, place) =>
    csvRow([
      names[place] ?? '',
      ids(items[place]),
      ...order.map((column) => numberCell(matrix.values[row]?.[column])),
      ...same,
    ]),
  );
  return [csvRow(['text', 'ids', ...names, 'metric', ...ORIGIN_COLUMNS]), ...rows].join('');
}

/** The two vectors of a pair as CSV, a row a dimension: both values, and what the dimension adds to the cosine. */
export function pairCsv({ compare, model, version }: ComparisonExport, pair: PairView): string {
  const [a, b] = compare.pairOf.map((index) => compare.items[index]);
  const same = [
    ...[a, b].flatMap((item) => [item ? guardedCell(itemLabel(item)) : '', ids(item)]),
    String(pair.cosine),
    ...originCells(model, version),
  ];
  const product = pair.norms[0] * pair.norms[1];
  const rows = pair.a.map((value, dimension) => {
    const other = pair.b[dimension] ?? 0;
    const share = product > 0 ? (value * other) / product : 0;
    return csvRow([...[dimension, value, other, share].map(String), ...same]);
  });
  return [csvRow(PAIR_COLUMNS), ...rows].join('');
}

const ORIGIN_COLUMNS = ['model', 'sample_vectors', 'tokenscope_version'];

const PAIR_COLUMNS = [
  ...['dimension', 'a', 'b', 'share_of_cosine'],
  ...['text_a', 'ids_a', 'text_b', 'ids_b', 'cosine'],
  ...ORIGIN_COLUMNS,
];

function originCells(model: ModelView, version: string): string[] {
  return [guardedCell(modelLine(model)), String(model.isSample), version];
}

/** A token with visible white space, as in the list; anything else as it was typed. */
function itemLabel(item: CompareItemView): string {
  return comparedToken(item)?.plain ?? item.text;
}

/** Ids of all tokens with spaces between: which tokens it is about, whatever its text looks like. */
function ids(item: CompareItemView | undefined): string {
  return (item?.pieces ?? []).map(({ id }) => id).join(' ');
}

function numberCell(value: number | null | undefined): string {
  return typeof value === 'number' ? String(value) : '';
}
