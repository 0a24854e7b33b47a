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
import { pastedTexts } from './pastedTexts';
import { splitTexts } from './splitTexts';
import { syntaxErrorText } from './syntaxErrorText';

const LEFT_OUT = 'matrix-left-out';

/** The texts of the matrix, each with a button that takes it away, and a field that adds more. */
export function matrixTexts(
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const items = compare?.items ?? [];
  const isFull = items.length >= MAX_COMPARED;
  const hasLeftOut = isFull && state.leftOut > 0;
  return html`<div class="matrix-texts">
    <div class="field chips-field">
      <ul class="chips" aria-label="Texts of the matrix">
        ${items.map((item, index) => chip(item, index, compare, state, actions))}
      </ul>
      <input
        class="grow"
        type="text"
        aria-label="Add a word, #id or formula"
        aria-describedby=${hasLeftOut ? LEFT_OUT : nothing}
        aria-disabled=${isFull}
        placeholder=${isFull ? `${MAX_COMPARED} at most` : 'Add words'}
        title="A list of words, with commas or line ends between them, is added as so many"
        spellcheck="false"
        autocomplete="off"
        maxlength=${MAX_QUERY_LENGTH}
        ?readonly=${isFull}
        .value=${live(state.newText)}
        @input=${(event: Event) => {
          state.newText = inputOf(event).value;
        }}
        @keydown=${(event: KeyboardEvent) => pressInField(event, compare, state, actions)}
        @paste=${(event: ClipboardEvent) => paste(event, compare, state, actions)}
      />
    </div>
    ${hasLeftOut ? html`<p class="small quiet" id=${LEFT_OUT} role="status">${leftOutText(state.leftOut)}</p>` : nothing}
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
    add(splitTexts(value), compare, state, actions);
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

/** A list that is pasted is added as so many texts. */
function paste(
  event: ClipboardEvent,
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  const texts = pastedTexts(event);
  if (texts) {
    event.preventDefault();
    add(texts, compare, state, actions);
  }
}

function add(
  added: readonly string[],
  compare: CompareView | undefined,
  state: CompareState,
  actions: ViewActions,
): void {
  const before = state.latestTexts(compare);
  const all = [...before, ...added];
  const texts = all.slice(0, MAX_COMPARED);
  if (texts.length > before.length) {
    state.newText = '';
    send(texts, state, actions);
    state.leftOut = all.length - texts.length;
    actions.redraw();
  }
}

function leftOutText(count: number): string {
  return `${count === 1 ? 'One text was' : `${count} texts were`} left out: ${MAX_COMPARED} at most are compared.`;
}

function send(texts: readonly string[], state: CompareState, actions: ViewActions): void {
  state.sendTexts(texts);
  state.leftOut = 0;
  actions.send({ type: 'compare', texts, mode: 'matrix' });
}
