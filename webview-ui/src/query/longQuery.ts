import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { QueryView } from '../../../src/protocol/queryView';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';

/** A query of more tokens or characters than this would push the list down with its forms and vectors. */
const MAX_PIECES = 6;
const MAX_CHARACTERS = 40;

/** True for a sentence or a long formula, whose forms and vectors stay in one line until they are opened. */
export function isLongQuery(query: QueryView | undefined): boolean {
  return query !== undefined && (query.pieces.length > MAX_PIECES || query.text.length > MAX_CHARACTERS);
}

/** Opens the lines below a long query, and closes them again; nothing for a short one. */
export function openChoicesButton(
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  if (!isLongQuery(state.snapshot?.query)) {
    return nothing;
  }
  const label = state.opensChoices ? 'Show the query in one line' : 'Show the whole query';
  return html`<button
    class="button open-choices"
    aria-label=${label}
    title=${label}
    aria-expanded=${state.opensChoices}
    @click=${() => {
      state.opensChoices = !state.opensChoices;
      actions.redraw();
    }}
  >
    ${icon(state.opensChoices ? 'chevronDown' : 'ellipsis')}
  </button>`;
}
