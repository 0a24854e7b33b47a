import { plainToken } from '../tokenizer/tokenLabel';
import type { Tokenizer } from '../tokenizer/tokenizer';

/** Pieces that a message names at most; the hover shows as many. */
export const MAX_PIECES = 8;

/** Characters of a word that a message repeats at most. */
const MAX_WORD_LENGTH = 40;

/** "1 token", "2 tokens". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first tokens as `get|Elements|By`, with `…` where there are more. */
export function piecesText(tokenizer: Tokenizer, ids: readonly number[], count = ids.length): string {
  const pieces = ids.slice(0, MAX_PIECES).map((id) => plainToken(tokenizer.tokenBytes(id)));
  return [...pieces, ...(count > pieces.length ? ['…'] : [])].join('|');
}

/** The first ids as `1849 220`, with `…` where there are more. */
export function idsText(ids: readonly number[], count = ids.length): string {
  return [...ids.slice(0, MAX_PIECES), ...(count > MAX_PIECES ? ['…'] : [])].join(' ');
}

/** A word in quotes, cut where it is long. */
export function quotedWord(word: string): string {
  const characters = Array.from(word.slice(0, 2 * MAX_WORD_LENGTH));
  const isCut = characters.length > MAX_WORD_LENGTH || word.length > 2 * MAX_WORD_LENGTH;
  return `"${characters.slice(0, isCut ? MAX_WORD_LENGTH - 1 : MAX_WORD_LENGTH).join('')}${isCut ? '…' : ''}"`;
}
