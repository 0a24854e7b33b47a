import { guardedCell } from '../../../protocol/guardedCell';
import { modelLine } from '../../session/modelIdentity';
import { filterLine, formLine, type NeighborExport } from './neighborExport';

/** Names that the TensorFlow projector's users know. */
export const VECTORS_FILE = 'vectors.tsv';
export const METADATA_FILE = 'metadata.tsv';

/**
 * What the TensorFlow projector shows beside the vectors: a header, as it asks for where there is more than one column, then a line for
 * each vector in the same order. What belongs to the list as a whole is in every line.
 */
export function projectorMetadata(exported: NeighborExport): string {
  const { query, k, filter, answer, version } = exported;
  const same = [query.text, formLine(query), answer.metric, k, filterLine(filter), modelLine(answer.model)];
  const lines = answer.neighbors.map(({ rank, token, score, norm }) =>
    line([token.plain, token.id, rank, score, norm, ...same, version]),
  );
  return [line(COLUMNS), ...lines].join('');
}

const COLUMNS = [
  'token',
  'id',
  'rank',
  'score',
  'norm',
  'query',
  'form',
  'metric',
  'k',
  'filter',
  'model',
  'tokenscope',
];

function line(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? textCell(cell) : String(cell))).join('\t')}\n`;
}

/** The format knows no quotes: what would end a cell or a line becomes a space. People open it in spreadsheets, too. */
function textCell(text: string): string {
  return guardedCell(text.replaceAll(/[\t\r\n\u2028\u2029]+/g, ' '));
}
