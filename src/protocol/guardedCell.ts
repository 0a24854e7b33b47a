/**
 * Where an apostrophe goes: where a program may begin a cell (at the start, behind any separator that one splits at, on a new line), before
 * what a spreadsheet may take for a formula, in its wide forms too, and before an apostrophe, so that one that we add can be told. Some
 * programs take white space and quotes off before they look.
 */
const NEEDS_GUARD = /(?<=^|[,;|\t\r\n])(?=[\s"]*['=+\-@＝＋－＠]|[\t\r\n])/g;

/**
 * A text as a cell of CSV, of tab-separated values, or of copied rows, which no spreadsheet runs, whatever separator it splits at.
 *
 * Spreadsheets run cells that begin with `=`, `+`, `-` or `@`, and a file with commas is read with semicolons where those are the custom. An
 * apostrophe before such a beginning makes it a text. It also stands before an apostrophe that was there: whoever takes one apostrophe
 * off the start of the text, and one behind each separator, has the text as it was.
 */
export function guardedCell(text: string): string {
  return text.replace(NEEDS_GUARD, "'");
}
