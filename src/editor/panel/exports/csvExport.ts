import { filterLine, formLine, modelLine, termsLine, type NeighborExport } from './neighborExport';

/** What a spreadsheet may take for a formula, in its wide forms too; and the apostrophe, so that one that we add can be told. */
const FORMULA_START = /^[=+\-@\t\r\n'＝＋－＠]/;

const NEEDS_QUOTES = /[",\r\n]/;

/**
 * The list as CSV after RFC 4180: UTF-8 without a mark, comma, CRLF, quotes doubled. CSV has no place for what belongs to the list as a
 * whole, so query, metric, k, filter, model and version are columns with the same value in every row; a table that is cut or
 * joined with another still tells where its rows come from.
 *
 * Spreadsheets run cells that begin with `=`, `+`, `-` or `@`. Text that begins so gets an apostrophe before it, which they
 * do not show; so does text that begins with an apostrophe, so that whoever takes one leading apostrophe off every text has the text as it
 * was. Numbers stay numbers: they begin with `-` too, and are harmless. The token id says exactly which token a row is about.
 */
export function csvExport(exported: NeighborExport): string {
  const { query, terms, k, filter, answer, version } = exported;
  const same = [
    text(query.text),
    text(formLine(query)),
    text(termsLine(terms)),
    answer.metric,
    String(k),
    text(filterLine(filter)),
    text(modelLine(answer.model)),
    String(answer.model.isSample),
    version,
  ];
  const rows = answer.neighbors.map(({ rank, token, score, norm }) =>
    row([String(rank), text(token.plain), String(token.id), String(score), String(norm), ...same]),
  );
  return [row(COLUMNS), ...rows].join('');
}

const COLUMNS = [
  'rank',
  'token',
  'id',
  'score',
  'norm',
  'query',
  'form',
  'terms',
  'metric',
  'k',
  'filter',
  'model',
  'sample_vectors',
  'tokenscope_version',
];

function text(value: string): string {
  return FORMULA_START.test(value) ? `'${value}` : value;
}

function row(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
