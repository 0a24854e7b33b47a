import type { GraphMemory } from './graphMemory';

/**
 * S: a row's codes are the whole numbers next to S · row / ‖row‖. No value of a unit row is larger than 1, so they fit into int16;
 * and two rows of codes, each at most S + √D / 2 long, have a product below 2³¹.
 */
export const UNIT_SCALE = 32766;

/** Covers double-precision roundings, in units of a code: those of the codes' own computation are below 10⁻¹⁰. */
const CODE_SLACK = 1e-6;

/**
 * Covers double-precision roundings of an exact cosine, in units of a product: up to 2⁻⁵³ a term of its sums, and S² < 1.1 · 10⁹, so
 * this is right for more than a million values a row. One more is for rounding up.
 */
const PRODUCT_SLACK = 4;

/** A source of rows, such as an opened checkpoint. */
export interface RowReader {
  /** @param target Whole rows from `firstRow` on, row-major. May be a view of shared WebAssembly memory. */
  readRows(firstRow: number, target: Float32Array, signal?: AbortSignal): Promise<void>;
}

/**
 * Codes all rows in one pass.
 *
 * @returns B: how much a product can differ from S² times the exact cosine.
 */
export async function encodeUnitRows(
  graph: GraphMemory,
  source: RowReader,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { layout, shape, kernel } = graph;
  graph
    .uint32(layout.encodeRequest, 5)
    .set([layout.codes, layout.thresholds, layout.ranked, layout.squaredNorms, shape.paddedDimension]);
  graph.int32(layout.thresholds, shape.paddedRows).fill(UNREACHABLE);
  const windowRows = graph.windowRows;
  let largest = 0;
  for (let row = 0; row < shape.rowCount; row += windowRows) {
    const count = Math.min(windowRows, shape.rowCount - row);
    await source.readRows(row, graph.rowTarget(layout.window, count), signal);
    signal?.throwIfAborted();
    graph.spreadRows(layout.window, count);
    const error = kernel.encodeUnitRows(layout.encodeRequest, UNIT_SCALE, layout.window, row, count);
    largest = Math.max(largest, error);
  }
  return productBound(Math.sqrt(largest));
}

/** Threshold of a row that collects nothing. */
const UNREACHABLE = 2 ** 31 - 1;

/**
 * With U = S · u for unit rows u, and codes c at most E away from them:
 *
 *     |U·V − c·d| = |(U − c)·V + c·(V − d)| ≤ E S + (S + E) E
 *
 * @param distance E, as computed.
 */
function productBound(distance: number): number {
  const largest = distance * (1 + 1e-9) + CODE_SLACK;
  return Math.ceil(2 * largest * UNIT_SCALE + largest * largest + PRODUCT_SLACK);
}
