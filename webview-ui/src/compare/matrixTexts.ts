import { html, nothing, type TemplateResult } from 'lit/html.js';
import { live } from 'lit/directives/live.js';
import { classMap } from 'lit/directives/class-map.js';
import { MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import { MAX_COMPARED, type CompareItemView, type CompareView } from '../../../src/protocol/compareView';
import { icon } from '../icon';
import { inputOf } from '../inputOf';
import type { ViewActions } from '../plots/viewActions';
import { itemText, spokenItem } from './compareItem';
import type { CompareState } from './compareState';
import { focusIn } from './focusIn';
import { syntaxErrorText } from './syntaxErrorText';

/** The texts of the matrix, each with a button that takes it away, and a field that adds more. */
export function matrixTexts(
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const items = compare?.items ?? [];
  const isFull = items.length >= MAX_COMPARED;
  return html`<div class="matrix-texts">
    <div class="field chips-field">
      <ul class="chips" aria-label="Texts of the matrix">
        ${items.map((item, index) => chip(item, index, compare, state, actions))}
      </ul>
      <input
        class="grow"
        type="text"
        aria-label="Add a word, #id or formula"
        placeholder=${isFull ? `${MAX_COMPARED} at most` : 'Add a word'}
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_QUERY_LENGTH}
        ?disabled=${isFull}
        .value=${live(state.newText)}
        @input=${(event: Event) => {
          state.newText = inputOf(event).value;
        }}
        @keydown=${(event: KeyboardEvent) => pressInField(event, compare, state, actions)}
        @paste=${(event: ClipboardEvent) => pasteLines(event, compare, state, actions)}
      />
    </div>
    ${items.map(({ text, syntaxError }, index) =>
      syntaxError ? syntaxErrorText(`matrix-error-${index}`, text, syntaxError) : nothing,
    )}
  </div>`;
}

function chip(
  item: CompareItemView,
  index: number,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  return html`<li class=${classMap({ chip: true, wrong: item.syntaxError !== undefined })}>
    ${item.syntaxError ? icon('error', 'failed') : nothing}${itemText(item)}<button
      class="chip-close"
      aria-label="Remove ${spokenItem(item)}"
      title="Remove"
      @click=${({ currentTarget }: Event) => {
        focusIn(currentTarget, '.chips-field', 'input');
        const texts = [...state.latestTexts(compare)];
        const place = texts[index] === item.text ? index : texts.indexOf(item.text);
        if (place >= 0) {
          texts.splice(place, 1);
          send(texts, state, actions);
        }
      }}
    >
      ${icon('close')}
    </button>
  </li>`;
}

function pressInField(
  event: KeyboardEvent,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  if (event.isComposing) {
    return;
  }
  const { value } = inputOf(event);
  if (event.key === 'Enter') {
    add([value], compare, state, actions);
  } else if (event.key === 'Backspace' && value === '' && state.latestTexts(compare).length > 0) {
    send(state.latestTexts(compare).slice(0, -1), state, actions);
  } else if (event.key === 'Escape') {
    state.newText = '';
    actions.redraw();
  } else {
    return;
  }
  event.preventDefault();
}

/** A list that is pasted is added line by line. */
function pasteLines(
  event: ClipboardEvent,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  const lines = event.clipboardData?.getData('text/plain').split(/\r?\n/) ?? [];
  if (lines.length > 1) {
    event.preventDefault();
    add(lines, compare, state, actions);
  }
}

function add(
  added: readonly string[],
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  const filled = added.filter((text) => text.trim() !== '').map((text) => text.slice(0, MAX_QUERY_LENGTH));
  const before = state.latestTexts(compare);
  const texts = [...before, ...filled].slice(0, MAX_COMPARED);
  if (texts.length > before.length) {
    state.newText = '';
    send(texts, state, actions);
    actions.redraw();
  }
}

function send(texts: readonly string[], state: CompareState, actions: ViewActions): void {
  state.sendTexts(texts);
  actions.send({ type: 'compare', texts, mode: 'matrix' });
}
