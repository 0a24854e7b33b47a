import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { InspectorActions } from './inspectorActions';
import type { InspectorState } from './inspectorState';
import { icon } from './icon';

export interface MenuItem {
  readonly label: string;
  readonly isDisabled?: boolean;
  /** Begins a new part of the menu, with a line above. */
  readonly begins?: boolean;
  /** Only where the panel is too narrow for a button of its own. */
  readonly narrowOnly?: boolean;
  readonly choose: () => void;
}

interface Menu {
  readonly name: 'export';
  readonly label: string;
  readonly button: TemplateResult;
  readonly items: readonly MenuItem[];
}

/** A button that opens a menu: arrow keys move in it, Escape and Tab close it. */
export function menuButton(
  { name, label, button, items }: Menu,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const isOpen = state.popup === name;
  return html`<div class="popup-anchor">
    <button
      class="button ${name}-button"
      aria-label=${label}
      title=${label}
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      @click=${() => toggleMenu(isOpen, name, state, actions)}
    >
      ${button}
    </button>
    ${
      isOpen
        ? html`<div
            class="popup menu"
            role="menu"
            aria-label=${label}
            @keydown=${(event: KeyboardEvent) => pressInMenu(event, state, actions)}
          >
            ${items.map((item) => menuItem(item, name, state, actions))}
          </div>`
        : nothing
    }
  </div>`;
}

function menuItem(
  { label, isDisabled = false, begins = false, narrowOnly = false, choose }: MenuItem,
  name: 'export',
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  return html`<button
    class="menu-item ${begins ? 'begins' : ''} ${narrowOnly ? 'narrow-only' : ''}"
    role="menuitem"
    tabindex="-1"
    aria-disabled=${isDisabled}
    @click=${() => {
      if (!isDisabled) {
        state.popup = undefined;
        actions.focus(name);
        choose();
      }
    }}
  >
    ${label}
  </button>`;
}

function toggleMenu(isOpen: boolean, name: 'export', state: InspectorState, actions: InspectorActions): void {
  state.popup = isOpen ? undefined : name;
  if (!isOpen) {
    actions.focus('popup');
  }
  actions.redraw();
}

function pressInMenu(event: KeyboardEvent, state: InspectorState, actions: InspectorActions): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof HTMLElement)) {
    return;
  }
  if (key === 'Tab') {
    state.popup = undefined;
    actions.redraw();
    return;
  }
  const items = [...currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')].filter(
    (item) => item.getClientRects().length > 0,
  );
  const position = items.findIndex((item) => item === document.activeElement);
  const next = { ArrowDown: position + 1, ArrowUp: position - 1, Home: 0, End: items.length - 1 }[key];
  if (next !== undefined) {
    items.at(next % items.length)?.focus();
    event.preventDefault();
  }
}

/** An arrow that points down, as on a button that opens something. */
export function opens(): TemplateResult {
  return icon('chevronDown', 'opens');
}
