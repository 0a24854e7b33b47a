import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { hasSelectedText } from './copyNeighbor';
import { ROW_HEIGHT } from './listWindow';
import { askForMore, goToMore } from './moreNeighbors';

export function pressInList(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && !hasSelectedText()) {
    actions.copyRow();
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    actions.openInspector(state.selected);
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (event.key === 'Enter') {
    if (state.isAtMore) {
      askForMore(state, actions);
    } else {
      actions.walk(state.selected);
    }
  } else if (event.key === 'ArrowDown' && isAtEnd(state)) {
    goToMore(state, actions);
  } else if (!pressSideways(event.key, state, actions)) {
    const row = rowForKey(event.key, state);
    const target = row === undefined ? undefined : state.list.rows[row];
    if (!target) {
      return;
    }
    actions.select(target.index);
  }
  event.preventDefault();
  // The window would hand the key on to the workbench.
  event.stopPropagation();
}

/** Right opens a group or goes into it, Left goes out of it or closes it, as in every tree. */
function pressSideways(key: string, state: InspectorState, actions: InspectorActions): boolean {
  const { rows, headOf } = state.list;
  const row = rows[state.selectedRow];
  if (!row || (key !== 'ArrowRight' && key !== 'ArrowLeft')) {
    return false;
  }
  if (key === 'ArrowLeft' && row.level === 2) {
    actions.select(headOf[row.index] ?? row.index);
  } else if (row.others > 0 && row.isOpen !== (key === 'ArrowRight')) {
    actions.openGroup(row.index, key === 'ArrowRight');
  } else if (key === 'ArrowRight' && row.isOpen) {
    actions.select(rows[state.selectedRow + 1]?.index ?? row.index);
  }
  return true;
}

/** The offer of more comes after the last row. */
function isAtEnd({ list, selectedRow, moreCount }: InspectorState): boolean {
  return moreCount > 0 && selectedRow === list.rows.length - 1;
}

function rowForKey(key: string, state: InspectorState): number | undefined {
  const { listHeight, isAtMore } = state;
  const selectedRow = state.selectedRow + (isAtMore ? 1 : 0);
  const last = state.list.rows.length - 1;
  const page = Math.max(1, Math.floor(listHeight / ROW_HEIGHT) - 1);
  switch (key) {
    case 'ArrowUp':
      return Math.max(0, selectedRow - 1);
    case 'ArrowDown':
      return Math.min(last, selectedRow + 1);
    case 'PageUp':
      return Math.max(0, selectedRow - page);
    case 'PageDown':
      return Math.min(last, selectedRow + page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
