import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { recentQueries } from '../query/querySuggestions';

/** Before the first query: what can be typed, by examples that can be tried. */
export function emptyPage({ snapshot, memento }: InspectorState, actions: InspectorActions): TemplateResult {
  const recent = recentQueries(snapshot, memento);
  const examples = snapshot?.suggestions.examples ?? [];
  return html`<div class="message">
    <p>Put the cursor on a word, or type above.</p>
    <ul class="examples">
      ${examples.map(
        ({ text, shows }) =>
          html`<li>
            <button class="link tok" @click=${() => actions.search(text)}>${text}</button>
            <span class="quiet">${shows}</span>
          </li>`,
      )}
    </ul>
    ${
      recent.length === 0
        ? nothing
        : html`<p class="small recent">
            <span class="quiet">Recent:</span>
            ${recent.map(
              (text) => html`<button class="link tok" @click=${() => actions.search(text)}>${text}</button>`,
            )}
          </p>`
    }
  </div>`;
}
