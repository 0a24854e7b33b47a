import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { AnswerView, MetricPlaceView, NeighborView } from '../../../src/protocol/answerView';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatScore, METRIC_WORDS } from '../metrics';
import { formatCount, formatNorm } from '../numbers';
import { spokenTokens, tokenText } from '../tokenText';

/** The selected neighbor below the list: where it stands under each metric, and what can be done with it. */
export function selectionStrip(
  answer: AnswerView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const neighbor = state.selectedNeighbor;
  if (!neighbor) {
    return nothing;
  }
  const { token, score, rank, norm } = neighbor;
  return html`<section class="selection" aria-label="Selected neighbor">
    <div class="selection-line">
      <span class="selected-token">${tokenText(token)}</span>
      <span class="facts quiet">
        <span class="selected-score">${formatScore(score)}</span>, rank ${formatCount(rank)}<span
          class="wide"
        >
          · norm ${formatNorm(norm)} · id ${token.id}</span
        >
      </span>
      <span class="grow"></span>
      ${selectionButtons(neighbor, state, actions)}
    </div>
    ${places(neighbor, answer)}
  </section>`;
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
      ${icon('symbolKey')}<span class="wide">Token</span>
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
function places({ underMetrics }: NeighborView, { metric }: AnswerView): TemplateResult {
  return html`<dl class="places">
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
