import type { Browser, Page } from 'playwright-core';

let started: Promise<Browser> | undefined;

/** Pages that a test is done with. */
const free: Page[] = [];

/** The browser of all suites. */
export function sharedBrowser(): Promise<Browser> {
  // Not at once: a run of tests that need no browser starts none.
  started ??= import('../host/browser.mjs').then(({ launchBrowser }) => launchBrowser());
  return started;
}

/** A page with nothing of an earlier one but its process, which takes longest to start. What it shows is to be opened by the caller. */
export async function takePage(viewport: { readonly width: number; readonly height: number }): Promise<Page> {
  const kept = free.pop();
  if (!kept) {
    return (await sharedBrowser()).newPage({ viewport });
  }
  await kept.setViewportSize(viewport);
  return kept;
}

/** Gives a page back whose document may be left: no listener of it is called any more, and nothing is emulated or pointed at. */
export async function returnPage(page: Page): Promise<void> {
  page.removeAllListeners();
  await Promise.all([
    page.emulateMedia({
      forcedColors: null,
      reducedMotion: null,
      colorScheme: null,
      contrast: null,
      media: null,
    }),
    page.mouse.move(-1, -1),
  ]);
  free.push(page);
}

// Outside of any suite, so after the last one.
after(async () => {
  await (await started)?.close();
});
