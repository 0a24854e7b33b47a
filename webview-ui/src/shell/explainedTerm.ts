import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import type { TermName } from './termName';
import { ofRows } from '../rowNames';

export const TERM_EXPLANATIONS: Readonly<Record<TermName, string>> = {
  average:
    'The average is the mean score of the query over all tokens: what a token that has nothing to do with it scores. Only what is clearly above it says something.',
  typical:
    'The typical distance is the root of the mean square over all tokens: how far off a token is that has nothing to do with the query. Only what is clearly nearer says something.',
  spread:
    'The spread is how far these vectors lie apart in all their dimensions. The drawing has two, the two that keep most of it (principal components); the rest cannot be seen.',
  misplaced:
    'A hollow point is misplaced: fewer than 3 of its 5 nearest in all dimensions are among the 5 nearest in the drawing. Trust the list, not the place.',
  beyond:
    'Some tokens score so far from all others that these would be squeezed into a few bars. The axis ends before them: two strokes mark the end, and the table counts them.',
};

/** A word that explains itself: on hover, and below the head when it is pressed. @param id of where the explanation stands */
export function explainedTerm(
  name: TermName,
  text: string,
  id: string,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  return html`<button
    class="term"
    title=${ofRows(TERM_EXPLANATIONS[name])}
    aria-expanded=${state.explainedTerm === name}
    aria-controls=${id}
    @click=${() => {
      state.explainedTerm = state.explainedTerm === name ? undefined : name;
      actions.redraw();
    }}
  >
    ${text}
  </button>`;
}

/** The explanation of one of these words, as long as it is wanted. */
export function termExplanation(
  names: readonly TermName[],
  id: string,
  { explainedTerm: name }: InspectorState,
): TemplateResult {
  const isShown = name !== undefined && names.includes(name);
  return html`<p class="term-explanation small" id=${id} role="status" ?hidden=${!isShown}>
    ${isShown ? ofRows(TERM_EXPLANATIONS[name]) : nothing}
  </p>`;
}
