import type { ViewActions } from '../plots/viewActions';
import type { CompareState } from './compareState';

/** Shows the drawings' values as a table, or the drawing again, and takes the keyboard focus along. */
export function toggleValueTable(state: CompareState, actions: ViewActions, from: Element): void {
  const view = from.closest('.compare');
  state.showsTable = !state.showsTable;
  actions.redraw();
  // The panel is drawn in a microtask that was queued before this one.
  queueMicrotask(() => view?.querySelector<HTMLElement>('.table-scroll, .line-plot .probe')?.focus());
}
