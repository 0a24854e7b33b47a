import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView, MetricPlaceView, NeighborView } from '../../../src/protocol/answerView';
import type { Metric } from '../../../src/protocol/metric';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatScore, METRIC_WORDS } from '../metrics';
import { formatCount, formatNorm } from '../numbers';
import { spokenTokens, tokenText } from '../tokenText';
import { ofRows, rowsAreWords } from '../rowNames';

/** Which metric says most beside the one that is shown. */
const OTHER_METRICS: Readonly<Record<Metric, Metric>> = {
  cosine: 'centered',
  centered: 'cosine',
  dot: 'cosine',
  euclidean: 'cosine',
};

/** The selected neighbor below the list, in one line that opens: where it stands under each metric, and what can be done with it. */
export function selectionStrip(
  answer: AnswerView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const neighbor = state.selectedNeighbor;
  if (!neighbor) {
    return nothing;
  }
  const isOpen = state.arrangement.isOpen('places');
  return html`<section class="selection" aria-label="Selected neighbor">
    <div class="selection-line">
      <button
        class="section-toggle places-toggle"
        aria-label="Under every metric"
        title="Score and rank under every metric"
        aria-expanded=${isOpen}
        aria-controls="places"
        @click=${() => actions.arrange(state.arrangement.toggled('places'))}
      >
        ${icon(isOpen ? 'chevronDown' : 'chevronRight')}
      </button>
      <span class="selected-token">${tokenText(neighbor.token)}</span>
      ${facts(neighbor, answer, isOpen)}
      <span class="grow"></span>
      ${selectionButtons(neighbor, state, actions)}
    </div>
    ${places(neighbor, answer, isOpen)}
  </section>`;
}

/** What the line says of the neighbor, most important first: what has no room at its end is cut off. */
function facts(
  { score, rank, norm, token, underMetrics }: NeighborView,
  { metric }: AnswerView,
  isOpen: boolean,
): TemplateResult {
  const other = OTHER_METRICS[metric];
  const under = isOpen ? undefined : underMetrics?.find((place) => place.metric === other);
  return html`<span class="facts quiet">
    <span class="selected-score">${formatScore(score)}</span>, rank
    ${formatCount(rank)}${
      under === undefined
        ? nothing
        : html`<span class="other-metric"> · ${METRIC_WORDS[other].short} ${formatScore(under.score)}</span>`
    }<span class="wide"> · norm ${formatNorm(norm)} · ${rowsAreWords() ? 'row' : 'id'} ${token.id}</span>
  </span>`;
}

function selectionButtons(
  { token }: NeighborView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const spoken = spokenTokens([token]);
  return html`<button
      class="button"
      aria-label="Copy ${spoken}, its id and similarity"
      title="Copy token, id and similarity (Ctrl+C in the list)"
      @click=${() => actions.copyRow()}
    >
      ${icon(state.copied === 'row' ? 'check' : 'copy')}
    </button>
    <button
      class="button"
      aria-label="Open the token page of ${spoken}"
      title="Token page: bytes, merges, norm (I in the list)"
      @click=${() => actions.openSelected()}
    >
      ${icon('symbolKey')}<span class="wide">${ofRows('Token')}</span>
    </button>
    <button
      class="button"
      aria-label="Compare ${spoken} with the query"
      title="Compare with the query (C in the list)"
      @click=${() => actions.compareSelected()}
    >
      ${icon('graphLine')}<span class="wide">Compare</span>
    </button>
    <button
      class="button"
      aria-label="Go to ${spoken}"
      title="Find the neighbors of this token (Enter in the list)"
      ?disabled=${!state.canWalkTo(token)}
      @click=${() => actions.walk(state.selected)}
    >
      ${icon('arrowRight')}Go
    </button>`;
}

/** Score and rank under every metric. The line is there before they are, so that nothing jumps. */
function places({ underMetrics }: NeighborView, { metric }: AnswerView, isOpen: boolean): TemplateResult {
  return html`<dl class="places" id="places" ?hidden=${!isOpen}>
    ${underMetrics?.map((item) => placeUnder(item, item.metric === metric)) ?? nothing}
  </dl>`;
}

function placeUnder({ metric, score, rank, rankedCount }: MetricPlaceView, isShown: boolean): TemplateResult {
  return html`<div class="place ${isShown ? 'shown' : ''}">
    <dt>${METRIC_WORDS[metric].short}</dt>
    <dd class="number">${formatScore(score)}</dd>
    <dd class="place-rank">
      rank
      ${formatCount(rank)}${isShown ? html`<span class="of-all"> of ${formatCount(rankedCount)}</span>` : nothing}
    </dd>
  </div>`;
}
