import type { NeighborAction, NeighborContext } from '../../../src/protocol/neighborAction';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';

/** What is told to VS Code's context menu about the selected neighbor, as `data-vscode-context`; nothing without one. */
export function neighborContext(state: InspectorState): string {
  const { selectedNeighbor } = state;
  if (!selectedNeighbor) {
    return '{}';
  }
  const { token } = selectedNeighbor;
  const context: NeighborContext = {
    webviewSection: 'neighbor',
    tokenId: token.id,
    canGo: state.canWalkTo(token),
    preventDefaultContextMenuItems: true,
  };
  return JSON.stringify(context);
}

/** Where the selected neighbor is drawn, in client coordinates. */
export interface SelectedPlace {
  readonly element: Element;
  readonly x: number;
  readonly y: number;
}

/**
 * Handles a wish for a context menu in the list or the map. VS Code shows it, for what {@link neighborContext} tells by then. A right click
 * selects what it is on; the menu that is asked for by keys stands at what is selected, and not in the middle of all.
 *
 * @param index Number of the neighbor under the pointer; undefined where there is none.
 * @param selectedPlace Called after the selected neighbor was brought into view.
 */
export function askForMenu(
  event: MouseEvent,
  index: number | undefined,
  selectedPlace: () => SelectedPlace | undefined,
  state: InspectorState,
  actions: Pick<InspectorActions, 'select'>,
): void {
  if (!isByKeys(event)) {
    if (index === undefined) {
      // No neighbor, so no menu: the one for text would cut and paste what is no text.
      event.preventDefault();
    } else {
      actions.select(index);
    }
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  actions.select(state.selected);
  const place = selectedPlace();
  place?.element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      button: RIGHT,
      clientX: place.x,
      clientY: place.y,
    }),
  );
}

/** Does what was chosen in the menu of a neighbor. One that has gone meanwhile is left alone. */
export function performNeighborAction(
  action: NeighborAction,
  id: number,
  state: InspectorState,
  actions: InspectorActions,
): void {
  const index = state.neighbors.findIndex(({ token }) => token.id === id);
  if (index < 0 || state.view !== 'neighbors') {
    return;
  }
  actions.select(index);
  switch (action) {
    case 'go':
      actions.walk(index);
      break;
    case 'openInspector':
      actions.openInspector(index);
      break;
    case 'compare':
      actions.compareSelected();
      break;
    case 'openToken':
      actions.openSelected();
      break;
    case 'showOnMap':
      actions.send({ type: 'showTokenOnMap', id });
      break;
    case 'copyToken':
      actions.copyToken('text');
      break;
    case 'copyId':
      actions.copyToken('id');
      break;
    case 'copyRow':
      actions.copyRow();
      break;
    case 'leaveOut':
      actions.leaveOut(index);
      break;
  }
}

const RIGHT = 2;

/** Shift+F10 and the key for menus count as a mouse without a button. On a Mac a click with Ctrl is a right click. */
function isByKeys(event: MouseEvent): boolean {
  const isTouch = event instanceof PointerEvent && ['touch', 'pen'].includes(event.pointerType);
  return event.button !== RIGHT && !event.ctrlKey && !isTouch;
}
