import type { InspectorState } from '../inspectorState';

/** Elements whose size or scroll position the page has to know. They come and go with the views. */
const WATCHED = ['.panel', '.results', '.drawings', '.list', '.map', '.distribution-plot'] as const;

/** Watches the sizes of what is drawn now, and puts a list that was drawn anew where it was. */
export class PageSizes {
  private readonly observer = new ResizeObserver((entries) => this.take(entries));
  private readonly watched = new Map<string, Element>();

  constructor(
    private readonly root: HTMLElement,
    private readonly state: InspectorState,
    private readonly changed: () => void,
  ) {}

  /** Called after each drawing. */
  update(): void {
    for (const selector of WATCHED) {
      const element = this.root.querySelector(selector);
      const before = this.watched.get(selector);
      if (element === (before ?? null)) {
        continue;
      }
      if (before) {
        this.observer.unobserve(before);
        this.watched.delete(selector);
      }
      if (element) {
        this.observer.observe(element);
        this.watched.set(selector, element);
        if (selector === '.list') {
          element.scrollTop = this.state.scrollTop;
        }
      }
    }
  }

  private take(entries: readonly ResizeObserverEntry[]): void {
    const { state } = this;
    for (const { target } of entries) {
      // What was taken out of the page has no size; it comes back as it was.
      if (!target.isConnected || !(target instanceof HTMLElement)) {
        continue;
      }
      const { clientWidth, clientHeight } = target;
      if (target.classList.contains('list')) {
        state.listHeight = clientHeight;
        state.scrollBarWidth = target.offsetWidth - clientWidth;
      } else if (target.classList.contains('map')) {
        state.mapWidth = clientWidth;
        state.mapHeight = clientHeight;
      } else if (target.classList.contains('distribution-plot')) {
        state.plotWidth = clientWidth;
        state.plotHeight = clientHeight;
      } else if (target.classList.contains('results')) {
        state.resultsSize = { width: clientWidth, height: clientHeight };
      } else if (target.classList.contains('drawings')) {
        state.drawingsSize = { width: target.offsetWidth, height: target.offsetHeight };
      } else {
        state.arrangement.panelWidth = clientWidth;
        state.arrangement.panelHeight = clientHeight;
      }
    }
    this.changed();
  }
}
