const NEEDS_QUOTES = /[",\r\n]/;

/** A row of CSV after RFC 4180: comma, CRLF, quotes doubled. Cells of text have to be guarded before, see `guardedCell`. */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
