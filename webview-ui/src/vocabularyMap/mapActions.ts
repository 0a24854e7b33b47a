import type { MapColoring } from '../../../src/protocol/map/mapArrangement';

/** What the parts of the map's view can ask for. */
export interface MapActions {
  /** The surface that the map is drawn on; undefined before there is something to draw. */
  readonly surface: HTMLElement | undefined;
  chooseColoring(coloring: MapColoring): void;
  /** Dims a kind of token, or shows it again. @param kind a place in `TOKEN_KINDS` */
  toggleKind(kind: number): void;
  /** Opens or closes the list beside the map. */
  toggleList(): void;
  /** Lists the regions instead of what is selected, or no longer. */
  toggleRegions(): void;
  /** @param level 0 for the widest regions */
  chooseRegionLevel(level: number): void;
  /** Whether dragging draws an area. */
  toggleDrawing(): void;
  zoom(how: 'in' | 'out' | 'whole'): void;
  /** Selects a token, or none. While the end of a way is being chosen, it is that. */
  select(id: number | undefined): void;
  flyTo(id: number): void;
  /** Flies to a place of the map. */
  flyToRegion(x: number, y: number, level: number): void;
  /** Shows which token is pointed at in the list. */
  point(id: number | undefined): void;
  /** Makes a token the query. */
  go(id: number): void;
  /** Sets the selected token beside the query, or beside its nearest neighbor. */
  compareSelected(): void;
  closeArea(): void;
  /** Has the end of a way from the selected token chosen. */
  beginWay(): void;
  /** @param typed text or `#id` of the token at the end */
  findWay(typed: string): void;
  closeWay(): void;
  /** Leaves the way, else the area, else the selected token. @returns whether there was one */
  leave(): boolean;
  /** Opens or closes the page that tells how far the map can be believed. */
  explain(isOpen: boolean): void;
  /** Saves what is seen of the map. */
  exportPicture(format: 'svg' | 'png'): void;
}
