import type { Tokenizer } from '../core/tokenizer/tokenizer';
import { plainToken, quotedToken } from '../core/tokenizer/tokenLabel';

/** Tokens as a list in Python's spelling: `['ban', 'ana']`. */
export function tokenList(tokenizer: Tokenizer, ids: readonly number[]): string {
  return `[${ids.map((id) => quotedToken(tokenizer.tokenBytes(id))).join(', ')}]`;
}

/** A token's text: U+FFFD stands for bytes that are no whole character. Ids beyond the vocabulary have none: `#id`. */
export function tokenText(tokenizer: Tokenizer, id: number): string {
  return id < tokenizer.vocabularySize ? tokenizer.decode([id]) : `#${id}`;
}

/** A token in double quotes on one line, spaces as they are. */
export function tokenInQuotes(tokenizer: Tokenizer, id: number): string {
  const text = tokenText(tokenizer, id);
  return text.includes('\ufffd') ? `"${plainToken(tokenizer.tokenBytes(id))}"` : JSON.stringify(text);
}
