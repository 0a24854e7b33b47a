import type { PanelViewName } from '../../../src/protocol/panelSnapshot';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { mainPart } from './pageFocus';

const VIEW_KEYS: ReadonlyMap<string, PanelViewName> = new Map([
  ['1', 'neighbors'],
  ['2', 'compare'],
  ['3', 'token'],
  ['4', 'map'],
]);

/**
 * Handles a key that no part of the page has taken. Single letters count only while the list, a drawing, a tab or nothing
 * in particular has the focus: elsewhere they may belong to what is typed.
 *
 * @returns whether the key meant something
 */
export function pressShortcut(
  event: KeyboardEvent,
  state: InspectorState,
  actions: InspectorActions,
): boolean {
  const { key, target } = event;
  if (event.altKey && !event.ctrlKey && !event.metaKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    return goThroughHistory(key, target, state, actions);
  }
  if (event.altKey || event.ctrlKey || event.metaKey || isTyped(target)) {
    return false;
  }
  if (key === '/') {
    actions.focus('query');
    return true;
  }
  return isInResults(target) && pressLetter(key.toLowerCase(), target, state, actions);
}

function goThroughHistory(
  key: string,
  target: EventTarget | null,
  { snapshot }: InspectorState,
  actions: InspectorActions,
): boolean {
  // On a Mac these keys move by words inside a text field.
  if (isTyped(target) && navigator.userAgent.includes('Mac')) {
    return false;
  }
  const isBack = key === 'ArrowLeft';
  if (isBack ? snapshot?.canGoBack : snapshot?.canGoForward) {
    actions.send({ type: isBack ? 'back' : 'forward' });
  }
  return true;
}

function pressLetter(
  key: string,
  target: EventTarget | null,
  state: InspectorState,
  actions: InspectorActions,
): boolean {
  const { snapshot } = state;
  const view = VIEW_KEYS.get(key);
  if (!snapshot) {
    return false;
  }
  if (view) {
    actions.focus(isTab(target) ? 'tab' : mainPart(view));
    actions.send({ type: 'chooseView', view });
    return true;
  }
  if (key === 'p') {
    actions.send({ type: 'pin', isPinned: !snapshot.isPinned });
    return true;
  }
  if (state.view === 'map') {
    return pressInMap(key, actions);
  }
  return state.view === 'neighbors' && pressInNeighbors(key, target, snapshot.isFolded, actions);
}

function pressInMap(key: string, { map }: InspectorActions): boolean {
  if (key === 't') {
    map.toggleRegions();
    return true;
  }
  return key === 'escape' && map.leave();
}

function pressInNeighbors(
  key: string,
  target: EventTarget | null,
  isFolded: boolean,
  actions: InspectorActions,
): boolean {
  switch (key) {
    case 'f':
      actions.send({ type: 'fold', isFolded: !isFolded });
      return true;
    case 'c':
      actions.compareSelected();
      return true;
    case 'i':
      actions.openSelected();
      return true;
    case 't':
      actions.toggleTable(
        target instanceof Element && target.closest('.distribution') ? 'distribution' : 'map',
      );
      return true;
    default:
      return false;
  }
}

/** True where letters are typed. */
function isTyped(target: EventTarget | null): boolean {
  return (
    (target instanceof HTMLInputElement && target.type !== 'radio' && target.type !== 'checkbox') ||
    target instanceof HTMLSelectElement ||
    target instanceof HTMLTextAreaElement
  );
}

function isInResults(target: EventTarget | null): boolean {
  return target instanceof Element && (target.closest('.body') !== null || isTab(target) || isPanel(target));
}

function isTab(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=tablist]') !== null;
}

/** Where somebody has clicked beside everything. */
function isPanel(target: Element): boolean {
  return target.matches('.panel, body');
}
