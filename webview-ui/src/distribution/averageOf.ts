import type { AnswerView } from '../../../src/protocol/answerView';

/** Whoever knows how all scores are distributed knows their average. */
export function averageOf({ averageScore }: Pick<AnswerView, 'averageScore'>): number {
  return averageScore ?? NaN;
}
