import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SyntaxErrorView } from '../../../src/protocol/queryView';
import { icon } from '../icon';
import type { InspectorState } from '../inspectorState';

export const SYNTAX_ERROR = 'query-error';

/** The error of what stands in the field; none while something else is typed there. */
export function shownError({ draft, snapshot }: InspectorState): SyntaxErrorView | undefined {
  return draft ? undefined : snapshot?.query?.syntaxError;
}

/** A wavy line under the characters that cannot be read; where something is missing at the end, under the place for it. */
export function syntaxErrorMark(state: InspectorState): TemplateResult | typeof nothing {
  const error = shownError(state);
  if (!error) {
    return nothing;
  }
  const { fieldText } = state;
  const wrong = fieldText.slice(error.start, error.end);
  return html`<span class="error-mark" aria-hidden="true"
    >${fieldText.slice(0, error.start)}<span class="squiggle">${wrong === '' ? '\u00a0' : wrong}</span
    >${fieldText.slice(error.end)}</span
  >`;
}

/** What is wrong and where, below the field. */
export function syntaxErrorLine(state: InspectorState): TemplateResult | typeof nothing {
  const error = shownError(state);
  return error
    ? html`<p class="syntax-error small" id=${SYNTAX_ERROR} role="alert">
        ${icon('error', 'failed')}<span class="grow"
          >${error.message} <span class="quiet">At character ${error.start + 1}.</span></span
        >
      </p>`
    : nothing;
}
