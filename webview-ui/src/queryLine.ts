import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAX_QUERY_LENGTH } from '../../src/protocol/panelMessages';
import { icon } from './icon';
import type { InspectorActions } from './inspectorActions';
import type { InspectorState } from './inspectorState';
import { tokenCount } from './tokenText';

/** Back, forward, the query field, and copying the list. */
export function queryLine(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot, answer } = state;
  const pieces = state.draft ? [] : (snapshot?.query?.pieces ?? []);
  return html`<div class="bar query" role="search">
    <button
      class="button back"
      aria-label="Back"
      title="Back (Alt+Left)"
      ?disabled=${!snapshot?.canGoBack}
      @click=${() => actions.send({ type: 'back' })}
    >
      ${icon('arrowLeft')}
    </button>
    <button
      class="button forward"
      aria-label="Forward"
      title="Forward (Alt+Right)"
      ?disabled=${!snapshot?.canGoForward}
      @click=${() => actions.send({ type: 'forward' })}
    >
      ${icon('arrowRight')}
    </button>
    <div class="field grow">
      ${icon('search')}
      <input
        class="grow"
        type="text"
        aria-label="Word or #id"
        placeholder="Word or #id"
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_QUERY_LENGTH}
        .value=${live(state.fieldText)}
        @input=${(event: Event) => actions.typeQuery(fieldOf(event).value)}
        @keydown=${(event: KeyboardEvent) => pressInField(event, actions)}
      />
      ${pieces.length > 0 ? html`<span class="hint">${tokenCount(pieces.length)}</span>` : nothing}
    </div>
    <button
      class="button copy-list"
      aria-label="Copy the list as text"
      title="Copy the list as text"
      ?disabled=${!answer || answer.neighbors.length === 0}
      @click=${() => actions.copyList()}
    >
      ${icon(state.copied === 'list' ? 'check' : 'copy')}
    </button>
  </div>`;
}

function pressInField(event: KeyboardEvent, actions: InspectorActions): void {
  // An Enter that ends the composition of a Chinese or Japanese word does not search.
  if (event.isComposing) {
    return;
  }
  switch (event.key) {
    case 'Enter':
      actions.search(fieldOf(event).value);
      break;
    case 'Escape':
      actions.resetQuery();
      break;
    case 'ArrowDown':
      actions.focusList();
      break;
    default:
      return;
  }
  event.preventDefault();
}

function fieldOf(event: Event): HTMLInputElement {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLInputElement)) {
    throw new TypeError('The query field is no input element.');
  }
  return currentTarget;
}
