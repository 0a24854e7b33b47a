import type { PanelArrangement } from '../../src/protocol/panelArrangement';
import type { PanelRequest } from '../../src/protocol/panelMessages';
import type { PlotName } from './neighbors/plotName';
import type { FocusTarget } from './shell/pageFocus';
import type { MapActions } from './vocabularyMap/mapActions';

/** What the parts of the panel can ask for. */
export interface InspectorActions {
  /** What can be asked for on the map of all tokens. */
  readonly map: MapActions;
  /** Sends a request; a refusal shows up in the panel. */
  send(request: PanelRequest): void;
  /** Draws the panel again after a part has changed what only the page knows. */
  redraw(): void;
  search(text: string): void;
  /** Takes over what stands in the query field, and asks what the word at the cursor could become. */
  typeQuery(text: string, cursor: number): void;
  /** Offers recent queries and examples, where nothing stands in the query field. */
  suggestQueries(): void;
  /** Gives up what was typed. */
  resetQuery(): void;
  /** Puts a completion into the query field. */
  takeCompletion(index: number): void;
  /** Selects a neighbor, its row and its point, and brings the row into view. */
  select(index: number): void;
  /** Draws the list with a row of it, counted from 0, in view. */
  showRow(row: number): void;
  /** Opens or closes the row of a neighbor whose forms are folded into it. */
  openGroup(index: number, isOpen: boolean): void;
  /** Makes a neighbor the query. */
  walk(index: number): void;
  /** Opens another inspector, with a neighbor as its query. */
  openInspector(index: number): void;
  /** Compares the selected neighbor with the query. */
  compareSelected(): void;
  /** Opens the page of the selected neighbor's token. */
  openSelected(): void;
  /** Leaves the token of a neighbor out of the list, until its filter is cleared; the next one is selected. */
  leaveOut(index: number): void;
  hover(index: number | undefined, on: 'list' | 'map'): void;
  copyRow(): void;
  /** Takes an arrangement of the Neighbors view over and has it kept. */
  arrange(arrangement: PanelArrangement): void;
  /** Copies the text of the selected neighbor's token, as it stands in a text, or its id. */
  copyToken(part: 'text' | 'id'): void;
  toggleTable(plot: PlotName): void;
  exportPlot(plot: PlotName, format: 'svg' | 'png'): void;
  /** Has the fast path checked against the plain loop. */
  verify(): void;
  dismissRefusal(): void;
  scrollList(scrollTop: number): void;
  announce(text: string): void;
  focusList(): void;
  /** Moves the keyboard focus, as soon as its target is drawn. */
  focus(target: FocusTarget): void;
}
