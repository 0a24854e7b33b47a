import { guardedCell } from '../../../src/protocol/guardedCell';
import type { AnswerView, NeighborView } from '../../../src/protocol/answerView';
import { SAMPLE_NOTICE } from '../../../src/protocol/sampleNotice';

/**
 * One neighbor as `token<TAB>id<TAB>similarity`; of sample vectors with a fourth field that says so. It may be pasted into a spreadsheet:
 * the token is guarded.
 */
export function rowAsText(neighbor: NeighborView, answer: AnswerView): string {
  const fields = [guardedCell(neighbor.token.plain), String(neighbor.token.id), neighbor.score.toFixed(3)];
  return [...fields, ...(answer.model.isSample ? [SAMPLE_NOTICE] : [])].join('\t');
}
