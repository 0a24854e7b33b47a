import { averageOf } from './averageOf';
import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import type { AnswerView, DistributionView } from '../../../src/protocol/answerView';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatScore, isDistance, METRIC_WORDS } from '../metrics';
import { formatCount } from '../numbers';
import { describe, spokenQuery } from '../searched';
import { explainedTerm, termExplanation } from '../shell/explainedTerm';
import { sectionHead } from '../shell/sectionHead';
import { distributionDrawing } from './distributionDrawing';
import { distributionGeometry } from './distributionGeometry';
import { distributionTable } from './distributionTable';
import { ofRows } from '../rowNames';

/** Where the words of the head are explained. */
const TERMS = 'distribution-terms';

/** Where the answer lies among the scores of all tokens. */
export function distributionSection(
  answer: AnswerView,
  distribution: DistributionView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const title = `All ${formatCount(distribution.total)} ${METRIC_WORDS[answer.metric].values}`;
  const head = sectionHead(
    {
      plot: 'distribution',
      title,
      note: legend(answer, distribution, state, actions),
      table: 'Show similarities as table',
    },
    state,
    actions,
  );
  return html`<section class="distribution" aria-labelledby="distribution-title">
    ${head}
    ${state.arrangement.isOpen('distribution') ? termExplanation(['average', 'typical', 'beyond'], TERMS, state) : nothing}
    ${
      !state.arrangement.isOpen('distribution')
        ? nothing
        : state.tables.has('distribution')
          ? distributionTable(answer, distribution)
          : frame(answer, distribution, state)
    }
  </section>`;
}

/** What the line stands for, and how many tokens are not drawn. */
function legend(
  { metric }: AnswerView,
  { below = 0, above = 0 }: DistributionView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const name = isDistance(metric) ? 'typical' : 'average';
  const beyond = below + above;
  return html`<span class="quiet nowrap"
    >line:
    ${explainedTerm(name, name, TERMS, state, actions)}${
      beyond > 0
        ? html` · ${explainedTerm('beyond', `${formatCount(beyond)} beyond the axis`, TERMS, state, actions)}`
        : nothing
    }</span
  >`;
}

function frame(answer: AnswerView, distribution: DistributionView, state: InspectorState): TemplateResult {
  const { plotWidth: width, plotHeight: height, selectedNeighbor } = state;
  return html`<div class="distribution-plot">
    ${
      width > 0 && height > 0
        ? html`<svg
            class="plot"
            data-plot="distribution"
            width=${width}
            height=${height}
            role="img"
            aria-label=${sentence(answer, distribution, state)}
          >
            ${guard([answer, width, height, selectedNeighbor], () => {
              const scores = [averageOf(answer), ...ends(answer)];
              const geometry = distributionGeometry(distribution, scores, width, height);
              return svg`${distributionDrawing(geometry, answer, selectedNeighbor?.score)}`;
            })}
          </svg>`
        : nothing
    }
  </div>`;
}

/** Scores of the best and the worst neighbor shown. */
function ends({ neighbors }: AnswerView): number[] {
  return [neighbors[0]?.score, neighbors.at(-1)?.score].filter((score) => score !== undefined);
}

function sentence(
  answer: AnswerView,
  { total, below = 0, above = 0 }: DistributionView,
  state: InspectorState,
): string {
  const { metric, neighbors } = answer;
  const [best, worst] = ends(answer);
  const selected = state.selectedNeighbor;
  return [
    `All ${formatCount(total)} ${METRIC_WORDS[metric].values} with ${spokenQuery(state.snapshot?.query)}:`,
    `${isDistance(metric) ? 'root of the mean square' : 'average'} ${formatScore(averageOf(answer))}`,
    best !== undefined && worst !== undefined
      ? `, the ${neighbors.length} best from ${formatScore(worst)} to ${formatScore(best)}.`
      : '.',
    below + above > 0 ? ` ${formatCount(below + above)} ${ofRows('tokens')} are beyond the axis.` : '',
    selected ? ` Selected: ${describe(selected)}.` : '',
  ]
    .join(' ')
    .replace(' ,', ',')
    .replace(' .', '.')
    .replace(/ {2,}/g, ' ')
    .trim();
}
