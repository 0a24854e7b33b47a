import { html, type TemplateResult } from 'lit/html.js';
import type { SyntaxErrorView } from '../../../src/protocol/queryView';
import { icon } from '../icon';

/** Why a text cannot be read, with the characters that are meant marked in it. */
export function syntaxErrorText(
  id: string,
  text: string,
  { message, start, end }: SyntaxErrorView,
): TemplateResult {
  // What is missing at the end has no characters: a place to put them is shown.
  const marked = text.slice(start, end) || ' ';
  return html`<p class="compare-error small" id=${id} role="alert">
    ${icon('error', 'failed')}
    <span
      ><span class="tok">${text.slice(0, start)}<mark>${marked}</mark>${text.slice(end)}</span>
      ${message}</span
    >
  </p>`;
}
