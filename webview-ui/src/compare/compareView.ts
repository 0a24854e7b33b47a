import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CompareView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { embeddingsNeeded } from '../plots/embeddingsNeeded';
import type { ViewActions } from '../plots/viewActions';
import { pairItems } from './compareItem';
import type { CompareHolder } from './compareState';
import { matrixView } from './matrixView';
import { pairView } from './pairView';

/** Two texts side by side, or many as a matrix. What is compared stands in the header, see {@link compareFields}. */
export function compareView(
  compare: CompareView | undefined,
  holder: CompareHolder,
  actions: ViewActions,
): TemplateResult {
  return html`<div class="compare">
    ${compare?.error === undefined ? nothing : problem(compare.error)}
    ${compare?.mode === 'matrix' ? matrixBody(compare, holder, actions) : pairBody(compare, holder, actions)}
  </div>`;
}

function pairBody(
  compare: CompareView | undefined,
  holder: CompareHolder,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  const [a, b] = pairItems(compare);
  if (!compare || !a || !b) {
    return explanation(
      'Type two words to see how alike their vectors are: every dimension as a line, one vector against the other, and the dimensions that decide it.',
      ['ban and ana', 'Mike and " Mike"', 'king - man + woman and queen'],
    );
  }
  if (compare.pair) {
    return pairView(compare.pair, [a, b], compare.model, holder.compareView, actions);
  }
  const isWrong = compare.error !== undefined || a.syntaxError !== undefined || b.syntaxError !== undefined;
  return isWrong ? nothing : embeddingsNeeded(holder.snapshot?.embeddings, 'compare these vectors', actions);
}

function matrixBody(
  compare: CompareView,
  holder: CompareHolder,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  if (compare.items.length < 2) {
    return explanation(
      'Add two words or more to see the similarity of every pair. Each can be a word, a quoted string, an id or a formula.',
      ['Mike', '" Mike"', '#3820', 'mean(ban, ana)'],
    );
  }
  if (compare.matrix) {
    return matrixView(compare, compare.matrix, holder.compareView, actions);
  }
  return compare.error === undefined
    ? embeddingsNeeded(holder.snapshot?.embeddings, 'compare these vectors', actions)
    : nothing;
}

function explanation(text: string, examples: readonly string[]): TemplateResult {
  return html`<div class="message">
    <p>${text}</p>
    <p class="quiet small compare-examples">
      For example
      ${examples.map((example, index) => html`${index > 0 ? ', ' : ''}<span class="tok">${example}</span>`)}.
    </p>
  </div>`;
}

function problem(text: string): TemplateResult {
  return html`<div class="message">
    <p class="message-line">${icon('warning', 'warn')}<span class="grow" role="alert">${text}</span></p>
  </div>`;
}
