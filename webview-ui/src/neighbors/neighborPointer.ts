import type { InspectorActions } from '../inspectorActions';

/**
 * What the mouse does on a neighbor, on its row as on its point: a click selects it, a double click goes there, and with Ctrl or Cmd, or the
 * middle button, it comes up in another inspector.
 */

/** @param index Number of the neighbor under the pointer; undefined where there is none. */
export function clickNeighbor(
  event: MouseEvent,
  index: number | undefined,
  actions: Pick<InspectorActions, 'select' | 'openInspector'>,
): void {
  // The first click of two is the one that counts: it may have moved another row under the pointer.
  if (index === undefined || event.detail > 1) {
    return;
  }
  if (event.ctrlKey || event.metaKey) {
    actions.openInspector(index);
  } else {
    actions.select(index);
  }
}

/** Goes to what the first of the two clicks has selected. @param index As in {@link clickNeighbor}. */
export function doubleClickNeighbor(
  event: MouseEvent,
  index: number | undefined,
  selected: number,
  actions: Pick<InspectorActions, 'walk'>,
): void {
  if (index !== undefined && !event.ctrlKey && !event.metaKey) {
    actions.walk(selected);
  }
}

/** Hears of every button but the first. @param index As in {@link clickNeighbor}. */
export function clickOtherButton(
  event: MouseEvent,
  index: number | undefined,
  actions: Pick<InspectorActions, 'openInspector'>,
): void {
  if (event.button === MIDDLE && index !== undefined) {
    actions.openInspector(index);
  }
}

/** Keeps a double click from selecting a word of the row, and the middle button from scrolling by itself. */
export function pressButton(event: MouseEvent): void {
  if (event.detail > 1 || event.button === MIDDLE) {
    event.preventDefault();
  }
}

const MIDDLE = 1;
