import type { TableRows } from '../../engine/questions/neighborAnswer';
import type { FilterView } from '../../protocol/panelSnapshot';

/**
 * A filter as a database applies it.
 *
 * @throws {RangeError} for what only a tokenizer tells of a row.
 */
export function tableRows(filter: FilterView, excludedIds: readonly number[]): TableRows {
  const { space, wordLike, hideByteFragments, text } = filter;
  if (space !== 'any' || wordLike || hideByteFragments) {
    throw new RangeError(
      'A table is filtered by the text of its labels and by single rows alone: whether they begin with a space, are words or parts of characters its database is not asked.',
    );
  }
  return { excludedIds: [...(filter.excludedIds ?? []), ...excludedIds], labelText: text };
}
