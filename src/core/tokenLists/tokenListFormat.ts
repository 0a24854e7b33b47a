import { jsonToken } from './jsonToken';
import { pythonToken } from './pythonToken';

/**
 * What a list of tokens is written as:
 *
 * - `ids`: token ids, a list that JSON and Python read alike
 * - `json`: the tokens themselves for JSON, see {@link jsonToken}
 * - `python`: the tokens themselves for Python, see {@link pythonToken}
 */
export type TokenListFormat = 'ids' | 'json' | 'python';

export const TOKEN_LIST_FORMATS: readonly TokenListFormat[] = ['ids', 'json', 'python'];

/**
 * Lists of tokens as text: one list as a list, several as a list of lists, one a line.
 *
 * @param lists Token ids, a list for each text.
 * @param tokenBytes The bytes of a token by its id.
 */
export function formatTokenLists(
  lists: readonly (readonly number[])[],
  format: TokenListFormat,
  tokenBytes: (id: number) => Uint8Array,
): string {
  const write = writerOf(format, tokenBytes);
  const written = lists.map((ids) => `[${ids.map(write).join(', ')}]`);
  return written.length > 1 ? `[\n  ${written.join(',\n  ')}\n]` : written.length === 1 ? written[0] : '[]';
}

/** Texts repeat their tokens, so each is written once. */
function writerOf(format: TokenListFormat, tokenBytes: (id: number) => Uint8Array): (id: number) => string {
  if (format === 'ids') {
    return String;
  }
  const literal = format === 'json' ? jsonToken : pythonToken;
  const written = new Map<number, string>();
  return (id) => {
    const known = written.get(id);
    if (known !== undefined) {
      return known;
    }
    const text = literal(tokenBytes(id));
    written.set(id, text);
    return text;
  };
}
