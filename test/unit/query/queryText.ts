/** What a line without formulas asks for: the lines that meant something before there were formulas still mean the same. */
type ParsedQuery =
  /** One token by its id, written `#16073`. */
  | { readonly kind: 'id'; readonly id: number }
  /** A string exactly as it is meant, written in double quotes: leading space matters, no other form is offered. */
  | { readonly kind: 'literal'; readonly text: string }
  /** A word: which form of it is meant (bare, with leading space, as in the document) is chosen beside it. */
  | { readonly kind: 'word'; readonly text: string };

const TOKEN_ID = /^#(\d{1,9})$/;

/**
 * Parses a query line: `Mike`, `#16073` or `" Mike"`.
 *
 * @returns undefined for a line without anything to search. An id is not checked against a vocabulary here.
 */
export function parseQueryText(line: string): ParsedQuery | undefined {
  const trimmed = line.trim();
  const id = TOKEN_ID.exec(trimmed)?.[1];
  if (id !== undefined) {
    return { kind: 'id', id: Number(id) };
  }
  if (trimmed.length > 2 && trimmed.startsWith('"') && trimmed.endsWith('"')) {
    return { kind: 'literal', text: trimmed.slice(1, -1) };
  }
  return trimmed === '' ? undefined : { kind: 'word', text: trimmed };
}
