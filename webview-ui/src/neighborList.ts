import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AnswerView, NeighborView } from '../../src/protocol/panelSnapshot';
import type { InspectorActions } from './inspectorActions';
import { spokenQuery, type InspectorState } from './inspectorState';
import { ROW_HEIGHT, rowsToDraw } from './listWindow';
import { formatNorm, formatSimilarity } from './numbers';
import { place } from './place';
import { spokenTokenText } from './tokenText';

/**
 * The ranked list. A listbox that keeps the focus itself and names its active row: rows come and go while it scrolls, and
 * a focused row that goes would take the focus along.
 */
export function neighborList(
  answer: AnswerView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { neighbors } = answer;
  const rows = rowsToDraw(state.scrollTop, state.listHeight, neighbors.length, state.selected);
  return html`${listHead(answer, state.scrollBarWidth)}
    <div
      class="list"
      role="listbox"
      tabindex="0"
      aria-label="Neighbors of ${spokenQuery(state.snapshot?.query)}"
      aria-activedescendant=${state.selected >= 0 ? rowId(state.selected) : nothing}
      @scroll=${(event: Event) => actions.scrollList(elementOf(event).scrollTop)}
      @click=${(event: MouseEvent) => clickRow(event, actions)}
      @keydown=${(event: KeyboardEvent) => pressInList(event, state, actions)}
      @copy=${(event: ClipboardEvent) => copyFromList(event, actions)}
      @mouseover=${(event: MouseEvent) => actions.hover(rowAt(event), 'list')}
      @mouseleave=${() => actions.hover(undefined, 'list')}
    >
      <div class="rows" role="presentation" ${place({ height: `${neighbors.length * ROW_HEIGHT}px` })}>
        ${repeat(
          rows,
          (row) => row,
          (row) => {
            const neighbor = neighbors[row];
            return neighbor ? neighborRow(neighbor, row, answer, state) : nothing;
          },
        )}
      </div>
    </div>`;
}

/** The head has the same columns as the rows, so it leaves as much room as their scroll bar takes. */
function listHead(answer: AnswerView, scrollBarWidth: number): TemplateResult {
  return html`<div class="row head" aria-hidden="true" ${place({ 'margin-right': `${scrollBarWidth}px` })}>
    <span class="number">#</span><span>Token</span>
    <span class="similarity">
      <span ${place({ left: `clamp(20px, ${percent(answer.averageSimilarity)}, calc(100% - 20px))` })}
        >average</span
      >
    </span>
    <span class="number">cosine</span><span class="number norm">norm</span><span class="number id">id</span>
  </div>`;
}

/** A row's name for screen readers is its content, as in `2 space Mike cosine 0.857 id 4995`. */
function neighborRow(
  neighbor: NeighborView,
  row: number,
  answer: AnswerView,
  state: InspectorState,
): TemplateResult {
  const { rank, token, score, norm, isQuery } = neighbor;
  const isSelected = row === state.selected;
  return html`<div
    class=${classMap({ row: true, selected: isSelected, hovered: row === state.hovered })}
    id=${rowId(row)}
    role="option"
    aria-selected=${isSelected}
    aria-posinset=${row + 1}
    aria-setsize=${answer.neighbors.length}
    data-row=${row}
    ${place({ top: `${row * ROW_HEIGHT}px` })}
  >
    <span class="number rank">${rank}</span>
    <span class="name"
      >${spokenTokenText(token)}${isQuery ? html`<span class="note">query</span>` : nothing}</span
    >
    <span class="similarity bar-track">
      <i class="similarity-bar" ${place({ width: percent(score) })}></i>
      <b class="average-tick" ${place({ left: percent(answer.averageSimilarity) })}></b>
    </span>
    <span class="number score"><span class="spoken-only">cosine </span>${formatSimilarity(score)}</span>
    <span class="number norm"><span class="spoken-only">norm </span>${formatNorm(norm)}</span>
    <span class="number id"><span class="spoken-only">id </span>${token.id}</span>
  </div>`;
}

function rowId(row: number): string {
  return `neighbor-${row}`;
}

/** Bars run from 0 to 1; what is opposite to the query has none, and its number says how much. */
function percent(similarity: number): string {
  return `${(Math.min(1, Math.max(0, similarity)) * 100).toFixed(2)}%`;
}

function clickRow(event: MouseEvent, actions: InspectorActions): void {
  const row = rowAt(event);
  // The second click of a double click would walk on from a row that came up under the pointer after the first.
  if (row === undefined || event.detail > 1) {
    return;
  }
  actions.select(row);
  if (!(event.ctrlKey || event.metaKey)) {
    actions.walk(row);
  }
}

function pressInList(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && !hasSelectedText()) {
    actions.copyRow();
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === 'Enter') {
    actions.walk(state.selected);
  } else {
    const row = rowForKey(event.key, state);
    if (row === undefined) {
      return;
    }
    actions.select(row);
  }
  event.preventDefault();
  // The window would hand the key on to the workbench.
  event.stopPropagation();
}

function rowForKey(key: string, { selected, neighbors, listHeight }: InspectorState): number | undefined {
  const last = neighbors.length - 1;
  const page = Math.max(1, Math.floor(listHeight / ROW_HEIGHT) - 1);
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, selected - 1);
    case 'ArrowDown':
      return Math.min(last, selected + 1);
    case 'PageUp':
      return Math.max(0, selected - page);
    case 'PageDown':
      return Math.min(last, selected + page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Where the workbench takes the keys for itself (macOS), the page only hears the event of the clipboard. */
function copyFromList(event: ClipboardEvent, actions: InspectorActions): void {
  if (!hasSelectedText()) {
    event.preventDefault();
    actions.copyRow();
  }
}

function hasSelectedText(): boolean {
  return window.getSelection()?.isCollapsed === false;
}

function rowAt(event: Event): number | undefined {
  const { target } = event;
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
  return row === undefined ? undefined : Number(row);
}

function elementOf(event: Event): HTMLElement {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) {
    throw new TypeError('The list is no element.');
  }
  return currentTarget;
}
