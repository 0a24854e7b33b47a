/** Which part of the list beside the map is seen, and which row is active. */
export class MapListState {
  scrollTop = 0;
  height = 0;
  /** Counted from 0. */
  active = 0;
  private shown = '';

  /** Starts anew where another list is shown. @param key the same for the same list */
  show(key: string): void {
    if (key !== this.shown) {
      this.shown = key;
      this.scrollTop = 0;
      this.active = 0;
    }
  }
}
