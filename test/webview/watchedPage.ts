import assert from 'node:assert/strict';
import fs from 'node:fs';
import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { WAIT_LIMIT_MS } from '../limits.mjs';
import { pageServer, projectFolder, themes, type Theme } from './pageServer';
import { returnPage, takePage } from './sharedBrowser';

const SCREENSHOT_FOLDER = path.join(projectFolder, 'out/screenshots/webview');

const THEME_NAMES: Readonly<Record<Theme, string>> = {
  darkModern: 'dark',
  lightModern: 'light',
  highContrast: 'hc',
};

/** Rules of axe whose answer depends on the theme; all others are about what is on the page and how it is named. */
const RULES_OF_COLOR = ['color-contrast', 'link-in-text-block'];

declare global {
  interface Window {
    /** What broke the page's policy; tests add what else must not happen. */
    violations: string[];
  }
}

/** What a page has of axe. */
interface Axe {
  run(options: RunOptions): Promise<AxeResults>;
}

interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** A page in a real browser, under the policy of the real panel, that must not write errors to its console. */
export class WatchedPage {
  private readonly consoleErrors: string[] = [];
  private hasAxe = false;
  private prepared: { dispose(): Promise<void> } | undefined;

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.consoleErrors.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.consoleErrors.push(error.message));
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Two frames: one for sizes to be reported, one for what is drawn after them. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** What axe objects to, with the elements that it means. @param rules the only ones to ask; all without */
  async axeViolations(rules?: readonly string[]): Promise<string[]> {
    if (!this.hasAxe) {
      this.hasAxe = true;
      await this.page.evaluate(
        fs.readFileSync(path.join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8'),
      );
    }
    const results = await this.page.evaluate(
      (runOnly) =>
        // Elements of rules that are kept are not described, which takes longer than to check them.
        (window as unknown as { readonly axe: Axe }).axe.run({
          resultTypes: ['violations'],
          ...(runOnly && { runOnly }),
        }),
      rules && [...rules],
    );
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
    );
  }

  /**
   * What axe objects to in each theme, one after the other on the same page as when a person changes it. What does not depend on colors is asked in
   * the first. The page is in the theme that it was opened in then.
   */
  async axeViolationsInThemes(): Promise<string[]> {
    const [first, ...others] = Object.keys(themes) as Theme[];
    const found = await this.axeViolations();
    for (const theme of others) {
      await this.useTheme(theme);
      found.push(...(await this.axeViolations(RULES_OF_COLOR)).map((violation) => `${theme}: ${violation}`));
    }
    await this.useTheme(first!);
    return found;
  }

  /** Changes the theme as VS Code does on an open page. */
  async useTheme(theme: Theme): Promise<void> {
    await this.page.evaluate(
      ([name, className]) =>
        new Promise<void>((resolve, reject) => {
          const sheet = document.querySelector('link');
          if (!sheet) {
            throw new Error('The page has no style of a theme.');
          }
          const next = sheet.cloneNode() as HTMLLinkElement;
          next.href = `${name}.css`;
          next.onload = () => {
            sheet.remove();
            document.body.className = className;
            resolve();
          };
          next.onerror = () => reject(new Error(`There is no ${name}.css.`));
          sheet.before(next);
        }),
      [theme, themes[theme]] as const,
    );
    await this.settle();
  }

  /**
   * Writes out/screenshots/webview/<name>-<theme>.png.
   *
   * @param leastBytes a smaller picture shows nothing
   */
  async screenshot(name: string, theme: Theme, leastBytes: number): Promise<void> {
    await this.settle();
    const file = path.join(SCREENSHOT_FOLDER, `${name}-${THEME_NAMES[theme]}.png`);
    await this.page.screenshot({ path: file });
    assert.ok(fs.statSync(file).size > leastBytes, file);
  }

  /** For a test that breaks the policy on purpose. */
  forgetConsole(): void {
    this.consoleErrors.length = 0;
  }

  /** Checks what the page did meanwhile. */
  async close(): Promise<void> {
    const violations = await this.page.evaluate(() => window.violations);
    assert.deepEqual(violations, [], 'the page broke its Content-Security-Policy');
    assert.deepEqual(this.consoleErrors, [], 'the page wrote errors to its console');
    await Promise.all([this.prepared?.dispose(), returnPage(this.page)]);
  }

  /** Opens an address, at which scripts run before those of the page. */
  async open(address: string, scripts: readonly (() => void)[]): Promise<void> {
    // The loader of these tests wraps functions into calls of __name, which the page does not have.
    const calls = scripts.map((run) => `(${run.toString()})();`);
    this.prepared = await this.page.addInitScript({
      content: `globalThis.__name = (named) => named; ${calls.join(' ')}`,
    });
    await this.page.goto(address);
  }
}

/** Runs inside the page before anything else. */
function watchPolicy(): void {
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** What a suite's pages are. */
interface PageKind<Opened extends WatchedPage> {
  /** Path of the script's source in the project. */
  readonly script: string;
  /** Width of the window in CSS pixels where a test names none. */
  readonly width: number;
  /** Runs inside the page before its script. */
  readonly prepare?: () => void;
  readonly watch: (page: Page) => Opened;
}

/**
 * Opens pages of a suite; each test's are checked and closed. To be called within `describe`.
 *
 * @returns a function that opens pages
 */
export function useWatchedPages<Opened extends WatchedPage>(
  kind: PageKind<Opened>,
): (options?: PageOptions) => Promise<Opened> {
  let server: http.Server;
  const pages: Opened[] = [];

  before(async () => {
    server = await pageServer(kind.script);
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) {
      await page.close();
    }
  });
  return async ({ theme = 'darkModern', width = kind.width, height = 900 } = {}) => {
    const page = await takePage({ width, height });
    page.setDefaultTimeout(WAIT_LIMIT_MS);
    const watched = kind.watch(page);
    const { port } = server.address() as AddressInfo;
    await watched.open(`http://127.0.0.1:${port}/${theme}.html`, [
      watchPolicy,
      ...(kind.prepare ? [kind.prepare] : []),
    ]);
    pages.push(watched);
    return watched;
  };
}
