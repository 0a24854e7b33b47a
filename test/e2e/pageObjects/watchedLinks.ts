import type { Page } from 'playwright-core';

/** A link that runs a command, as the window has shown it. */
export interface CommandLink {
  readonly command: string;
  readonly label: string;
}

/** Where the page keeps what was seen. */
declare global {
  var commandLinksSeen: CommandLink[] | undefined;
}

/**
 * Every link to a command that a window shows from now on, for however short a time and wherever: in notifications, progress, dialogs,
 * hovers, tooltips, input boxes, pickers. VS Code keeps the target of a link in `href` or, in Markdown, in `data-href`.
 */
export class WatchedLinks {
  private constructor(private readonly page: Page) {}

  static async start(page: Page): Promise<WatchedLinks> {
    await page.evaluate(watch);
    return new WatchedLinks(page);
  }

  /** @throws {Error} when nothing is watched any more, as after the window was loaded anew. */
  async seen(): Promise<readonly CommandLink[]> {
    const links = await this.page.evaluate(() => globalThis.commandLinksSeen);
    if (!links) {
      throw new Error('The window was loaded anew, and its links are watched no more.');
    }
    return links;
  }
}

/** Runs in the window. */
function watch(): void {
  const seen: CommandLink[] = [];
  globalThis.commandLinksSeen = seen;
  const note = (link: Element): void => {
    for (const name of ['href', 'data-href']) {
      const target = link.getAttribute(name);
      // The address may be written with capitals, and behind white space.
      if (target !== null && /^\s*command:/i.test(target)) {
        seen.push({ command: target, label: link.textContent });
      }
    }
  };
  const noteAllIn = (node: Node): void => {
    if (node instanceof Element) {
      note(node);
      node.querySelectorAll('[href], [data-href]').forEach(note);
    }
  };
  noteAllIn(document.documentElement);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Element) {
        note(target);
      }
      addedNodes.forEach(noteAllIn);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['href', 'data-href'],
  });
}
