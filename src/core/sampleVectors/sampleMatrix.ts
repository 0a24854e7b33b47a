import { scramble } from './scramble';
import type { PackedSample } from './packedSample';
import { FORM_BITS } from './sampleForm';

/*
 * Each part of a token has axes of its own, so that none disturbs the order that another gives: after the columns of meaning come one
 * axis that all tokens share, as trained models have it, one for the space before, three for the case, and signs that tell tokens of
 * one meaning apart.
 */
const SPACE_AXIS = 1;
const CASE_AXES = 2;
const SIGN_AXES = 5;
const SIGNS = 23;

/** Squared shares; together 1. A meaning that is less sure leaves the rest of its share to the signs. */
const MEANING_SHARE = 0.55;
const COMMON_SHARE = 0.24;
const SPACE_SHARE = 0.07;
const CASE_SHARE = 0.06;
const SIGNS_SHARE = 0.08;

/** Lengths of vectors: frequent tokens, which have low ids, are shorter in trained models. */
const SHORTEST = 2.8;
const LENGTH_BY_ID = 0.9;
const LENGTH_SPREAD = 0.6;

const ROWS_AT_ONCE = 64;

/** The rows laid over the vocabulary: the vectors of all tokens, each made when it is asked for. */
export class SampleMatrix {
  readonly tokenCount: number;
  /** Values of a vector. */
  readonly dimension: number;
  private readonly columns: number;
  private readonly rows: Uint16Array;
  private readonly forms: Uint8Array;
  private readonly codes: Int8Array;
  private readonly values: Float32Array;
  /** Squared lengths of the meanings, by row: many tokens have the same. */
  private readonly squares: Float64Array;

  constructor(packed: PackedSample) {
    const { tokenCount, columns, rows, forms, levels } = packed;
    this.tokenCount = tokenCount;
    this.dimension = columns + SIGN_AXES + SIGNS;
    this.columns = columns;
    this.rows = rows;
    this.forms = forms;
    this.values = valuesOfCodes(levels);
    this.squares = new Float64Array(packed.rowCount);
    this.codes = codesByRow(packed, this.values, this.squares);
  }

  /** @param target Takes the vectors of `target.length / dimension` tokens from `firstId` on, which must exist. */
  writeRows(firstId: number, target: Float32Array): void {
    for (let id = firstId, start = 0; start < target.length; id++, start += this.dimension) {
      this.writeRow(id, target, start);
    }
  }

  private writeRow(id: number, target: Float32Array, start: number): void {
    const { columns, codes, values } = this;
    const row = this.rows[id];
    const firstCode = row * columns;
    const meaningLength = Math.sqrt(this.squares[row]);
    const certainty = Math.min(1, meaningLength);
    const length = lengthOf(id, this.tokenCount);
    const scale = meaningLength > 0 ? (Math.sqrt(MEANING_SHARE) * certainty * length) / meaningLength : 0;
    for (let i = 0; i < columns; i++) {
      target[start + i] = values[codes[firstCode + i] & 255] * scale;
    }
    const offsets = start + columns;
    target[offsets] = Math.sqrt(COMMON_SHARE) * length;
    const form = this.forms[id];
    const isSpaced = (form & FORM_BITS.space) !== 0;
    target[offsets + SPACE_AXIS] = Math.sqrt(SPACE_SHARE) * (isSpaced ? length : -length);
    target.fill(0, offsets + CASE_AXES, offsets + SIGN_AXES);
    target[offsets + CASE_AXES + caseIndex(form)] = Math.sqrt(CASE_SHARE) * length;
    const sign = Math.sqrt((SIGNS_SHARE + MEANING_SHARE * (1 - certainty * certainty)) / SIGNS) * length;
    const signs = scramble(row + 1) ^ (1 << (id % SIGNS));
    for (let i = 0; i < SIGNS; i++) {
      target[offsets + SIGN_AXES + i] = ((signs >>> i) & 1) === 0 ? sign : -sign;
    }
  }
}

/**
 * Codes row after row. Some rows at a time, so that what is written is still in the processor's cache when its next column comes.
 *
 * @param squares Takes the sum of the squared values of each row.
 */
function codesByRow(
  { rowCount, columns, codes }: PackedSample,
  values: Float32Array,
  squares: Float64Array,
): Int8Array {
  const byRow = new Int8Array(rowCount * columns);
  for (let first = 0; first < rowCount; first += ROWS_AT_ONCE) {
    const end = Math.min(rowCount, first + ROWS_AT_ONCE);
    for (let column = 0; column < columns; column++) {
      const source = column * rowCount;
      for (let row = first, to = first * columns + column; row < end; row++, to += columns) {
        const code = codes[source + row];
        const value = values[code & 255];
        byRow[to] = code;
        squares[row] += value * value;
      }
    }
  }
  return byRow;
}

/** What each code stands for, by its lowest 8 bits. */
function valuesOfCodes(levels: Float32Array): Float32Array {
  const values = new Float32Array(256);
  for (let code = 0; code < levels.length; code++) {
    values[code] = levels[code];
    values[(256 - code) & 255] = -levels[code];
  }
  return values;
}

function lengthOf(id: number, tokenCount: number): number {
  return SHORTEST + LENGTH_BY_ID * (id / tokenCount) + (LENGTH_SPREAD * scramble(id + 1)) / 2 ** 32;
}

function caseIndex(form: number): number {
  return (form & FORM_BITS.capital) !== 0 ? 1 : (form & FORM_BITS.upper) !== 0 ? 2 : 0;
}
