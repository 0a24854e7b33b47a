import { isDistance } from '../../core/embedding/metric';
import { foldingKey } from '../../core/query/filters/foldVariants';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { NeighborAnswer, TableSearchMethod } from '../../engine/questions/neighborAnswer';
import type { ScoreDistribution } from '../../engine/questions/scoreDistribution';
import type { AnswerView, DistributionView, MapView } from '../../protocol/answerView';
import type { Metric } from '../../protocol/metric';
import { modelView } from '../session/embeddingsView';
import { tokenView } from '../tokens/tokenView';

export interface AnswerContext {
  readonly tokenizer: Tokenizer;
  /** The tokens of the query itself. */
  readonly queryIds: ReadonlySet<number>;
  /** Cuts the answer; see `FilterView`. */
  readonly minimumScore: number | undefined;
}

/** @throws {Error} for an answer without an average and without a distribution to estimate it from. */
export function answerView(answer: NeighborAnswer, context: AnswerContext): AnswerView {
  const { tokenizer, queryIds, minimumScore } = context;
  const distribution = answer.distribution && distributionView(answer.distribution);
  const neighbors = answer.neighbors.filter(({ score }) => reaches(score, minimumScore, answer.metric));
  return {
    metric: answer.metric,
    neighbors: neighbors.map(({ id, score, norm }, index) => ({
      rank: index + 1,
      token: tokenView(tokenizer, id),
      score,
      norm,
      isQuery: queryIds.has(id),
      foldKey: foldingKey(id, tokenizer) ?? '',
    })),
    ...averageScoreOf(answer, distribution),
    ...(distribution && { distribution }),
    ...(answer.projection && { map: mapView(answer.projection, neighbors.length) }),
    source: answer.source,
    ...(answer.tableSearch && { searched: searchedText(answer.tableSearch) }),
    milliseconds: answer.milliseconds,
    model: modelView(answer.model),
  };
}

function averageScoreOf(
  { averageScore, metric, source }: NeighborAnswer,
  distribution: DistributionView | undefined,
): Pick<AnswerView, 'averageScore'> {
  if (averageScore === undefined && source === 'table') {
    return {};
  }
  return { averageScore: averageScore ?? averageOf(distribution, metric) };
}

/** How a database searched, for people. */
export function searchedText(search: TableSearchMethod): string {
  if (search.kind === 'index') {
    return `by index ${search.method}, approximate`;
  }
  return search.isCertain ? 'exact' : 'exact as far as single precision tells';
}

export function distributionView({
  from,
  to,
  counts,
  below = 0,
  above = 0,
}: ScoreDistribution): DistributionView {
  const total = counts.reduce((sum, count) => sum + count, below + above);
  const beyond = { ...(below > 0 && { below }), ...(above > 0 && { above }) };
  return { from, to, counts: Array.from(counts), total, ...beyond };
}

function reaches(score: number, minimum: number | undefined, metric: Metric): boolean {
  return minimum === undefined || (isDistance(metric) ? score <= minimum : score >= minimum);
}

/** The map without the points of neighbors that were cut. */
function mapView(map: MapView, count: number): MapView {
  return { ...map, points: map.points.slice(0, count), misplaced: map.misplaced.slice(0, count) };
}

/** The average, from the middles of the bins; for distances the root of the mean square. */
function averageOf(distribution: DistributionView | undefined, metric: Metric): number {
  if (distribution === undefined || distribution.total === 0) {
    throw new Error('The engine gave neither an average nor a distribution.');
  }
  const { from, to, counts, total } = distribution;
  const width = (to - from) / counts.length;
  const sum = counts.reduce((before, count, bin) => {
    const middle = from + (bin + 0.5) * width;
    return before + count * (isDistance(metric) ? middle * middle : middle);
  }, 0);
  return isDistance(metric) ? Math.sqrt(sum / total) : sum / total;
}
