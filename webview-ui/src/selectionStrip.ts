import { html, nothing, type TemplateResult } from 'lit/html.js';
import { icon } from './icon';
import type { InspectorActions } from './inspectorActions';
import type { InspectorState } from './inspectorState';
import { formatCount, formatNorm, formatSimilarity } from './numbers';
import { spokenTokens, tokenText } from './tokenText';

/** The selected neighbor below the list, with what can be done with it. */
export function selectionStrip(
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  const neighbor = state.selectedNeighbor;
  if (!neighbor) {
    return nothing;
  }
  const { token, score, rank, norm } = neighbor;
  const spoken = spokenTokens([token]);
  return html`<section class="selection" aria-label="Selected neighbor">
    <span class="selected-token">${tokenText(token)}</span>
    <span class="facts quiet">
      <span class="selected-score">${formatSimilarity(score)}</span>, rank ${formatCount(rank)}<span
        class="wide"
      >
        · norm ${formatNorm(norm)} · id ${token.id}</span
      >
    </span>
    <span class="grow"></span>
    <button
      class="button"
      aria-label="Copy ${spoken}, its id and similarity"
      title="Copy token, id and similarity (Ctrl+C in the list)"
      @click=${() => actions.copyRow()}
    >
      ${icon(state.copied === 'row' ? 'check' : 'copy')}Copy
    </button>
    <button
      class="button"
      aria-label="Go to ${spoken}"
      title="Find the neighbors of this token (Enter in the list)"
      ?disabled=${!state.canWalkTo(token)}
      @click=${() => actions.walk(state.selected)}
    >
      ${icon('arrowRight')}Go
    </button>
  </section>`;
}
