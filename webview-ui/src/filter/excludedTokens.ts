import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenView } from '../../../src/protocol/tokenView';
import { icon } from '../icon';
import { spokenTokens, tokenText } from '../tokenText';
import type { FilterChoices } from './filterDraft';

/** The tokens that were left out of the list by hand: each is a button that brings it back. */
export function excludedTokens(
  tokens: readonly TokenView[],
  set: (choice: Pick<FilterChoices, 'excludedIds'>) => void,
): TemplateResult | typeof nothing {
  if (tokens.length === 0) {
    return nothing;
  }
  return html`<div class="filter-line" role="group" aria-labelledby="filter-excluded">
    <span id="filter-excluded">Left out</span>
    <div class="excluded-tokens">
      ${tokens.map(
        (token) =>
          html`<button
            class="button excluded-token"
            aria-label="Bring back ${spokenTokens([token])}"
            title="Bring back"
            @click=${() => {
              set({ excludedIds: tokens.map(({ id }) => id).filter((id) => id !== token.id) });
            }}
          >
            ${tokenText(token)}${icon('close')}
          </button>`,
      )}
    </div>
  </div>`;
}
