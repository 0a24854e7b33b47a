import { allowedRows, FilteredVocabulary, type RowFilter } from '../../core/query/filters/allowedRows';
import type { LabelTable } from '../../core/labels/labelTable';
import { rowsByLabel } from '../../core/query/filters/labelRows';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { inSlices } from '../../model/inSlices';
import type { FilterView } from '../../protocol/panelSnapshot';
import { TakingTurns } from '../work/takingTurns';
import { SLICE_TOKENS, vocabularySlices } from './vocabularySlice';

/** Filters whose rows are remembered for each tokenizer: as many as a user goes back and forth between. */
const REMEMBERED = 20;

interface SlicedVocabulary {
  /** None where there are labels, which are looked through as they lie. */
  readonly slices: readonly FilteredVocabulary[];
  readonly labels: LabelTable | undefined;
  /** Rows by filter; the one used longest ago comes first. */
  readonly remembered: Map<string, Uint32Array>;
}

/** Which rows the filters let through, for all inspectors: computed once for each tokenizer and filter, a slice at a time. */
export class VocabularyFilters {
  private readonly vocabularies = new WeakMap<Tokenizer, SlicedVocabulary>();

  /**
   * @param filter Its least score is not looked at.
   * @param excludedIds Tokens that are left out beside those that the filter names.
   * @returns Bit `id & 31` of word `id >> 5`; undefined where all rows pass.
   * @throws The signal's reason when it is aborted.
   */
  async allowed(
    tokenizer: Tokenizer,
    filter: FilterView,
    rowCount: number,
    excludedIds: readonly number[],
    signal?: AbortSignal,
  ): Promise<Uint32Array | undefined> {
    const excluded = [...(filter.excludedIds ?? []), ...excludedIds];
    if (!asksOfTokens(filter)) {
      return excluded.length === 0 ? undefined : without(everyRow(rowCount), excluded, rowCount);
    }
    const rows = Uint32Array.from(await this.rowsOf(tokenizer, filter, rowCount, signal));
    return without(rows, excluded, rowCount);
  }

  private async rowsOf(
    tokenizer: Tokenizer,
    filter: FilterView,
    rowCount: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint32Array> {
    const { slices, labels, remembered } = this.vocabularyOf(tokenizer);
    const { space, wordLike, hideByteFragments, text } = filter;
    const key = JSON.stringify([space, wordLike, hideByteFragments, text.toLowerCase(), rowCount]);
    const asked = rowFilter(filter, []);
    const rows =
      remembered.get(key) ??
      (labels
        ? await inSlices(rowsByLabel(labels, asked, rowCount), signal)
        : await computeRows(slices, asked, rowCount, signal));
    remembered.delete(key);
    remembered.set(key, rows);
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED && oldest !== undefined) {
      remembered.delete(oldest);
    }
    return rows;
  }

  private vocabularyOf(tokenizer: Tokenizer): SlicedVocabulary {
    const known = this.vocabularies.get(tokenizer);
    if (known) {
      return known;
    }
    const { labels } = tokenizer;
    const slices = labels ? [] : vocabularySlices(tokenizer).map((slice) => new FilteredVocabulary(slice));
    const made: SlicedVocabulary = { slices, labels, remembered: new Map() };
    this.vocabularies.set(tokenizer, made);
    return made;
  }
}

/** Whether a filter asks anything of a token, so that not every row passes. */
function asksOfTokens({ space, wordLike, hideByteFragments, text }: FilterView): boolean {
  return space !== 'any' || wordLike || hideByteFragments || text !== '';
}

function rowFilter(filter: FilterView, excludeIds: readonly number[]): RowFilter {
  const { space, wordLike, hideByteFragments, text } = filter;
  return { space, wordLike, hideByteFragments, text, excludeIds };
}

async function computeRows(
  slices: readonly FilteredVocabulary[],
  filter: RowFilter,
  rowCount: number,
  signal: AbortSignal | undefined,
): Promise<Uint32Array> {
  const turns = new TakingTurns();
  const rows = new Uint32Array(Math.ceil(rowCount / 32));
  for (let start = 0; start < rowCount; start += SLICE_TOKENS) {
    const count = Math.min(SLICE_TOKENS, rowCount - start);
    // Rows beyond the vocabulary are those of a slice without tokens.
    const slice = slices[start / SLICE_TOKENS] ?? NO_TOKENS;
    rows.set(allowedRows(filter, slice, count) ?? everyRow(count), start / 32);
    await turns.next(signal);
  }
  return rows;
}

/** The vocabulary of rows that no token has. */
const NO_TOKENS = new FilteredVocabulary({
  name: '',
  vocabularySize: 0,
  encode: () => [],
  encodeWithOffsets: () => ({ ids: [], offsets: [] }),
  decode: () => '',
  hasToken: () => false,
  tokenBytes: (id) => {
    throw new RangeError(`There is no token ${id}.`);
  },
});

/** Takes ids out of a bitmap. */
function without(rows: Uint32Array, ids: readonly number[], rowCount: number): Uint32Array {
  for (const id of ids) {
    if (id < rowCount) {
      rows[id >> 5] = (rows[id >> 5] ?? 0) & ~(1 << (id & 31));
    }
  }
  return rows;
}

function everyRow(count: number): Uint32Array {
  const rows = new Uint32Array(Math.ceil(count / 32)).fill(0xffffffff);
  if (count % 32 !== 0) {
    rows[rows.length - 1] = 2 ** (count % 32) - 1;
  }
  return rows;
}
