import type { InspectorActions } from '../inspectorActions';

/**
 * Copies the selected neighbor, from its row as from its point, unless text is selected. Where the workbench takes the keys for itself
 * (macOS), the page only hears the event of the clipboard.
 */
export function copyNeighbor(event: ClipboardEvent, actions: Pick<InspectorActions, 'copyRow'>): void {
  if (!hasSelectedText()) {
    event.preventDefault();
    actions.copyRow();
  }
}

export function hasSelectedText(): boolean {
  return window.getSelection()?.isCollapsed === false;
}
