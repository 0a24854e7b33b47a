import type { Tokenizer } from '../../tokenizer/tokenizer';
import { spellingsOf } from './spellings';

/** Longest word of which other spellings are looked for: no word is longer. */
const MAX_SPELLED_LENGTH = 64;

/** Most words and pieces of which other spellings are looked for: as many as a long sentence has, and some milliseconds. */
const MAX_SPELLED = 200;

/** What was asked about: a text with its tokens, or a token by its id. */
export interface AskedWords {
  /** Undefined for an id. */
  readonly text: string | undefined;
  readonly ids: readonly number[];
}

/**
 * The tokens that say again what was asked: those of the texts, and all that spell one of their words or pieces but for space and case.
 * Of the list of neighbors of several words they else fill the first lines.
 *
 * @param idCount Ids are below it.
 * @returns Token ids, each once, rising. Of more than {@link MAX_SPELLED} words and pieces, the later ones come as they are.
 */
export function idsOfWords(asked: readonly AskedWords[], tokenizer: Tokenizer, idCount: number): number[] {
  const own = new Set(asked.flatMap(({ ids }) => ids));
  const spelled = new Set(asked.flatMap(({ text = '' }) => text.split(/\s+/u)));
  for (const id of own) {
    const piece = tokenizer.hasToken(id) ? tokenizer.decode([id]) : '';
    // A piece of a character is no spelling of anything.
    if (!piece.includes('\ufffd')) {
      spelled.add(piece.trim());
    }
  }
  spelled.delete('');
  const ids = new Set(own);
  for (const word of [...spelled]
    .filter(({ length }) => length <= MAX_SPELLED_LENGTH)
    .slice(0, MAX_SPELLED)) {
    spellingsOf(tokenizer, word).forEach((id) => ids.add(id));
  }
  return [...ids].filter((id) => id < idCount).sort((a, b) => a - b);
}
