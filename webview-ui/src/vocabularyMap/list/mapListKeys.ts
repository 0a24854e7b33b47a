import type { InspectorActions } from '../../inspectorActions';
import { ROW_HEIGHT, scrollToShow } from '../../neighbors/listWindow';
import type { MapListRows } from './listRows';
import type { MapListState } from './mapListState';

/** Keys in a list beside the map: they move the active row, which is pointed at on the map; Enter chooses it, Shift+Enter makes it the query. */
export function pressInMapList(
  event: KeyboardEvent,
  rows: MapListRows,
  list: MapListState,
  actions: InspectorActions,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || rows.count === 0) {
    return;
  }
  const active = Math.min(list.active, rows.count - 1);
  if (event.key === 'Enter' || event.key === ' ') {
    const id = rows.idOf(active);
    if (event.shiftKey && id !== undefined) {
      actions.map.go(id);
    } else {
      rows.choose(active);
    }
  } else {
    const next = nextRow(event.key, active, rows.count, list.height);
    if (next === undefined) {
      return;
    }
    list.active = next;
    list.scrollTop = scrollToShow(next, list.scrollTop, list.height);
    actions.map.point(rows.idOf(next));
  }
  actions.redraw();
  event.preventDefault();
  // The window would hand the key on to the workbench.
  event.stopPropagation();
}

function nextRow(key: string, active: number, count: number, height: number): number | undefined {
  const page = Math.max(1, Math.floor(height / ROW_HEIGHT) - 1);
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'ArrowDown':
      return Math.min(count - 1, active + 1);
    case 'PageUp':
      return Math.max(0, active - page);
    case 'PageDown':
      return Math.min(count - 1, active + page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
