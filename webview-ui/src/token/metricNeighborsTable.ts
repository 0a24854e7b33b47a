import { html, type TemplateResult } from 'lit/html.js';
import type { MetricNeighborsView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { formatCount, formatSimilarity } from '../numbers';
import { METRIC_NAMES } from '../plots/metricNames';
import type { ViewActions } from '../plots/viewActions';
import { tokenButton } from './tokenButton';
import { ofRows } from '../rowNames';

interface Row {
  readonly token: TokenView;
  readonly ranks: readonly [number, number];
  readonly scores: readonly [number | undefined, number | undefined];
}

/** The slope chart as a table: every token of either list, by its rank in the first one. */
export function metricNeighborsTable(
  pair: readonly [MetricNeighborsView, MetricNeighborsView],
  actions: ViewActions,
): TemplateResult {
  const [first, second] = [METRIC_NAMES[pair[0].metric], METRIC_NAMES[pair[1].metric]];
  return html`<div class="wide-table slope-table">
    <table class="number-table">
      <thead>
        <tr>
          <th scope="col">${ofRows('token')}</th>
          <th scope="col" class="number">rank, ${first.toLowerCase()}</th>
          <th scope="col" class="number">score</th>
          <th scope="col" class="number">rank, ${second.toLowerCase()}</th>
          <th scope="col" class="number">score</th>
        </tr>
      </thead>
      <tbody>
        ${rowsOf(pair).map(
          ({ token, ranks, scores }) =>
            html`<tr>
              <th scope="row">${tokenButton(token, actions)}</th>
              <td class="number">${formatCount(ranks[0])}</td>
              <td class="number">${scoreText(scores[0])}</td>
              <td class="number">${formatCount(ranks[1])}</td>
              <td class="number">${scoreText(scores[1])}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function scoreText(score: number | undefined): string {
  return score === undefined ? '–' : formatSimilarity(score);
}

function rowsOf([left, right]: readonly [MetricNeighborsView, MetricNeighborsView]): Row[] {
  const onlyRight = right.neighbors.filter(
    ({ token }) => !left.neighbors.some((other) => other.token.id === token.id),
  );
  const rows: Row[] = left.neighbors.map(({ token, rank, score, otherRank }) => ({
    token,
    ranks: [rank, otherRank],
    scores: [score, right.neighbors.find((other) => other.token.id === token.id)?.score],
  }));
  return [
    ...rows,
    ...onlyRight.map(({ token, rank, score, otherRank }): Row => ({
      token,
      ranks: [otherRank, rank],
      scores: [undefined, score],
    })),
  ].sort((one, other) => one.ranks[0] - other.ranks[0]);
}
