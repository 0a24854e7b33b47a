import type { AnswerView, NeighborView, QueryView } from '../../src/protocol/panelSnapshot';
import { formatCount } from './numbers';
import { searchedTokens } from './inspectorState';

const SAMPLE_NOTICE = 'sample vectors, not GPT-2';

/** One neighbor as `token<TAB>id<TAB>similarity`; of sample vectors with a fourth field that says so. */
export function rowAsText(neighbor: NeighborView, answer: AnswerView): string {
  const fields = [neighbor.token.plain, String(neighbor.token.id), neighbor.score.toFixed(3)];
  return [...fields, ...(answer.model.isSample ? [SAMPLE_NOTICE] : [])].join('\t');
}

/** The whole list: a line that says what it is, a line of heads, one line a neighbor, fields separated by tabs. */
export function listAsText(answer: AnswerView, query: QueryView | undefined): string {
  const { neighbors, model } = answer;
  const searched = searchedTokens(query)
    .map(({ plain, id }) => `${plain} (${id})`)
    .join(' + ');
  const subject = searchedTokens(query).length > 1 ? `the average of ${searched}` : searched;
  const source = model.isSample ? SAMPLE_NOTICE : model.name;
  const size = `${formatCount(model.rowCount)} × ${formatCount(model.dimension)}`;
  return [
    `${neighbors.length} nearest tokens of ${subject} by cosine similarity, ${source}, ${size}`,
    ['rank', 'token', 'id', 'cosine', 'norm'].join('\t'),
    ...neighbors.map(({ rank, token, score, norm }) =>
      // A hyphen as minus, so that spreadsheets read numbers.
      [rank, token.plain, token.id, score.toFixed(3), norm.toFixed(2)].join('\t'),
    ),
    '',
  ].join('\n');
}
