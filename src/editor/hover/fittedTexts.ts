/** Columns of the editor's font that the cells of a row may take together: a hover is 500 CSS pixels wide, and gaps and numbers need some. */
export const ROW_COLUMNS = 40;

/** No text is cut shorter than this: it would tell nothing. */
const SHORTEST = 4;

/** Characters that a fixed-width font draws twice as wide: East Asian scripts, and pictures. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u;

/** How many columns of a fixed-width font a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** Cuts the end of a text off that takes more than so many columns, and says so by `…`. */
export function cutText(text: string, columns: number): string {
  if (columnsOf(text) <= columns) {
    return text;
  }
  let kept = '';
  let taken = 1;
  for (const character of text) {
    taken += columnsOf(character);
    if (taken > columns) {
      break;
    }
    kept += character;
  }
  return `${kept}…`;
}

/**
 * The largest width to which the texts of a table can be cut so that its rows stay in one line: only the longest are cut.
 *
 * @param rows Texts by row and column; a column is as wide as its widest text.
 * @returns Columns of the editor's font for each text; Infinity where all of them fit.
 */
export function fittingWidth(rows: readonly (readonly string[])[], columns = ROW_COLUMNS): number {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((text, index) => {
      widths[index] = Math.max(widths[index] ?? 0, columnsOf(text));
    });
  }
  const total = (limit: number): number => widths.reduce((sum, width) => sum + Math.min(width, limit), 0);
  if (total(Number.POSITIVE_INFINITY) <= columns) {
    return Number.POSITIVE_INFINITY;
  }
  let limit = Math.max(...widths);
  while (limit > SHORTEST && total(limit) > columns) {
    limit--;
  }
  return limit;
}
