import { html, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import type { CompareItemView, CompareView, MatrixView } from '../../../src/protocol/compareView';
import { place } from '../place';
import { csvButton, exportButtons, partHead } from '../plots/drawingControls';
import { METRIC_NAMES } from '../plots/metricNames';
import type { ViewActions } from '../plots/viewActions';
import { itemText, spokenItem } from './compareItem';
import type { CompareState } from './compareState';
import { colorShare, heatNumber, heatScale, needsStrongText, type HeatScale } from './heatScale';
import { matrixExport } from './matrixFigure';
import { matrixSide, openPair } from './matrixSide';
import { shownOrder } from './shownOrder';

/** More columns than these have their heads upright: they would not fit beside each other. */
const MOST_LEVEL_HEADS = 10;

interface Heat {
  readonly compare: CompareView;
  readonly matrix: MatrixView;
  readonly scale: HeatScale;
  /** Numbers of the items as rows and columns stand. */
  readonly order: readonly number[];
}

/** The similarity of every pair of texts as a heat map that is a grid of numbers. */
export function matrixView(
  compare: CompareView,
  matrix: MatrixView,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const order = shownOrder(matrix, state);
  const heat = { compare, matrix, scale: heatScale(matrix), order };
  return html`<section class="matrix" aria-labelledby="matrix-title">
    ${partHead(
      'matrix-title',
      `${METRIC_NAMES[matrix.metric]} of every pair`,
      '',
      html`${exportButtons(matrixExport(compare, matrix, order), actions)}
      ${csvButton('matrix', { type: 'exportMatrix', to: 'file', order }, actions)}`,
    )}
    <div class="matrix-body">
      <div class="heat-scroll">${heatGrid(heat, state, actions)}</div>
      ${matrixSide(compare, matrix, heat.scale, state, actions)}
    </div>
  </section>`;
}

function heatGrid(heat: Heat, state: CompareState, actions: ViewActions): TemplateResult {
  const { compare, matrix, order } = heat;
  const { cell } = state;
  return html`<table
    class=${classMap({ heat: true, dense: order.length > MOST_LEVEL_HEADS })}
    role="grid"
    aria-label="${METRIC_NAMES[matrix.metric]} of ${compare.items.length} texts, every pair"
    aria-rowcount=${order.length + 1}
    aria-colcount=${order.length + 1}
    @keydown=${(event: KeyboardEvent) => pressInGrid(event, heat, state, actions)}
    @click=${(event: MouseEvent) => clickCell(event, state, actions)}
    @dblclick=${() => openPair(compare, state, actions)}
  >
    <thead>
      <tr role="row">
        <td class="corner" role="gridcell"></td>
        ${order.map(
          (item) =>
            html`<th scope="col" role="columnheader">
              <span class="head">${nameOf(compare.items[item])}</span>
            </th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${order.map((row) =>
        // A row is drawn again only where the selection comes, goes or moves.
        guard([matrix, state.order, row === cell.row ? cell.column : -1], () => heatRow(row, heat, state)),
      )}
    </tbody>
  </table>`;
}

function heatRow(
  row: number,
  { compare, matrix, scale, order }: Heat,
  { cell }: CompareState,
): TemplateResult {
  return html`<tr role="row">
    <th scope="row" role="rowheader">${nameOf(compare.items[row])}</th>
    ${order.map((column) => {
      const value = matrix.values[row]?.[column] ?? null;
      const share = value === null ? 0 : colorShare(value, scale);
      const isSelected = cell.row === row && cell.column === column;
      return html`<td
        role="gridcell"
        class=${classMap({ strong: needsStrongText(share), quiet: value === null })}
        data-row=${row}
        data-column=${column}
        tabindex=${isSelected ? 0 : -1}
        aria-selected=${isSelected}
        ${place({ '--share': `${(share * 100).toFixed(1)}%` })}
      >
        ${value === null ? '–' : heatNumber(value, matrix)}
      </td>`;
    })}
  </tr>`;
}

function nameOf(item: CompareItemView | undefined): TemplateResult | string {
  return item ? itemText(item) : '';
}

function clickCell({ target }: MouseEvent, state: CompareState, actions: ViewActions): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (cell) {
    state.cell = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
    cell.focus();
    actions.redraw();
  }
}

function pressInGrid(event: KeyboardEvent, heat: Heat, state: CompareState, actions: ViewActions): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof Element) || event.altKey || event.metaKey) {
    return;
  }
  if (key === 'Enter') {
    openPair(heat.compare, state, actions);
  } else {
    const cell = cellForKey(event, heat.order, state.cell);
    if (!cell) {
      return;
    }
    state.cell = cell;
    currentTarget
      .querySelector<HTMLElement>(`[data-row="${cell.row}"][data-column="${cell.column}"]`)
      ?.focus();
    announceCell(heat, state, actions);
    actions.redraw();
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Home and End go to the ends of the row, with Ctrl to the ends of the grid. */
function cellForKey(
  { key, ctrlKey }: KeyboardEvent,
  order: readonly number[],
  { row, column }: CompareState['cell'],
): CompareState['cell'] | undefined {
  const last = order.length - 1;
  const at = { row: order.indexOf(row), column: order.indexOf(column) };
  const moves: Readonly<Record<string, { row: number; column: number }>> = {
    ArrowUp: { ...at, row: at.row - 1 },
    ArrowDown: { ...at, row: at.row + 1 },
    ArrowLeft: { ...at, column: at.column - 1 },
    ArrowRight: { ...at, column: at.column + 1 },
    PageUp: { ...at, row: at.row - 10 },
    PageDown: { ...at, row: at.row + 10 },
    Home: { row: ctrlKey ? 0 : at.row, column: 0 },
    End: { row: ctrlKey ? last : at.row, column: last },
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  const inside = (place: number) => order[Math.min(last, Math.max(0, place))] ?? 0;
  return to && { row: inside(to.row), column: inside(to.column) };
}

function announceCell({ compare, matrix }: Heat, { cell }: CompareState, actions: ViewActions): void {
  const [row, column] = [compare.items[cell.row], compare.items[cell.column]];
  const value = matrix.values[cell.row]?.[cell.column] ?? null;
  if (row && column) {
    const number = value === null ? 'no vector' : heatNumber(value, matrix);
    actions.announce(`${spokenItem(row)} and ${spokenItem(column)}: ${number}`);
  }
}
