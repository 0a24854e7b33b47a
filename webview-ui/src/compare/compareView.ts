import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { CompareView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { embeddingsNeeded } from '../plots/embeddingsNeeded';
import { metricSelect } from '../plots/metricNames';
import type { ViewActions } from '../plots/viewActions';
import { pairItems } from './compareItem';
import type { CompareHolder, CompareState } from './compareState';
import { matrixTexts } from './matrixTexts';
import { matrixView } from './matrixView';
import { pairFields } from './pairFields';
import { pairView } from './pairView';

/** Two texts side by side, or many as a matrix. */
export function compareView(
  compare: CompareView | undefined,
  holder: CompareHolder,
  actions: ViewActions,
): TemplateResult {
  const state = holder.compareView;
  const news = state.follow(compare);
  if (news !== undefined) {
    // What is said changes the panel, which is being drawn just now.
    queueMicrotask(() => actions.announce(news));
  }
  const mode = compare?.mode ?? 'pair';
  return html`<div class="compare">
    <div class="compare-bar">
      ${mode === 'pair' ? pairFields(compare, state, actions) : matrixTexts(compare, state, actions)}
      <div class="compare-choices">
        ${
          mode === 'matrix'
            ? metricSelect(
                'Metric of the matrix',
                compare?.matrix?.metric ?? holder.snapshot?.metric ?? 'cosine',
                (metric) => actions.send({ type: 'chooseMetric', metric }),
              )
            : nothing
        }
        ${modeChoice(mode, compare, state, actions)}
      </div>
    </div>
    ${compare?.error === undefined ? nothing : problem(compare.error)}
    ${mode === 'pair' ? pairBody(compare, holder, actions) : matrixBody(compare, holder, actions)}
  </div>`;
}

function modeChoice(
  mode: CompareView['mode'],
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const choose = (chosen: CompareView['mode']) => {
    // What stands in the fields but was not compared yet goes along.
    const texts = compare?.items.map(({ text }) => text) ?? state.drafts.filter(isText);
    actions.send({ type: 'compare', texts, mode: chosen });
  };
  return html`<div class="segments" role="radiogroup" aria-label="Kind of comparison">
    ${(['pair', 'matrix'] as const).map(
      (kind) =>
        html`<label class="segment"
          ><input
            type="radio"
            name="compare-mode"
            .checked=${live(kind === mode)}
            @change=${() => choose(kind)}
          />${kind === 'pair' ? 'Pair' : 'Matrix'}</label
        >`,
    )}
  </div>`;
}

function isText(draft: string | undefined): draft is string {
  return draft !== undefined && draft.trim() !== '';
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
  compare: CompareView | undefined,
  holder: CompareHolder,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  if (!compare || compare.items.length < 2) {
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
