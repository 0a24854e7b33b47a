import { html, type TemplateResult } from 'lit/html.js';
import type { TokenView } from '../../../src/protocol/tokenView';
import type { ViewActions } from '../plots/viewActions';
import { spokenTokenText } from '../tokenText';

/** A token that goes to its page. */
export function tokenButton(token: TokenView, actions: ViewActions): TemplateResult {
  return html`<button
    class="token-button"
    title="Token ${token.id}"
    @click=${() => actions.send({ type: 'openToken', id: token.id })}
  >
    ${spokenTokenText(token)}
  </button>`;
}
