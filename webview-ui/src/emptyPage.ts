import { html, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from './inspectorActions';

const EXAMPLES = [
  { text: 'Mike', shows: 'nearest tokens of a word' },
  { text: '#16073', shows: 'the token with this id' },
  { text: 'banana', shows: 'a word of two tokens' },
];

/** Before the first query: what can be typed, by examples that can be tried. */
export function emptyPage(actions: InspectorActions): TemplateResult {
  return html`<div class="message">
    <p>Type above, or run Find Semantic Neighbors on a word in the editor.</p>
    <ul class="examples">
      ${EXAMPLES.map(
        ({ text, shows }) =>
          html`<li>
            <button class="link tok" @click=${() => actions.search(text)}>${text}</button>
            <span class="quiet">${shows}</span>
          </li>`,
      )}
    </ul>
  </div>`;
}
