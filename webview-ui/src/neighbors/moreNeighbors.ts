import { html, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { place } from '../place';
import { ROW_HEIGHT } from './listWindow';

export const MORE_ROW = 'more-neighbors';

/**
 * The end of the list while there are more neighbors than it shows.
 *
 * @param row Its place below the rows, counted from 0.
 */
export function moreRow(row: number, state: InspectorState, actions: InspectorActions): TemplateResult {
  const { isAtMore, moreCount } = state;
  return html`<div
    class=${classMap({ 'more-neighbors': true, reached: isAtMore })}
    id=${MORE_ROW}
    role="row"
    aria-level="1"
    aria-rowindex=${row + 1}
    ${place({ top: `${row * ROW_HEIGHT}px` })}
    @click=${() => askForMore(state, actions)}
  >
    <span role="gridcell">Show ${moreCount} more</span>
  </div>`;
}

/** Moves the keyboard from the last row to the offer. */
export function goToMore(state: InspectorState, actions: InspectorActions): void {
  state.isAtMore = true;
  actions.showRow(state.list.rows.length);
}

/** Asks for more neighbors of the same query. */
export function askForMore({ snapshot, moreCount }: InspectorState, actions: InspectorActions): void {
  if (snapshot && moreCount > 0) {
    actions.send({ type: 'chooseCount', k: snapshot.k + moreCount });
  }
}
