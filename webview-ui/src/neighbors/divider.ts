import { html, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatPercent } from '../numbers';

/** How far an arrow key moves it, as a share of the room. */
const STEP = 0.05;

/** The line between list and drawings: dragged, moved by arrow keys, Home and End; a double click gives each what it needs. */
export function divider(state: InspectorState, actions: InspectorActions): TemplateResult {
  const isBeside = state.arrangement.direction === 'beside';
  const listPercent = Math.round((1 - presentShare(state)) * 100);
  return html`<div
    class="divider"
    role="separator"
    tabindex="0"
    aria-label="Between list and drawings"
    aria-orientation=${isBeside ? 'vertical' : 'horizontal'}
    aria-valuemin="10"
    aria-valuemax="90"
    aria-valuenow=${listPercent}
    aria-valuetext="list ${formatPercent(listPercent)}"
    aria-controls="ranked"
    title="Drag, or move by the arrow keys. A double click resets it."
    @pointerdown=${(event: PointerEvent) => grab(event, state, actions)}
    @dblclick=${() => actions.arrange(state.arrangement.withShare(undefined))}
    @keydown=${(event: KeyboardEvent) => press(event, state, actions)}
  ></div>`;
}

/** Share of the room that the drawings take now. */
function presentShare({ arrangement, resultsSize, drawingsSize }: InspectorState): number {
  const isBeside = arrangement.direction === 'beside';
  const whole = isBeside ? resultsSize.width : resultsSize.height;
  const drawings = isBeside ? drawingsSize.width : drawingsSize.height;
  return whole > 0 ? Math.min(0.9, Math.max(0.1, drawings / whole)) : (arrangement.share ?? 0.5);
}

function grab(event: PointerEvent, state: InspectorState, actions: InspectorActions): void {
  const { currentTarget, pointerId, button } = event;
  const room = currentTarget instanceof HTMLElement ? currentTarget.parentElement : undefined;
  if (button !== 0 || !(currentTarget instanceof HTMLElement) || !room) {
    return;
  }
  const handle = currentTarget;
  const { chosen } = state.arrangement;
  handle.setPointerCapture(pointerId);
  const move = ({ clientX, clientY }: PointerEvent): void => {
    const { right, bottom, width, height } = room.getBoundingClientRect();
    const isBeside = state.arrangement.direction === 'beside';
    const share = isBeside ? (right - clientX) / width : (bottom - clientY) / height;
    state.arrangement.chosen = state.arrangement.withShare(share);
    actions.redraw();
  };
  const end = (): void => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('lostpointercapture', end);
    // A click that moved nothing changes nothing.
    if (state.arrangement.chosen !== chosen) {
      actions.arrange(state.arrangement.chosen);
    }
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('lostpointercapture', end);
}

function press(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  const share = shareForKey(event.key, state);
  if (share === undefined || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  actions.arrange(state.arrangement.withShare(share));
  event.preventDefault();
  event.stopPropagation();
}

/** The list grows to the right and downwards; Home makes it as small as can be, End as large. */
function shareForKey(key: string, state: InspectorState): number | undefined {
  const share = presentShare(state);
  const [less, more] =
    state.arrangement.direction === 'beside' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  switch (key) {
    case less:
      return share + STEP;
    case more:
      return share - STEP;
    case 'Home':
      return 1;
    case 'End':
      return 0;
    default:
      return undefined;
  }
}
