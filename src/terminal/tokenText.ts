import { visibleJson } from '../core/foreignText/visibleText';
import type { Tokenizer } from '../core/tokenizer/tokenizer';
import { idLabel, unnamedId } from '../core/tokenizer/idLabel';

/** Tokens as a list in Python's spelling: `['ban', 'ana']`. */
export function tokenList(tokenizer: Tokenizer, ids: readonly number[]): string {
  return `[${ids.map((id) => idLabel(tokenizer, id).quoted).join(', ')}]`;
}

/** A token's text: U+FFFD stands for bytes that are no whole character. An id that no token has is told so. */
export function tokenText(tokenizer: Tokenizer, id: number): string {
  return unnamedId(tokenizer, id) ?? tokenizer.decode([id]);
}

/** A token in double quotes on one line, spaces as they are; an id that no token has in parentheses. */
export function tokenInQuotes(tokenizer: Tokenizer, id: number): string {
  const { plain, quoted } = idLabel(tokenizer, id);
  if (unnamedId(tokenizer, id) !== undefined) {
    return quoted;
  }
  const text = tokenizer.decode([id]);
  return text.includes('\ufffd') ? `"${plain}"` : visibleJson(text);
}
