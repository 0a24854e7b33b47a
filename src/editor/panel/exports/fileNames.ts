import type { TokenView } from '../../../protocol/tokenView';

/** Longest name without its ending, in characters: file systems stop at 255 bytes, and a character can take four. */
const MAX_NAME = 60;

/** Texts that are named; of more only their number is told. */
const MAX_SUBJECTS = 4;

/** What is exported of: a text as it was typed, or the token that it is. */
export interface ExportSubject {
  readonly text: string;
  readonly token?: TokenView | undefined;
}

/**
 * The name of a file, the same way for all views and formats: what it shows, and of what. `neighbors-Mike.csv`,
 * `comparison-ban-ana.svg`, `matrix-king-queen-man-woman-and-3-more.csv`. A space that belongs to a token is `_`.
 *
 * It has letters, digits, `-` and `_` alone, so it is never a path and never hidden.
 *
 * @param what One or more words with `-` between them; none that Windows keeps for devices.
 */
export function fileNameFor(what: string, subjects: readonly ExportSubject[], ending: string): string {
  const named = subjects.slice(0, MAX_SUBJECTS).map(subjectName);
  const others = subjects.length - named.length;
  const parts = [what, ...named, ...(others > 0 ? [`and-${others}-more`] : [])];
  const name = Array.from(parts.filter((part) => part !== '').join('-'))
    .slice(0, MAX_NAME)
    .join('');
  return `${name.replace(/-+$/, '')}.${ending}`;
}

/** Of a token without letters and digits its id. */
function subjectName({ text, token }: ExportSubject): string {
  const name = wordsOf(token?.plain.replaceAll('␣', '_') ?? text);
  return token && !/[\p{L}\p{N}]/u.test(name) ? String(token.id) : name;
}

function wordsOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}
