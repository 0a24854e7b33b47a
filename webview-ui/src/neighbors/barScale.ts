import type { AnswerView } from '../../../src/protocol/answerView';

/** How long the bars of a list are. */
export interface BarScale {
  /** Length of the bar of a score, as a share of its track in percent. */
  readonly length: (score: number) => string;
  /** Where the average of all tokens stands on the track; undefined where it stands for nothing. */
  readonly average: string | undefined;
}

/**
 * Cosines have bars from 0 to 1, with the average of all tokens marked; what is opposite to the query has none, and its
 * number says how much. Dot products and distances have no such ends: their bars run from the worst to the best shown.
 */
export function barScale({ metric, averageScore, neighbors }: AnswerView): BarScale {
  if (metric === 'cosine' || metric === 'centered') {
    return { length: percent, average: percent(averageScore) };
  }
  const best = neighbors[0]?.score ?? 0;
  const worst = neighbors.at(-1)?.score ?? 0;
  const spread = best - worst;
  return { length: (score) => percent(spread === 0 ? 1 : (score - worst) / spread), average: undefined };
}

function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}
