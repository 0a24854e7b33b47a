import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import * as esbuild from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { projectFolder, themes, type Theme } from '../inspectorPage';
import type { MountedViews } from './mountViews';

const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';
const axeSource = fs.readFileSync(path.join(projectFolder, 'node_modules/axe-core/axe.min.js'), 'utf8');

interface ViewsWindow {
  readonly mountedViews: MountedViews;
  readonly axe: { run(): Promise<AxeResults> };
}

interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** The Compare view and the Token page in a real browser, under the policy of the real page. */
export class ViewsPage {
  private readonly problems: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.problems.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
  }

  static async open(browser: Browser, origin: string, options: PageOptions): Promise<ViewsPage> {
    const { theme = 'darkModern', width = 900, height = 820 } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    const views = new ViewsPage(page);
    // The loader of these tests wraps functions into calls of __name, which the page does not have.
    await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
    await page.goto(`${origin}/${theme}.html`);
    return views;
  }

  async show(snapshot: PanelSnapshot, view: 'compare' | 'token'): Promise<void> {
    await this.page.evaluate(
      ([shown, name]) => (window as unknown as ViewsWindow).mountedViews.show(shown, name),
      [snapshot, view] as const,
    );
    await this.settle();
  }

  /** Two frames: one for sizes to be reported, one for what is drawn after them. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** The requests since the last call. */
  newRequests(): Promise<PanelRequest[]> {
    return this.page.evaluate(() => (window as unknown as ViewsWindow).mountedViews.requests.splice(0));
  }

  /** The last thing that the live region was asked to say. */
  announcement(): Promise<string | undefined> {
    return this.page.evaluate(() => (window as unknown as ViewsWindow).mountedViews.announcements.at(-1));
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async axeViolations(): Promise<string[]> {
    await this.page.evaluate(axeSource);
    const results = await this.page.evaluate(() => (window as unknown as ViewsWindow).axe.run());
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join('\n')}`,
    );
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

  async close(): Promise<void> {
    await this.page.close();
    assert.deepEqual(this.problems, [], 'the page wrote errors to its console');
  }
}

/** Starts server and browser for a suite, and gives a function that opens pages; each test's pages are closed after it. */
export function useViews(): (options?: PageOptions) => Promise<ViewsPage> {
  let browser: Browser;
  let server: http.Server;
  let origin: string;
  const pages: ViewsPage[] = [];

  before(async function () {
    this.timeout(120_000);
    const { launchBrowser } = await import('../../host/browser.mjs');
    server = await startServer();
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) {
      await page.close();
    }
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });
  return async (options = {}) => {
    const page = await ViewsPage.open(browser, origin, options);
    pages.push(page);
    return page;
  };
}

let bundle: Promise<ReadonlyMap<string, string>> | undefined;

function viewsBundle(): Promise<ReadonlyMap<string, string>> {
  bundle ??= esbuild
    .build({
      absWorkingDir: projectFolder,
      entryPoints: { views: 'test/webview/views/mountViews.ts', inspector: 'webview-ui/src/inspector.css' },
      outdir: 'out/views',
      write: false,
      bundle: true,
      format: 'iife',
      target: 'chrome128',
      loader: { '.svg': 'text' },
      logLevel: 'warning',
    })
    .then(({ outputFiles }) => new Map(outputFiles.map((file) => [path.basename(file.path), file.text])));
  return bundle;
}

async function startServer(): Promise<http.Server> {
  const files = await viewsBundle();
  const server = http.createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    const theme = Object.entries(themes).find(([key]) => name === `${key}.html`);
    if (theme) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader(
        'Content-Security-Policy',
        `default-src 'none'; img-src 'self' data: blob:; style-src 'self'; script-src 'nonce-${NONCE}'`,
      );
      response.end(pageOf(...theme));
      return;
    }
    const themeFile = path.join(__dirname, '../themes', name);
    const text =
      files.get(name) ?? (fs.existsSync(themeFile) ? fs.readFileSync(themeFile, 'utf8') : undefined);
    response.setHeader('Content-Type', name.endsWith('.css') ? 'text/css' : 'text/javascript; charset=utf-8');
    // A browser asks for an icon by itself.
    response.statusCode = text !== undefined ? 200 : name === 'favicon.ico' ? 204 : 404;
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function pageOf(theme: string, bodyClass: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="stylesheet" href="${theme}.css">
<link rel="stylesheet" href="inspector.css">
<title>Tokenscope</title>
</head>
<body class="${bodyClass}">
<main id="inspector"></main>
<script nonce="${NONCE}" src="views.js"></script>
</body>
</html>`;
}
