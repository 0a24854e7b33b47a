import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import { compareFields } from '../compare/compareHeader';
import { icon } from '../icon';
import { inputOf } from '../inputOf';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { exportMenu } from '../shell/exportMenu';
import { tokenCount } from '../tokenText';
import { COMPLETION_LIST, completionId, completionPopup } from './completionPopup';
import { pressInSuggestions, SUGGESTION_LIST, suggestionId, suggestionPopup } from './suggestionPopup';
import { shownError, SYNTAX_ERROR, syntaxErrorLine, syntaxErrorMark } from './syntaxError';

/** Back, forward, the query field or what is compared, pinning, and the menu of exports. */
export function queryLine(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot } = state;
  const isPinned = snapshot?.isPinned ?? false;
  const pin = 'Pin to this query';
  const compares = state.view === 'compare';
  return html`<div
      class=${compares ? 'bar query compared' : 'bar query'}
      role=${compares ? 'group' : 'search'}
      aria-label=${compares ? 'What is compared' : nothing}
    >
      ${historyButton('back', snapshot?.canGoBack, actions)}
      ${historyButton('forward', snapshot?.canGoForward, actions)}
      ${compares ? compareFields(state, actions) : queryField(state, actions)}
      <button
        class="button pin-button"
        aria-label=${pin}
        title=${isPinned ? 'Pinned. Unpin to follow the cursor (P)' : `Follows the cursor. ${pin} (P)`}
        aria-pressed=${isPinned}
        @click=${() => actions.send({ type: 'pin', isPinned: !isPinned })}
      >
        ${icon(isPinned ? 'pinned' : 'pin')}
      </button>
      ${exportMenu(state, actions)}
    </div>
    ${compares ? nothing : syntaxErrorLine(state)}`;
}

function historyButton(
  direction: 'back' | 'forward',
  canGo: boolean | undefined,
  actions: InspectorActions,
): TemplateResult {
  const isBack = direction === 'back';
  return html`<button
    class="button ${direction}"
    aria-label=${isBack ? 'Back' : 'Forward'}
    title=${isBack ? 'Back (Alt+Left)' : 'Forward (Alt+Right)'}
    ?disabled=${!canGo}
    @click=${() => actions.send({ type: direction })}
  >
    ${icon(isBack ? 'arrowLeft' : 'arrowRight')}
  </button>`;
}

function queryField(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot, completion, suggestions } = state;
  const pieces = state.draft ? [] : (snapshot?.query?.pieces ?? []);
  const hasError = shownError(state) !== undefined;
  return html`<div class="field grow">
    ${icon('search')}
    <div class="field-text grow">
      <input
        type="text"
        role="combobox"
        aria-label="Word, #id or formula"
        aria-autocomplete="list"
        aria-expanded=${completion.isOpen || suggestions.isOpen}
        aria-controls=${openList(state)}
        aria-activedescendant=${activeOption(state)}
        aria-invalid=${hasError}
        aria-describedby=${hasError ? SYNTAX_ERROR : nothing}
        placeholder="Word, #id, or king − man + woman"
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_QUERY_LENGTH}
        .value=${live(state.fieldText)}
        @input=${(event: Event) => typeInField(event, actions)}
        @keydown=${(event: KeyboardEvent) => pressInField(event, state, actions)}
        @click=${() => suggestBesideAnswer(state, actions)}
        @scroll=${followScroll}
        @blur=${() => {
          completion.close();
          suggestions.close();
          actions.redraw();
        }}
      />
      ${syntaxErrorMark(state)}
    </div>
    ${pieces.length > 0 ? html`<span class="hint">${tokenCount(pieces.length)}</span>` : nothing}
    ${completionPopup(completion, actions)} ${suggestionPopup(suggestions, actions)}
  </div>`;
}

function openList({ completion, suggestions }: InspectorState): string | typeof nothing {
  return completion.isOpen ? COMPLETION_LIST : suggestions.isOpen ? SUGGESTION_LIST : nothing;
}

function activeOption({ completion, suggestions }: InspectorState): string | typeof nothing {
  if (suggestions.active >= 0) {
    return suggestionId(suggestions.active);
  }
  return completion.active >= 0 ? completionId(completion.active) : nothing;
}

/** Before the first query the page itself shows what can be asked. */
function suggestBesideAnswer({ snapshot, suggestions }: InspectorState, actions: InspectorActions): void {
  if (snapshot?.query && !suggestions.isOpen) {
    actions.suggestQueries();
  }
}

function typeInField(event: Event, actions: InspectorActions): void {
  const field = inputOf(event);
  actions.typeQuery(field.value, field.selectionStart ?? field.value.length);
}

function pressInField(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  // An Enter that ends the composition of a Chinese or Japanese word does not search.
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  const isTaken = state.suggestions.isOpen
    ? pressInSuggestions(event.key, state, actions)
    : state.completion.isOpen
      ? pressInCompletion(event.key, state, actions)
      : pressWithoutCompletion(event, state, actions);
  if (isTaken || (event.key === 'Enter' && search(event, actions))) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function search(event: Event, actions: InspectorActions): boolean {
  actions.search(inputOf(event).value);
  return true;
}

/** Enter and Tab take the option that the arrow keys have reached; without one Enter searches and Tab goes on. */
function pressInCompletion(key: string, { completion }: InspectorState, actions: InspectorActions): boolean {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      completion.move(key === 'ArrowDown' ? 1 : -1);
      break;
    case 'Escape':
      completion.close();
      break;
    case 'Enter':
    case 'Tab':
      if (completion.active < 0) {
        return false;
      }
      actions.takeCompletion(completion.active);
      break;
    default:
      return false;
  }
  actions.redraw();
  return true;
}

/** An Escape that is meant for completions does not give up the line: they may come up, or have closed, as it is pressed. */
function pressWithoutCompletion(
  { key }: KeyboardEvent,
  { completion, fieldText }: InspectorState,
  actions: InspectorActions,
): boolean {
  switch (key) {
    case 'Escape':
      if (completion.isUnderWay) {
        completion.close();
      } else {
        actions.resetQuery();
      }
      return true;
    case 'ArrowDown':
      if (fieldText === '') {
        actions.suggestQueries();
      } else {
        actions.focusList();
      }
      return true;
    default:
      return false;
  }
}

/** The mark of an error lies under the characters, also where the field has scrolled. */
function followScroll(event: Event): void {
  const field = inputOf(event);
  const mark = field.parentElement?.querySelector('.error-mark');
  if (mark) {
    mark.scrollLeft = field.scrollLeft;
  }
}
