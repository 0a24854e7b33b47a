import type { Locator, Page } from 'playwright-core';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { useWatchedPages, WatchedPage } from '../watchedPage';
import type { MountedViews } from './mountViews';

interface ViewsWindow {
  readonly mountedViews: MountedViews;
}

/** The Compare view and the Token page in a real browser, under the policy of the real page. */
export class ViewsPage extends WatchedPage {
  async show(snapshot: PanelSnapshot, view: 'compare' | 'token'): Promise<void> {
    await this.page.evaluate(
      ([shown, name]) => (window as unknown as ViewsWindow).mountedViews.show(shown, name),
      [snapshot, view] as const,
    );
    await this.settle();
  }

  /** The requests since the last call. */
  newRequests(): Promise<PanelRequest[]> {
    return this.page.evaluate(() => (window as unknown as ViewsWindow).mountedViews.requests.splice(0));
  }

  /** Pastes a text, as the clipboard gives it, into a field. */
  async paste(field: Locator, text: string): Promise<void> {
    await field.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** The last thing that the live region was asked to say. */
  announcement(): Promise<string | undefined> {
    return this.page.evaluate(() => (window as unknown as ViewsWindow).mountedViews.announcements.at(-1));
  }

  /** Elements that are wider than their place, other than those that scroll. */
  overflowing(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('html, body, .panel, .body, .body div, .body section, .body p')]
        .filter((element) => {
          const { overflowX } = getComputedStyle(element);
          const mayScroll =
            overflowX === 'auto' || element.closest('.heat-scroll, .tree-scroll, .wide-table, .spoken-only');
          return !mayScroll && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
        })
        .map(({ className, scrollWidth, clientWidth }) => `${className}: ${scrollWidth} in ${clientWidth}`),
    );
  }
}

/** Gives a function that opens pages of the two views. To be called within `describe`. */
export function useViews(): ReturnType<typeof useWatchedPages<ViewsPage>> {
  return useWatchedPages({
    script: 'test/webview/views/mountViews.ts',
    width: 900,
    watch: (page: Page) => new ViewsPage(page),
  });
}
