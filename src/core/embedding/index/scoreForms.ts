import { addRow, emptyRowSet, hasRow, removeRow, rowsOf } from '../search/allowedRows';
import type { PreparedQuery } from '../search/preparedQuery';
import type { IndexMemory } from './indexMemory';

/**
 * Lengths between which single precision neither over- nor underflows in a screened score. The largest figure is that of `euclidean`,
 * n² / 2 / ‖q‖ ≤ 2¹¹⁹; float32 ends at 2¹²⁸.
 */
const SMALLEST_MODERATE_LENGTH = 2 ** -40;
const LARGEST_MODERATE_LENGTH = 2 ** 40;

const FLOAT64_ROUNDOFF = 2 ** -53;

/**
 * How a metric's scores follow from the similarity of unit vectors. With w the unit query, u the unit row, n = ‖row‖, μ the mean row:
 *
 *     score to rank by / ‖query‖ = gain · (w·u) + weight · offset
 *
 *     metric      gain            offset          weight          score to rank by
 *     cosine      1               0                               cosine
 *     centered    n / ‖row − μ‖   −1 / ‖row − μ‖  (q−μ)·μ/‖q−μ‖   cosine of q − μ and row − μ, times ‖query‖
 *     dot         n               0                               q·row
 *     euclidean   n               −n² / 2         1 / ‖q‖         q·row − n² / 2 = (‖q‖² − distance²) / 2
 *
 * All gains and offsets of a zero row are 0, but for −1 / ‖μ‖ in `centered`.
 */
export interface ScoreForm {
  /** Addresses of float32 arrays; of the gains 0 where no array is needed: 1, but 0 for a zero row, and no offset. */
  readonly gains: number;
  readonly offsets: number;
  /** Rows that can be screened. */
  readonly screened: Uint32Array;
  /** Ranked rows that cannot, because their lengths are extreme: they are always scored exactly. Rising. */
  readonly extreme: Uint32Array;
}

/** Fills the rows' lengths, and the arrays of all metrics but `centered`, from the squared lengths. */
export function fillLengthForms(memory: IndexMemory): void {
  const { layout, rowCount } = memory;
  const squaredNorms = memory.float64(layout.squaredNorms, rowCount);
  const norms = memory.float64(layout.norms, rowCount);
  const lengthGains = memory.float32(layout.lengthGains, rowCount);
  const euclideanOffsets = memory.float32(layout.euclideanOffsets, rowCount);
  const ranked = rowSet(memory, layout.rankedRows);
  const moderate = rowSet(memory, layout.moderateRows);
  // A damaged file may have been read into them before.
  ranked.fill(0);
  moderate.fill(0);
  for (let row = 0; row < rowCount; row++) {
    const squared = squaredNorms[row];
    const norm = Math.sqrt(squared);
    const isRanked = Number.isFinite(squared);
    const isModerate = isRanked && isScreenable(norm);
    norms[row] = isRanked ? norm : NaN;
    lengthGains[row] = isModerate ? norm : 0;
    euclideanOffsets[row] = isModerate ? -squared / 2 : 0;
    if (isRanked) {
      addRow(ranked, row);
    }
    if (isModerate) {
      addRow(moderate, row);
    }
  }
}

/** The forms that {@link fillLengthForms} filled. */
export function lengthForms(
  memory: IndexMemory,
): Readonly<Record<'cosine' | 'dot' | 'euclidean', ScoreForm>> {
  const { layout } = memory;
  const ranked = rowSet(memory, layout.rankedRows);
  const screened = rowSet(memory, layout.moderateRows);
  // Whatever the offsets are, their weight is 0 for all but `euclidean`.
  const offsets = layout.euclideanOffsets;
  const byLength = { gains: layout.lengthGains, offsets, screened, extreme: rowsBeside(ranked, screened) };
  return {
    cosine: { gains: 0, offsets, screened: ranked, extreme: new Uint32Array(0) },
    dot: byLength,
    euclidean: byLength,
  };
}

/** Fills the arrays of `centered`, once the rows' centered lengths are there. */
export function fillCenteredForm(memory: IndexMemory): void {
  const { layout, rowCount } = memory;
  const norms = memory.float64(layout.norms, rowCount);
  const squares = memory.float64(layout.centeredSquares, rowCount);
  const gains = memory.float32(layout.centeredGains, rowCount);
  const offsets = memory.float32(layout.centeredOffsets, rowCount);
  const screened = rowSet(memory, layout.centeredRows);
  screened.set(rowSet(memory, layout.moderateRows));
  for (let row = 0; row < rowCount; row++) {
    const length = Math.sqrt(squares[row]);
    const isUsed = length > 0 && isScreenable(length) && hasRow(screened, row);
    gains[row] = isUsed ? norms[row] / length : 0;
    offsets[row] = isUsed ? -1 / length : 0;
    if (!isScreenable(length)) {
      removeRow(screened, row);
    }
  }
}

/** The form that {@link fillCenteredForm} filled. */
export function centeredForm(memory: IndexMemory): ScoreForm {
  const { layout } = memory;
  const screened = rowSet(memory, layout.centeredRows);
  return {
    gains: layout.centeredGains,
    offsets: layout.centeredOffsets,
    screened,
    extreme: rowsBeside(rowSet(memory, layout.rankedRows), screened),
  };
}

function rowSet(memory: IndexMemory, address: number): Uint32Array {
  return memory.uint32(address, emptyRowSet(memory.rowCount).length);
}

/** The rows of the first set that are not in the second, rising. */
function rowsBeside(rows: Uint32Array, others: Uint32Array): Uint32Array {
  return rowsOf(rows.map((word, index) => word & ~others[index]));
}

function isScreenable(length: number): boolean {
  return length === 0 || (length >= SMALLEST_MODERATE_LENGTH && length <= LARGEST_MODERATE_LENGTH);
}

/** The part of a score form that depends on the query. */
export interface QueryForm {
  readonly offsetWeight: number;
  /**
   * What a screened score may be off beyond the relative errors: where lengths nearly cancel, roundings of the exact figure itself, in
   * double precision, show. They are below 4 · (d + 8) · 2⁻⁵³ of the terms; doubled.
   */
  readonly absoluteSlack: number;
}

/** @returns undefined where the query's length, or the mean's, is so extreme that no row can be screened. */
export function queryForm(prepared: PreparedQuery, mean: Float64Array): QueryForm | undefined {
  const { metric, vector, length } = prepared;
  switch (metric) {
    case 'cosine':
    case 'dot':
      return { offsetWeight: 0, absoluteSlack: 0 };
    case 'centered': {
      let product = 0;
      let squared = 0;
      for (let j = 0; j < mean.length; j++) {
        product += vector[j] * mean[j];
        squared += mean[j] * mean[j];
      }
      return Math.sqrt(squared) <= LARGEST_MODERATE_LENGTH
        ? { offsetWeight: product / length, absoluteSlack: 8 * (vector.length + 8) * FLOAT64_ROUNDOFF }
        : undefined;
    }
    case 'euclidean':
      return length >= SMALLEST_MODERATE_LENGTH && length <= LARGEST_MODERATE_LENGTH
        ? { offsetWeight: 1 / length, absoluteSlack: 8 * (vector.length + 8) * FLOAT64_ROUNDOFF * length }
        : undefined;
  }
}
