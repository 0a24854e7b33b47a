import { html, type TemplateResult } from 'lit/html.js';
import { MAX_NEIGHBORS } from '../../../src/protocol/panelMessages';
import { inputOf } from '../inputOf';
import type { InspectorActions } from '../inspectorActions';

/** Offered while the number is typed. */
const COUNTS = [10, 20, 50, 100, 200, 500, 1_000];

/**
 * How many neighbors are shown: any number, and some to choose from. What is being typed is kept while the panel is drawn anew, unless
 * another number came to hold.
 */
export function countChoice(k: number, actions: InspectorActions): TemplateResult {
  return html`<label class="select count" title="Number of neighbors, 1 to 1,000">
    <span class="quiet" aria-hidden="true">k</span>
    <input
      type="number"
      aria-label="Number of neighbors, k"
      min="1"
      max=${MAX_NEIGHBORS}
      step="1"
      list="counts"
      .value=${String(k)}
      @change=${(event: Event) => choose(event, k, actions)}
    />
    <datalist id="counts">${COUNTS.map((count) => html`<option value=${count}></option>`)}</datalist>
  </label>`;
}

/** Takes the nearest number that can be asked for; what is none leaves it as it was. */
function choose(event: Event, k: number, actions: InspectorActions): void {
  const input = inputOf(event);
  const typed = Math.round(input.valueAsNumber);
  const chosen = Number.isNaN(typed) ? k : Math.min(MAX_NEIGHBORS, Math.max(1, typed));
  input.value = String(chosen);
  if (chosen !== k) {
    actions.send({ type: 'chooseCount', k: chosen });
  }
}
