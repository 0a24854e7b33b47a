import type { Tokenizer } from '../../tokenizer/tokenizer';
import { BYTE_FRAGMENT, HOLE, LEADING_SPACE, tokenClasses, WORD_LIKE } from './tokenClasses';
import { visibleTexts } from './visibleTexts';

/**
 * Which rows may be answered. A least similarity is no part of it: similarities are known only after the search, so it cuts the
 * answer, which is ranked and therefore only loses its end.
 */
export interface RowFilter {
  /** Only tokens that begin with U+0020, or only those that do not. */
  readonly space: 'any' | 'with' | 'without';
  /** Only tokens of letters and marks, of any script. */
  readonly wordLike: boolean;
  /** Without tokens that are only a part of a character. */
  readonly hideByteFragments: boolean;
  /**
   * Only tokens whose visible text (`plainToken`) holds this, in any case; a space counts as `␣`. Empty: all. Taken as it is, so
   * trim what was typed if spaces at its ends are not meant.
   */
  readonly text: string;
  /** Left out whatever else they are: the inputs of a formula. Ids outside the rows are ignored. */
  readonly excludeIds: readonly number[];
}

export const EVERY_ROW: RowFilter = {
  space: 'any',
  wordLike: false,
  hideByteFragments: false,
  text: '',
  excludeIds: [],
};

/** What a filter needs to know of a vocabulary: made once for each tokenizer, by what asks first. */
export class FilteredVocabulary {
  private lazyClasses: Uint8Array | undefined;
  private lazyTexts: readonly string[] | undefined;

  constructor(private readonly tokenizer: Tokenizer) {}

  /** {@link tokenClasses} */
  get classes(): Uint8Array {
    return (this.lazyClasses ??= tokenClasses(this.tokenizer));
  }

  /** {@link visibleTexts} in lower case. */
  get texts(): readonly string[] {
    return (this.lazyTexts ??= visibleTexts(this.tokenizer).map((text) => text.toLowerCase()));
  }
}

/**
 * The rows that a filter lets through.
 *
 * @param rowCount Rows of the matrix. Those without a token (holes, and rows beyond the vocabulary) pass only a filter that does not
 *   ask for anything of the token's text.
 * @returns Bit `id & 31` of word `id >> 5`, ⌈rowCount / 32⌉ words, zero beyond the rows. undefined where all rows pass.
 */
export function allowedRows(
  filter: RowFilter,
  vocabulary: FilteredVocabulary,
  rowCount: number,
): Uint32Array | undefined {
  const accepts = tokenTest(filter, vocabulary);
  const excluded = new Set(filter.excludeIds);
  const rows = new Uint32Array(Math.ceil(rowCount / 32));
  let count = 0;
  for (let id = 0; id < rowCount; id++) {
    if (accepts(id) && !excluded.has(id)) {
      rows[id >> 5] |= 1 << (id & 31);
      count++;
    }
  }
  return count === rowCount ? undefined : rows;
}

function tokenTest(filter: RowFilter, vocabulary: FilteredVocabulary): (id: number) => boolean {
  const { space, wordLike, hideByteFragments, text } = filter;
  const needle = text.toLowerCase().replaceAll(' ', '␣');
  const texts = needle === '' ? undefined : vocabulary.texts;
  const isAboutText = space !== 'any' || wordLike || texts !== undefined;
  if (!isAboutText && !hideByteFragments) {
    return () => true;
  }
  const { classes } = vocabulary;
  const asked = (space === 'any' ? 0 : LEADING_SPACE) | (wordLike ? WORD_LIKE : 0);
  const wanted = (space === 'with' ? LEADING_SPACE : 0) | (wordLike ? WORD_LIKE : 0);
  const hidden = hideByteFragments ? BYTE_FRAGMENT : 0;
  return (id) => {
    const bits = id < classes.length ? classes[id] : HOLE;
    return (
      (!isAboutText || (bits & HOLE) === 0) &&
      (bits & asked) === wanted &&
      (bits & hidden) === 0 &&
      (texts?.[id].includes(needle) ?? true)
    );
  };
}
