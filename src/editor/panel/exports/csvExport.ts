import { modelLine } from '../../session/modelIdentity';
import { guardedCell } from '../../../protocol/guardedCell';
import { csvRow } from './csvRow';
import { filterLine, formLine, termsLine, type NeighborExport } from './neighborExport';

/**
 * The list as CSV after RFC 4180: UTF-8 without a mark, comma, CRLF, quotes doubled. CSV has no place for what belongs to the list as a
 * whole, so query, metric, k, filter, model and version are columns with the same value in every row; a table that is cut or
 * joined with another still tells where its rows come from.
 *
 * Text is guarded against spreadsheets, see `guardedCell`. Numbers stay numbers: they begin with `-` too, and are harmless. The token id says
 * exactly which token a row is about.
 */
export function csvExport(exported: NeighborExport): string {
  const { query, terms, k, filter, answer, version } = exported;
  const same = [
    guardedCell(query.text),
    guardedCell(formLine(query)),
    guardedCell(termsLine(terms)),
    answer.metric,
    String(k),
    guardedCell(filterLine(filter)),
    guardedCell(modelLine(answer.model)),
    String(answer.model.isSample),
    version,
  ];
  const rows = answer.neighbors.map(({ rank, token, score, norm }) =>
    csvRow([String(rank), guardedCell(token.plain), String(token.id), String(score), String(norm), ...same]),
  );
  return [csvRow(COLUMNS), ...rows].join('');
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
