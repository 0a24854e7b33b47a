import { averageHead } from './averageMark';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AnswerView } from '../../../src/protocol/answerView';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { METRIC_WORDS } from '../metrics';
import { place } from '../place';
import { spokenQuery } from '../searched';
import { barScale, type BarScale } from './barScale';
import { copyNeighbor } from './copyNeighbor';
import { pressInList } from './listKeys';
import { askForRowMenu, clickRow, clickRowOtherwise, doubleClickRow, pointedAt } from './listPointer';
import { ROW_HEIGHT, rowsToDraw } from './listWindow';
import { MORE_ROW, moreRow } from './moreNeighbors';
import { neighborContext } from './neighborMenu';
import { pressButton } from './neighborPointer';
import { neighborRow, rowId } from './neighborRow';
import { ofRows, rowsAreWords } from '../rowNames';

/**
 * The ranked list. A tree grid that keeps the focus itself and names its active row: rows come and go while it scrolls, and
 * a focused row that goes would take the focus along.
 */
export function neighborList(
  answer: AnswerView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const { rows } = state.list;
  const more = state.moreCount;
  const rowCount = rows.length + (more > 0 ? 1 : 0);
  const selectedRow = state.selectedRow;
  const scale = barScale(answer);
  const shown = rowsToDraw(state.scrollTop, state.listHeight, rows.length, selectedRow);
  const columns = classMap({ ranked: true, 'with-changes': answer.previousMetric !== undefined });
  return html`<div class="columns ${columns}">
    ${listHead(answer, scale, state.scrollBarWidth)}
    <div
      class="list"
      role="treegrid"
      tabindex="0"
      aria-label="Neighbors of ${spokenQuery(state.snapshot?.query)}"
      aria-rowcount=${rowCount}
      aria-activedescendant=${state.isAtMore ? MORE_ROW : selectedRow >= 0 ? rowId(selectedRow) : nothing}
      @scroll=${(event: Event) => actions.scrollList(elementOf(event).scrollTop)}
      @click=${(event: MouseEvent) => clickRow(event, state, actions)}
      @dblclick=${(event: MouseEvent) => doubleClickRow(event, state, actions)}
      @auxclick=${(event: MouseEvent) => clickRowOtherwise(event, state, actions)}
      @mousedown=${pressButton}
      @contextmenu=${(event: MouseEvent) => askForRowMenu(event, state, actions)}
      data-vscode-context=${neighborContext(state)}
      @keydown=${(event: KeyboardEvent) => pressInList(event, state, actions)}
      @copy=${(event: ClipboardEvent) => copyNeighbor(event, actions)}
      @mouseover=${(event: MouseEvent) => actions.hover(pointedAt(event, state), 'list')}
      @mouseleave=${() => actions.hover(undefined, 'list')}
    >
      <div class="rows" role="presentation" ${place({ height: `${rowCount * ROW_HEIGHT}px` })}>
        ${repeat(
          shown,
          (row) => row,
          (row) => {
            const listRow = rows[row];
            const neighbor = listRow && answer.neighbors[listRow.index];
            return neighbor ? neighborRow({ neighbor, listRow, row, answer, scale, state }) : nothing;
          },
        )}
        ${more > 0 ? moreRow(rows.length, state, actions) : nothing}
      </div>
    </div>
  </div>`;
}

/** Said of the scale of bars. */
const CUT = 'Bars of rows that are far from all others are cut off: their numbers tell how far.';

/** The head has the same columns as the rows, so it leaves as much room as their scroll bar takes. */
function listHead(
  answer: AnswerView,
  { average, cutsBest, cutsWorst, hasNaturalEnds }: BarScale,
  scrollBarWidth: number,
): TemplateResult {
  const { metric, previousMetric } = answer;
  const change =
    previousMetric === undefined
      ? nothing
      : html`<span class="change" title="Change of rank from ${METRIC_WORDS[previousMetric].inText}"
          >from ${METRIC_WORDS[previousMetric].short}</span
        >`;
  return html`<div class="row head" aria-hidden="true" ${place({ 'margin-right': `${scrollBarWidth}px` })}>
    <span></span><span class="number">#</span>${change}<span>${ofRows('Token')}</span>
    ${
      average === undefined
        ? html`<span class="similarity ends"
            ><span title=${cutsWorst ? CUT : nothing}
              >${cutsWorst ? 'cut off' : hasNaturalEnds ? '0' : 'worst'}</span
            ><span title=${cutsBest ? CUT : nothing}
              >${cutsBest ? 'cut off' : hasNaturalEnds ? '1' : 'best'}</span
            ></span
          >`
        : averageHead(average)
    }
    <span class="number">${METRIC_WORDS[metric].short}</span><span class="number norm">norm</span
    ><span class="number id">${rowsAreWords() ? 'row' : 'id'}</span>
  </div>`;
}

function elementOf(event: Event): HTMLElement {
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) {
    throw new TypeError('The list is no element.');
  }
  return currentTarget;
}
