import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import type { CompareView } from '../../../src/protocol/compareView';
import { metricSelect } from '../plots/metricNames';
import type { ViewActions } from '../plots/viewActions';
import type { CompareHolder, CompareState } from './compareState';
import { matrixTexts } from './matrixTexts';
import { pairFields } from './pairFields';

/** What is compared: in the Compare view it stands where the other views have the query. Drawn before everything else of the view. */
export function compareFields(holder: CompareHolder, actions: ViewActions): TemplateResult {
  const state = holder.compareView;
  const compare = holder.snapshot?.compare;
  const news = state.follow(compare);
  if (news !== undefined) {
    // What is said changes the panel, which is being drawn just now.
    queueMicrotask(() => actions.announce(news));
  }
  return compare?.mode === 'matrix'
    ? matrixTexts(compare, state, actions)
    : pairFields(compare, state, actions);
}

/** How it is compared, beside the tabs. */
export function compareChoices(holder: CompareHolder, actions: ViewActions): TemplateResult {
  const { snapshot, compareView: state } = holder;
  const compare = snapshot?.compare;
  const mode = compare?.mode ?? 'pair';
  return html`<div class="compare-choices">
    ${
      mode === 'matrix'
        ? metricSelect(
            'Metric of the matrix',
            compare?.matrix?.metric ?? snapshot?.metric ?? 'cosine',
            (metric) => actions.send({ type: 'chooseMetric', metric }),
          )
        : nothing
    }
    ${modeChoice(mode, compare, state, actions)}
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
