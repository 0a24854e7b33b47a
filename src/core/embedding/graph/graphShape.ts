import { checkShape } from '../matrixShape';

/** Neighbors in a list: k. The row itself is one of them. */
export const GRAPH_NEIGHBORS = 32;

/** Rows that are coded in one stream. */
export const BLOCK_ROWS = 4;
/** The kernel reads this many values of a row at a time. */
const BLOCK_VALUES = 16;

/**
 * Entries that a row can collect. More mean fewer interruptions and a lower threshold in between; the time is shortest around 128,
 * which is also 1 KB a row.
 */
export const GRAPH_CAPACITY = 128;

/** Codes of a tile, in bytes: it stays in a core's second cache, of which usual processors have 512 KB or more. */
const TILE_BYTES = 384 * 1024;
/** So many rows share a tile at most: a tile pair is what is interrupted, counted and saved. */
const MAX_TILE_ROWS = 256;
/** Tiles of a panel. Two panels are what a thread has for itself for some hundredths of a second. */
const PANEL_TILES = 8;

/** A pair of rows takes D multiply-adds. About five minutes of one thread at 40 · 10⁹ a second. */
const MAX_MULTIPLY_ADDS = 1.2e13;

/** What a job in the background may take of a machine that an editor and its language servers run on. */
const MAX_MEGABYTES = 1000;
/** And what it may take with codes that only make it faster: up to 1,024 dimensions of 50,257 rows. */
const MAX_NARROW_BYTES = 300e6;

/** How a graph's work is cut. */
export interface GraphShape {
  readonly rowCount: number;
  readonly dimension: number;
  /** N: rowCount, up to a multiple of 4. */
  readonly paddedRows: number;
  /** D: dimension, up to a multiple of 16. */
  readonly paddedDimension: number;
  /** A multiple of 4. */
  readonly tileRows: number;
  readonly tileCount: number;
  readonly panelTiles: number;
  readonly panelCount: number;
}

/** Sizes that tests make small, so that small matrices have many tiles. */
export interface TileSizes {
  readonly tileRows?: number;
  readonly panelTiles?: number;
}

/** @throws {RangeError} unless both are whole numbers from 1 on. */
export function graphShape(rowCount: number, dimension: number, sizes: TileSizes = {}): GraphShape {
  checkShape(rowCount, dimension);
  const paddedRows = Math.ceil(rowCount / BLOCK_ROWS) * BLOCK_ROWS;
  const paddedDimension = Math.ceil(dimension / BLOCK_VALUES) * BLOCK_VALUES;
  const fitting = Math.floor(TILE_BYTES / (paddedDimension * 2) / BLOCK_ROWS) * BLOCK_ROWS;
  const tileRows = sizes.tileRows ?? Math.max(BLOCK_ROWS, Math.min(MAX_TILE_ROWS, fitting));
  const tileCount = Math.ceil(paddedRows / tileRows);
  const panelTiles = sizes.panelTiles ?? PANEL_TILES;
  const panelCount = Math.ceil(tileCount / panelTiles);
  return {
    rowCount,
    dimension,
    paddedRows,
    paddedDimension,
    tileRows,
    tileCount,
    panelTiles,
    panelCount,
  };
}

/**
 * Refuses what would take too long or too much.
 *
 * @param bytes Memory that the graph takes.
 * @throws {RangeError} with the figures.
 */
export function checkGraphSize(shape: GraphShape, bytes: number): void {
  const { rowCount, dimension } = shape;
  const multiplyAdds = totalMultiplyAdds(shape);
  const what = `The neighbor graph of ${rowCount} × ${dimension} values`;
  if (multiplyAdds > MAX_MULTIPLY_ADDS) {
    const times = (multiplyAdds / MAX_MULTIPLY_ADDS).toFixed(1);
    throw new RangeError(
      `${what} takes ${multiplyAdds.toExponential(1)} multiply-adds, ${times} times the ${MAX_MULTIPLY_ADDS.toExponential(1)} that are about five minutes of work.`,
    );
  }
  const megabytes = Math.ceil(bytes / 1e6);
  if (megabytes > MAX_MEGABYTES) {
    throw new RangeError(
      `${what} takes ${megabytes.toLocaleString('en-US')} MB of memory, more than the ${MAX_MEGABYTES.toLocaleString('en-US')} MB that it may have.`,
    );
  }
}

/** Whether there may be narrow codes too, with which the graph takes so many bytes. */
export function mayBeNarrow(bytes: number): boolean {
  return bytes <= MAX_NARROW_BYTES;
}

/** Multiply-adds of all pairs. */
export function totalMultiplyAdds({ paddedRows, paddedDimension }: GraphShape): number {
  return ((paddedRows * (paddedRows + BLOCK_ROWS)) / 2) * paddedDimension;
}

/** The rows of a tile: first, and one after the last. */
export function rowsOfTile({ tileRows, paddedRows }: GraphShape, tile: number): [first: number, end: number] {
  return [tile * tileRows, Math.min(paddedRows, (tile + 1) * tileRows)];
}

/** How many pairs of tiles there are, a tile with itself included. */
export function tilePairCount({ tileCount }: GraphShape): number {
  return (tileCount * (tileCount + 1)) / 2;
}

/** Number of a pair of tiles, first ≤ second. */
export function tilePairIndex(first: number, second: number): number {
  return (second * (second + 1)) / 2 + first;
}

/** Multiply-adds of a pair of tiles. */
export function tilePairMultiplyAdds(shape: GraphShape, first: number, second: number): number {
  const [firstRow, endRow] = rowsOfTile(shape, first);
  const [firstOther, endOther] = rowsOfTile(shape, second);
  const rows = endRow - firstRow;
  const others = first === second ? (rows + BLOCK_ROWS) / 2 : endOther - firstOther;
  return rows * others * shape.paddedDimension;
}

/** The pairs of tiles of two panels, first ≤ second. */
export function* tilePairsOf(
  { panelTiles, tileCount }: GraphShape,
  firstPanel: number,
  secondPanel: number,
): Generator<readonly [first: number, second: number], void, undefined> {
  const endOf = (panel: number): number => Math.min(tileCount, (panel + 1) * panelTiles);
  for (let first = firstPanel * panelTiles; first < endOf(firstPanel); first++) {
    const start = firstPanel === secondPanel ? first : secondPanel * panelTiles;
    for (let second = start; second < endOf(secondPanel); second++) {
      yield [first, second];
    }
  }
}
