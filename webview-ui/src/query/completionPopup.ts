import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from '../inspectorActions';
import { spokenTokenText } from '../tokenText';
import type { QueryCompletion } from './queryCompletion';
import { rowsAreWords } from '../rowNames';

export const COMPLETION_LIST = 'completions';

export function completionId(index: number): string {
  return `completion-${index}`;
}

/** The tokens that the word at the cursor could become, with their ids. */
export function completionPopup(
  completion: QueryCompletion,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  if (!completion.isOpen) {
    return nothing;
  }
  return html`<div class="popup completions" id=${COMPLETION_LIST} role="listbox" aria-label="Completions">
    ${completion.items.map(
      ({ token }, index) =>
        html`<div
          class="completion"
          id=${completionId(index)}
          role="option"
          aria-selected=${index === completion.active}
          @pointerdown=${(event: PointerEvent) => {
            // The field keeps the focus.
            event.preventDefault();
            actions.takeCompletion(index);
          }}
        >
          ${spokenTokenText(token)}<span class="id number"
            ><span class="spoken-only">${rowsAreWords() ? 'row' : 'id'} </span>${token.id}</span
          >
        </div>`,
    )}
  </div>`;
}
