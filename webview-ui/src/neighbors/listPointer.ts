import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { clickNeighbor, clickOtherButton, doubleClickNeighbor } from './neighborPointer';

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
