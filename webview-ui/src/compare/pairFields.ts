import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import { MAX_COMPARED, type CompareItemView, type CompareView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { inputOf } from '../inputOf';
import type { ViewActions } from '../plots/viewActions';
import { itemHint, pairItems } from './compareItem';
import type { CompareState } from './compareState';
import { pastedTexts } from './pastedTexts';
import { syntaxErrorText } from './syntaxErrorText';

const NAMES = ['A', 'B'] as const;

/** The two texts of the pair, and a button that swaps them. Enter compares. */
export function pairFields(
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const items = pairItems(compare);
  return html`<div class="pair-fields">
    ${field(0, items[0], compare, state, actions)}
    <button
      class="button swap"
      aria-label="Swap A and B"
      title="Swap A and B"
      ?disabled=${!items[0] || !items[1]}
      @click=${() => swap(compare, state, actions)}
    >
      ${icon('arrowSwap')}
    </button>
    ${field(1, items[1], compare, state, actions)}
  </div>`;
}

function field(
  side: 0 | 1,
  item: CompareItemView | undefined,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const isDraft = state.drafts[side] !== undefined && state.drafts[side] !== item?.text;
  const error = isDraft ? undefined : item?.syntaxError;
  const name = NAMES[side];
  return html`<div class="pair-slot">
    <div class="field">
      <span class="series-dot series-${name.toLowerCase()}" aria-hidden="true"></span>
      <input
        class="grow"
        type="text"
        aria-label="Word, #id or formula ${name}"
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${error ? `compare-error-${side}` : nothing}
        placeholder="Word, #id or formula"
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_QUERY_LENGTH}
        .value=${live(state.fieldTexts(compare)[side])}
        @input=${(event: Event) => {
          state.drafts[side] = inputOf(event).value;
          actions.redraw();
        }}
        @keydown=${(event: KeyboardEvent) => pressInField(event, side, compare, state, actions)}
        @paste=${(event: ClipboardEvent) => paste(event, side, compare, state, actions)}
      />
      ${item && !isDraft ? html`<span class="hint">${itemHint(item)}</span>` : nothing}
    </div>
    ${item && error ? syntaxErrorText(`compare-error-${side}`, item.text, error) : nothing}
  </div>`;
}

function pressInField(
  event: KeyboardEvent,
  side: 0 | 1,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  // An Enter that ends the composition of a Chinese or Japanese word does not compare.
  if (event.isComposing) {
    return;
  }
  if (event.key === 'Escape') {
    state.drafts[side] = undefined;
    actions.redraw();
  } else if (event.key === 'Enter') {
    const texts = state.fieldTexts(compare);
    const empty = texts.findIndex((text) => text.trim() === '');
    if (empty >= 0) {
      // Both are needed: on to the one that is missing.
      const fields = inputOf(event).closest('.pair-fields')?.querySelectorAll('input');
      fields?.[empty]?.focus();
    } else {
      actions.send({ type: 'compare', texts: textsOfPair(compare, texts), mode: 'pair' });
    }
  } else {
    return;
  }
  event.preventDefault();
}

/** A list that is pasted takes the place of this text: two of them are a pair, more a matrix. */
function paste(
  event: ClipboardEvent,
  side: 0 | 1,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  const pasted = pastedTexts(event);
  if (!pasted) {
    return;
  }
  event.preventDefault();
  const [a, b] = state.fieldTexts(compare);
  const all = (side === 0 ? [...pasted, b] : [a, ...pasted]).filter((text) => text.trim() !== '');
  const texts = all.slice(0, MAX_COMPARED);
  state.drafts = [undefined, undefined];
  state.leftOut = all.length - texts.length;
  actions.send({ type: 'compare', texts, mode: texts.length > 2 ? 'matrix' : 'pair' });
  actions.redraw();
}

/** All texts, with those of the pair in their places, so that the others stay for the matrix. */
function textsOfPair(compare: CompareView | undefined, [a, b]: readonly [string, string]): string[] {
  const texts = compare?.items.map(({ text }) => text) ?? [];
  const [placeOfA, placeOfB] = compare?.pairOf ?? [0, 1];
  if (texts.length < 2 || placeOfA === placeOfB) {
    return [a, b];
  }
  texts[placeOfA] = a;
  texts[placeOfB] = b;
  return texts;
}

function swap(compare: CompareView | undefined, state: CompareState, actions: ViewActions): void {
  if (compare) {
    const [a, b] = compare.pairOf;
    state.drafts = [undefined, undefined];
    actions.send({ type: 'comparePair', pairOf: [b, a] });
    actions.redraw();
  }
}
