import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import type { QuerySuggestions, Suggestion } from './querySuggestions';

export const SUGGESTION_LIST = 'suggestions';

export function suggestionId(index: number): string {
  return `suggestion-${index}`;
}

/** Recent queries and examples, while nothing stands in the query line. */
export function suggestionPopup(
  suggestions: QuerySuggestions,
  actions: InspectorActions,
): TemplateResult | typeof nothing {
  if (!suggestions.isOpen) {
    return nothing;
  }
  const { recent, examples, active } = suggestions;
  const option = ({ text, shows }: Suggestion, index: number): TemplateResult =>
    html`<div
      class="completion"
      id=${suggestionId(index)}
      role="option"
      aria-selected=${index === active}
      @pointerdown=${(event: PointerEvent) => {
        // The field keeps the focus until the list is there.
        event.preventDefault();
        actions.search(text);
      }}
    >
      <span class="tok">${text}</span
      >${shows === undefined ? nothing : html`<span class="shows quiet">${shows}</span>`}
    </div>`;
  const group = (name: string, items: readonly Suggestion[], first: number) =>
    items.length === 0
      ? nothing
      : html`<div role="group" aria-label=${name}>
          <div class="suggestions-head quiet" aria-hidden="true">${name}</div>
          ${items.map((item, index) => option(item, first + index))}
        </div>`;
  return html`<div
    class="popup completions suggestions"
    id=${SUGGESTION_LIST}
    role="listbox"
    aria-label="Recent queries and examples"
  >
    ${group('Recent', recent, 0)} ${group('Examples', examples, recent.length)}
  </div>`;
}

/** Enter asks for the option that the arrow keys have reached; Tab goes on. @returns whether the key was meant for the popup. */
export function pressInSuggestions(
  key: string,
  { suggestions }: InspectorState,
  actions: InspectorActions,
): boolean {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowUp':
      suggestions.move(key === 'ArrowDown' ? 1 : -1);
      break;
    case 'Escape':
      suggestions.close();
      break;
    case 'Enter': {
      const text = suggestions.items[suggestions.active]?.text;
      if (text === undefined) {
        return false;
      }
      actions.search(text);
      break;
    }
    default:
      return false;
  }
  actions.redraw();
  return true;
}
