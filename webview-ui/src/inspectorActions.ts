import type { PanelRequest } from '../../src/protocol/panelMessages';

/** What the parts of the panel can ask for. */
export interface InspectorActions {
  /** Sends a request; a refusal shows up in the panel. */
  send(request: PanelRequest): void;
  search(text: string): void;
  typeQuery(text: string): void;
  /** Gives up what was typed. */
  resetQuery(): void;
  /** Selects a row and its point, and brings the row into view. */
  select(index: number): void;
  /** Makes a neighbor the query. */
  walk(index: number): void;
  hover(index: number | undefined, on: 'list' | 'map'): void;
  copyRow(): void;
  copyList(): void;
  toggleTable(): void;
  dismissRefusal(): void;
  scrollList(scrollTop: number): void;
  announce(text: string): void;
  focusList(): void;
}
