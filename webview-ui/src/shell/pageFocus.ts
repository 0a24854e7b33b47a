import type { PanelViewName } from '../../../src/protocol/panelSnapshot';

export type FocusTarget =
  | 'list'
  | 'query'
  | 'map'
  | 'distribution'
  | 'tab'
  | 'export'
  | 'filter'
  | 'popup'
  | 'verification'
  | 'vocabularyMap'
  | 'mapList'
  | 'mapTruth'
  | 'wayInput'
  /** A view as a whole: arrow keys scroll it, and letters mean something. */
  | 'view';

const SELECTORS: Readonly<Record<FocusTarget, string>> = {
  list: '.list',
  query: '.field input',
  map: '.map, .map-table',
  distribution: '.distribution-plot, .distribution-table',
  tab: '[role=tab][aria-selected=true]',
  export: '.export-button',
  filter: '.filter-button',
  verification: '.verification-facts',
  vocabularyMap: '.vocabulary-map [role=application]',
  mapList: '.map-list',
  mapTruth: '.map-truth',
  wayInput: '.way-input',
  popup: '.popup [autofocus], .popup [role=menuitem]',
  view: '.body[tabindex]',
};

/** Where the keys of a view go. */
export function mainPart(view: PanelViewName): FocusTarget {
  const parts: Partial<Record<PanelViewName, FocusTarget>> = { neighbors: 'list', map: 'vocabularyMap' };
  return parts[view] ?? 'view';
}

/** Moves the keyboard focus to parts of the page, as soon as they are drawn, and never lets it fall to the page itself. */
export class PageFocus {
  private wanted: FocusTarget | undefined;

  /**
   * @param preferred Which part takes the focus that comes into the page and goes to none of its parts.
   * @param redraw Draws the page soon, and then calls {@link restore}.
   */
  constructor(
    private readonly root: HTMLElement,
    private readonly preferred: () => FocusTarget,
    private readonly redraw: () => void,
  ) {
    window.addEventListener('blur', () => this.stayHere());
    // A click that brings the focus here gives it to what is clicked, after this event.
    window.addEventListener('focus', () => setTimeout(() => this.receive()));
  }

  want(target: FocusTarget): void {
    this.wanted = target;
  }

  /** The user is busy elsewhere: a list that comes minutes later, after a download, must not take the focus from there. */
  stayHere(): void {
    this.wanted = undefined;
  }

  /** Where the page has the focus, and no part of it: one gets it, as soon as it is there. */
  receive(): void {
    if (document.hasFocus() && (!this.holder || this.holder.matches('.panel'))) {
      this.wanted ??= this.preferred();
      this.redraw();
    }
  }

  /** What has the focus inside the page before something is drawn. */
  get holder(): Element | undefined {
    const { activeElement } = document;
    return activeElement && this.root.contains(activeElement) ? activeElement : undefined;
  }

  /**
   * Called after each drawing. What had the focus may have gone, or may take none any more: an example, a list while its successor is
   * computed, the last step back. Until what is wanted comes, the view has it, so that keys are heard. While the focus is elsewhere in the
   * window it is left there: {@link receive} follows.
   */
  restore(before: Element | undefined): void {
    const isLost = before !== undefined && !canHaveFocus(before) && document.hasFocus();
    if (isLost) {
      this.wanted ??= successorsOf(before).find((target) => this.find(target)) ?? 'list';
    }
    const element = this.wanted && this.find(this.wanted);
    if (element) {
      this.take(element);
    } else if (isLost || (this.wanted && !this.holder)) {
      this.find('view')?.focus({ preventScroll: true });
    }
  }

  private take(element: HTMLElement): void {
    this.wanted = undefined;
    const isWhole = element.matches(SELECTORS.view);
    element.focus({ preventScroll: isWhole });
    if (!isWhole) {
      element.scrollIntoView({ block: 'nearest' });
    }
    if (element instanceof HTMLInputElement && element.type === 'text') {
      element.select();
    }
  }

  /** The first that can be seen: what has no room is not drawn. */
  private find(target: FocusTarget): HTMLElement | undefined {
    const elements = this.root.querySelectorAll<HTMLElement>(SELECTORS[target]);
    return [...elements].find((element) => element.getClientRects().length > 0);
  }
}

function canHaveFocus(element: Element): boolean {
  return element.isConnected && !element.matches(':disabled') && element.getClientRects().length > 0;
}

/** Which parts take over from one that has gone, the nearest first. */
function successorsOf(gone: Element): readonly FocusTarget[] {
  if (gone.matches('.map, .map-table')) {
    return ['map'];
  }
  if (gone.matches('.distribution-plot, .distribution-table')) {
    return ['distribution'];
  }
  if (gone.closest('.filter-popup') || gone.matches('.clear-filter, .excluded-token')) {
    return ['popup', 'filter'];
  }
  if (gone.matches('.way-input')) {
    return ['mapList', 'vocabularyMap'];
  }
  if (gone.matches('.map-control, .map-list') || gone.closest('.map-truth')) {
    return ['vocabularyMap'];
  }
  if (gone.closest('.pair-fields, .matrix-texts')) {
    return ['query'];
  }
  return gone.closest('.menu') ? ['export'] : [];
}
