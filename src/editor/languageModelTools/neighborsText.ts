import type { Metric } from '../../protocol/metric';
import type { NeighborsAnswer, NeighborsQuestion } from '../answers/tokenAnswers';
import { figure, modelLines, queryLines, tokenText, type ToolText } from './toolText';

const METRIC_NAMES: Readonly<Record<Metric, string>> = {
  cosine: 'cosine similarity (−1 … 1, the higher the nearer)',
  centered: 'cosine similarity after taking away the mean of all rows (−1 … 1, the higher the nearer)',
  dot: 'dot product (the higher the nearer)',
  euclidean: 'Euclidean distance (the lower the nearer)',
};

/** @param asked What the answer was asked with: fewer neighbors than `k` are explained. */
export function neighborsText(
  answer: NeighborsAnswer,
  { k, space, wordLike }: Pick<NeighborsQuestion, 'k' | 'space' | 'wordLike'>,
): ToolText {
  const { model, query, metric, neighbors, excluded } = answer;
  const filter = [
    ...(space === 'any' ? [] : [`${space} a leading space`]),
    ...(wordLike ? ['of letters only'] : []),
  ].join(' and ');
  const among = filter === '' ? `all ${model.rowCount} tokens` : `the tokens ${filter}`;
  return {
    head: [
      ...modelLines(model),
      ...queryLines(query).map((line, index) => (index === 0 ? `Query: ${line}` : line)),
      ...(excluded.length === 0
        ? []
        : [`Left out as inputs, in all spellings: ${excluded.map(tokenText).join(', ')}.`]),
      `Metric: ${METRIC_NAMES[metric]}.`,
      `The ${neighbors.length} nearest of ${among}${neighbors.length < k ? ` (there are no more than these)` : ''}; rank, token, token id, score, norm of its vector:`,
    ],
    list: neighbors.map(
      (neighbor) =>
        `${neighbor.rank}. ${tokenText(neighbor)} ${figure(neighbor.score)} norm ${figure(neighbor.norm)}` +
        (neighbor.isQuery ? ' (token of the query)' : ''),
    ),
    entries: 'neighbors',
    tail: [scaleOf(answer)],
  };
}

/** So that a raw 0.35 is not taken for "similar". */
function scaleOf({ metric, averageScore }: NeighborsAnswer): string {
  const average = figure(averageScore);
  switch (metric) {
    case 'cosine':
    case 'centered':
      return `Scale: over all tokens the average score for this query is ${average}, which is what unrelated tokens look like; only scores clearly above it mean likeness.`;
    case 'dot':
      return `Scale: over all tokens the average score for this query is ${average}, which is what unrelated tokens look like. Dot products grow with the norms.`;
    case 'euclidean':
      return `Scale: the root mean square distance of all tokens from this query is ${average}, which is what unrelated tokens look like; only distances clearly below it mean likeness.`;
  }
}
