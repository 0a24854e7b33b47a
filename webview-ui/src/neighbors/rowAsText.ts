import type { AnswerView, NeighborView } from '../../../src/protocol/answerView';

const SAMPLE_NOTICE = 'sample vectors, not GPT-2';

/** One neighbor as `token<TAB>id<TAB>similarity`; of sample vectors with a fourth field that says so. */
export function rowAsText(neighbor: NeighborView, answer: AnswerView): string {
  const fields = [neighbor.token.plain, String(neighbor.token.id), neighbor.score.toFixed(3)];
  return [...fields, ...(answer.model.isSample ? [SAMPLE_NOTICE] : [])].join('\t');
}
