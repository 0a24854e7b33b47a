export type FocusTarget =
  'list' | 'query' | 'map' | 'distribution' | 'tab' | 'export' | 'filter' | 'popup' | 'verification';

const SELECTORS: Readonly<Record<FocusTarget, string>> = {
  list: '.list',
  query: '.field input',
  map: '.map, .map-table',
  distribution: '.distribution-plot, .distribution-table',
  tab: '[role=tab][aria-selected=true]',
  export: '.export-button',
  filter: '.filter-button',
  verification: '.verification-facts',
  popup: '.popup [autofocus], .popup [role=menuitem]',
};

/** Moves the keyboard focus to parts of the page, as soon as they are drawn. */
export class PageFocus {
  private wanted: FocusTarget | undefined;

  constructor(private readonly root: HTMLElement) {}

  want(target: FocusTarget): void {
    this.wanted = target;
  }

  /** The user is busy elsewhere: a list that comes minutes later, after a download, must not take the focus from there. */
  stayHere(): void {
    this.wanted = undefined;
  }

  /** What has the focus inside the page before something is drawn. */
  get holder(): Element | undefined {
    const { activeElement } = document;
    return activeElement && this.root.contains(activeElement) ? activeElement : undefined;
  }

  /** Called after each drawing. What had the focus may have gone: an example, a list while its successor is computed. */
  restore(before: Element | undefined): void {
    if (before && !before.isConnected) {
      this.wanted ??= successorOf(before);
    }
    const element = this.wanted && this.find(this.wanted);
    if (element) {
      this.wanted = undefined;
      element.focus();
      element.scrollIntoView({ block: 'nearest' });
      if (element instanceof HTMLInputElement && element.type === 'text') {
        element.select();
      }
    }
  }

  /** The first that can be seen: what has no room is not drawn. */
  private find(target: FocusTarget): HTMLElement | undefined {
    const elements = this.root.querySelectorAll<HTMLElement>(SELECTORS[target]);
    return [...elements].find((element) => element.getClientRects().length > 0);
  }
}

function successorOf(gone: Element): FocusTarget {
  if (gone.matches('.map, .map-table')) {
    return 'map';
  }
  if (gone.matches('.distribution-plot, .distribution-table')) {
    return 'distribution';
  }
  return gone.matches('.clear-filter') ? 'filter' : 'list';
}
