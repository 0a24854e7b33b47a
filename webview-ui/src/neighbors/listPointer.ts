import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { askForMenu, type SelectedPlace } from './neighborMenu';
import { clickNeighbor, clickOtherButton, doubleClickNeighbor } from './neighborPointer';
import { rowId } from './neighborRow';

/** In CSS pixels, so that it covers no rank. */
const MENU_INDENT = 48;

/** A click on the arrow of a row opens or closes its group, any other one is about its neighbor. */
export function clickRow(event: MouseEvent, state: InspectorState, actions: InspectorActions): void {
  const row = state.list.rows[rowAt(event) ?? -1];
  if (row && row.others > 0 && isOnTwistie(event)) {
    actions.openGroup(row.index, !row.isOpen);
  } else {
    clickNeighbor(event, row?.index, actions);
  }
}

export function doubleClickRow(event: MouseEvent, state: InspectorState, actions: InspectorActions): void {
  if (!isOnTwistie(event)) {
    doubleClickNeighbor(event, pointedAt(event, state), state.selected, actions);
  }
}

export function clickRowOtherwise(event: MouseEvent, state: InspectorState, actions: InspectorActions): void {
  clickOtherButton(event, pointedAt(event, state), actions);
}

/** The menu that keys ask for stands below the beginning of the selected row. */
export function askForRowMenu(event: MouseEvent, state: InspectorState, actions: InspectorActions): void {
  const { currentTarget } = event;
  const selectedPlace = (): SelectedPlace | undefined => {
    const element =
      currentTarget instanceof Element ? currentTarget.querySelector(`#${rowId(state.selectedRow)}`) : null;
    const { left, bottom } = element?.getBoundingClientRect() ?? new DOMRect();
    return element ? { element, x: left + MENU_INDENT, y: bottom } : undefined;
  };
  askForMenu(event, pointedAt(event, state), selectedPlace, state, actions);
}

/** Number of the neighbor whose row is under the pointer. */
export function pointedAt(event: Event, state: InspectorState): number | undefined {
  return state.list.rows[rowAt(event) ?? -1]?.index;
}

function rowAt({ target }: Event): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined;
  return row === undefined ? undefined : Number(row);
}

function isOnTwistie({ target }: Event): boolean {
  return target instanceof Element && target.closest('.twistie') !== null;
}
