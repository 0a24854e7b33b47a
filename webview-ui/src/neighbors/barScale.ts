import type { AnswerView } from '../../../src/protocol/answerView';

/** How long the bars of a list are. */
export interface BarScale {
  /** Length of the bar of a score, as a share of its track in percent. */
  readonly length: (score: number) => string;
  /** True for a score that lies beyond the end of the track. */
  readonly isCut: (score: number) => boolean;
  /** True where the best or the worst of the list is cut. */
  readonly cutsBest: boolean;
  readonly cutsWorst: boolean;
  /** True where the track is from 0 to 1, false where it is from the worst to the best shown. */
  readonly hasNaturalEnds: boolean;
  /** Where the average of all tokens stands on the track; undefined where it stands for nothing. */
  readonly average: string | undefined;
}

/** A score this many times the middle half of the list away from it would leave no length to the bars of the others. */
const FAR = 10;
/** Of fewer rows none can be told from the others. */
const FEWEST_ROWS = 5;

/**
 * Cosines have bars from 0 to 1, with the average of all tokens marked; what is opposite to the query has none, and its
 * number says how much. Dot products and distances have no such ends: their bars run from the worst to the best shown,
 * without those few that are so far from the others that these would have no bars.
 */
export function barScale({ metric, averageScore, neighbors }: AnswerView): BarScale {
  if (metric === 'cosine' || metric === 'centered') {
    return {
      length: percent,
      isCut: () => false,
      cutsBest: false,
      cutsWorst: false,
      hasNaturalEnds: true,
      average: averageScore === undefined ? undefined : percent(averageScore),
    };
  }
  const scores = neighbors.map(({ score }) => score);
  const near = withoutFarOnes(scores);
  const best = near[0] ?? 0;
  const worst = near.at(-1) ?? 0;
  const spread = best - worst;
  return {
    length: (score) => percent(spread === 0 ? 1 : (score - worst) / spread),
    isCut: (score) => near.length < scores.length && !near.includes(score),
    cutsBest: scores[0] !== near[0],
    cutsWorst: scores.at(-1) !== near.at(-1),
    hasNaturalEnds: false,
    average: undefined,
  };
}

/** @param scores in order, best or worst first */
function withoutFarOnes(scores: readonly number[]): readonly number[] {
  const quarter = scores[Math.floor(scores.length / 4)] ?? 0;
  const threeQuarters = scores[Math.floor((scores.length * 3) / 4)] ?? 0;
  const half = Math.abs(threeQuarters - quarter);
  if (scores.length < FEWEST_ROWS || half === 0) {
    return scores;
  }
  const low = Math.min(quarter, threeQuarters) - FAR * half;
  const high = Math.max(quarter, threeQuarters) + FAR * half;
  return scores.filter((score) => score >= low && score <= high);
}

/** @param share 0 … 1; beyond, the nearer end */
export function percent(share: number): string {
  return `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;
}
