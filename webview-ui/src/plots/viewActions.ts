import type { PanelRequest } from '../../../src/protocol/panelMessages';

/** What the views beside the list can ask for; the inspector's actions offer more. */
export interface ViewActions {
  /** Sends a request; a refusal shows up in the panel. */
  send(request: PanelRequest): void;
  /** Has the panel drawn again after local state has changed: soon, not at once, since a drawing may be under way. */
  redraw(): void;
  /** Lets the live region say a text. */
  announce(text: string): void;
}
