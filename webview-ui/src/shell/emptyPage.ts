import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { PanelMemento } from '../../../src/protocol/panelMessages';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';

const EXAMPLES = [
  { text: 'Mike', shows: 'nearest tokens of a word' },
  { text: '#16073', shows: 'the token with this id' },
  { text: 'banana', shows: 'a word of two tokens' },
  { text: 'king - man + woman', shows: 'a formula over tokens' },
];
const MAX_RECENT = 6;

/** Before the first query: what can be typed, by examples that can be tried. */
export function emptyPage({ memento }: InspectorState, actions: InspectorActions): TemplateResult {
  const recent = recentQueries(memento);
  return html`<div class="message">
    <p>Put the cursor on a word, or type above.</p>
    <ul class="examples">
      ${EXAMPLES.map(
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

/** What was asked last, each once. */
function recentQueries(memento: PanelMemento | undefined): string[] {
  const texts = (memento?.history ?? []).map(({ text }) => text).reverse();
  return [...new Set(texts)].slice(0, MAX_RECENT);
}
