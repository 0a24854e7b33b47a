import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import type {
  CompletionView,
  FromWebview,
  PanelMemento,
  PanelRequest,
} from '../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { memento } from './inspectorSnapshots';

export const projectFolder = path.resolve(__dirname, '../..');

/** Themes by the name of their file, with the classes that VS Code gives to the body. */
export const themes = {
  darkModern: 'vscode-dark',
  lightModern: 'vscode-light',
  highContrast: 'vscode-high-contrast',
} as const;

export type Theme = keyof typeof themes;

const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';

/** What stands in the page in place of VS Code. */
interface FakeHost {
  readonly sent: FromWebview[];
  readonly states: PanelMemento[];
  readonly violations: string[];
  answers: boolean;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** The inspector in a real browser, under its real Content-Security-Policy, with a host that only records. */
export class InspectorPage {
  private revision = 0;
  private readonly consoleErrors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.consoleErrors.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.consoleErrors.push(error.message));
  }

  static async open(browser: Browser, origin: string, options: PageOptions): Promise<InspectorPage> {
    const { theme = 'darkModern', width = 520, height = 820 } = options;
    const page = await browser.newPage({ viewport: { width, height } });
    const inspector = new InspectorPage(page);
    // The loader of these tests wraps functions into calls of __name, which the page does not have.
    await page.addInitScript({
      content: `globalThis.__name = (named) => named; (${standInForVsCode.toString()})();`,
    });
    await page.goto(`${origin}/${theme}.html`);
    return inspector;
  }

  get list(): Locator {
    return this.page.getByRole('treegrid', { name: /^Neighbors of/ });
  }

  get rows(): Locator {
    return this.page.locator('.rows > .row');
  }

  get selectedRow(): Locator {
    return this.page.locator('.rows > .row.selected');
  }

  get query(): Locator {
    return this.page.getByRole('combobox', { name: 'Word, #id or formula' });
  }

  get map(): Locator {
    return this.page.locator('.map');
  }

  /** A row by rank and spoken token, such as `2: space Mike`. */
  row(rankAndToken: string): Locator {
    const [rank, spoken] = rankAndToken.split(': ');
    return this.page.getByRole('row', { name: new RegExp(`^${rank} ${spoken} `) });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Unfolds the neighborhood, which is folded where the panel is narrow. */
  async showMap(): Promise<void> {
    const title = this.button('Neighborhood');
    if ((await title.getAttribute('aria-expanded')) === 'false') {
      await title.click();
      await this.settle();
    }
  }

  point(index: number): Locator {
    return this.page.locator(`[data-point="${index}"]`);
  }

  /** Posts a message as VS Code does, and waits until the page has drawn it. */
  async post(message: unknown): Promise<void> {
    await this.page.evaluate(
      (data) =>
        new Promise<void>((resolve) => {
          window.addEventListener('message', () => setTimeout(resolve), { once: true });
          window.postMessage(data, '*');
        }),
      message,
    );
    await this.settle();
  }

  /** Two frames: one for sizes to be reported, one for what is drawn after them. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** Posts a snapshot with the next revision. */
  async show(snapshot: PanelSnapshot, kept: PanelMemento = memento('Mike')): Promise<void> {
    await this.post({
      type: 'snapshot',
      snapshot: { ...snapshot, revision: ++this.revision },
      memento: kept,
    });
  }

  sent(): Promise<FromWebview[]> {
    return this.page.evaluate(() => window.fakeHost.sent);
  }

  /** The requests of the user since the last call, without their numbers; not those that the page makes by itself. */
  async newRequests(): Promise<PanelRequest[]> {
    const sent = await this.page.evaluate(() => window.fakeHost.sent.splice(0));
    return sent
      .filter(({ type }) => type !== 'complete' && type !== 'placeUnderMetrics')
      .map(({ request, ...rest }) => {
        assert.ok(Number.isInteger(request));
        return rest;
      });
  }

  /** Waits for the request that comes next of a type, and takes it out. */
  async nextRequest<Type extends FromWebview['type']>(
    type: Type,
  ): Promise<Extract<FromWebview, { readonly type: Type }>> {
    const found = await this.page.waitForFunction((wanted) => {
      const { sent } = window.fakeHost;
      const index = sent.findIndex((request) => request.type === wanted);
      return index < 0 ? undefined : sent.splice(index, 1)[0];
    }, type);
    return (await found.jsonValue()) as Extract<FromWebview, { readonly type: Type }>;
  }

  /** Answers the completions that were asked for last. */
  async complete(completions: readonly CompletionView[]): Promise<void> {
    const { request } = await this.nextRequest('complete');
    await this.post({ type: 'completions', to: request, completions });
  }

  states(): Promise<PanelMemento[]> {
    return this.page.evaluate(() => window.fakeHost.states);
  }

  async setAnswers(answers: boolean): Promise<void> {
    await this.page.evaluate((value) => {
      window.fakeHost.answers = value;
    }, answers);
  }

  announcement(): Promise<string> {
    return this.page.locator('.panel > [role=status]').innerText();
  }

  /** What can be seen of the footer, in one line, with the dots that the style sheet puts between its parts. */
  footerText(): Promise<string> {
    return this.page.locator('.footer').evaluate((footer) =>
      [...footer.children]
        .filter((part) => !part.matches('.icon') && part.getClientRects().length > 0)
        .map((part) => part.textContent.trim().replace(/\s+/g, ' '))
        .join(' · '),
    );
  }

  /** For a test that breaks the policy on purpose. */
  forgetConsole(): void {
    this.consoleErrors.length = 0;
  }

  async close(): Promise<void> {
    const violations = await this.page.evaluate(() => window.fakeHost.violations);
    await this.page.close();
    assert.deepEqual(violations, [], 'the page broke its Content-Security-Policy');
    assert.deepEqual(this.consoleErrors, [], 'the page wrote errors to its console');
  }
}

/** Runs inside the page before anything else. */
function standInForVsCode(): void {
  const host: FakeHost = { sent: [], states: [], violations: [], answers: true };
  let isAcquired = false;
  document.addEventListener('securitypolicyviolation', (event) => {
    host.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  const acquireVsCodeApi = () => {
    if (isAcquired) {
      throw new Error('An instance of the VS Code API has already been acquired');
    }
    isAcquired = true;
    return {
      postMessage(message: FromWebview) {
        host.sent.push(structuredClone(message));
        if (host.answers) {
          window.postMessage({ type: 'answer', to: message.request, ok: true }, '*');
        }
      },
      setState(state: PanelMemento) {
        host.states.push(structuredClone(state));
      },
    };
  };
  Object.assign(window, { fakeHost: host, acquireVsCodeApi });
}

/** Starts server and browser for a suite, and gives a function that opens pages; each test's pages are checked and closed. */
export function useInspector(): (options?: PageOptions) => Promise<InspectorPage> {
  let browser: Browser;
  let server: http.Server;
  let origin: string;
  const pages: InspectorPage[] = [];

  before(async function () {
    this.timeout(120_000);
    const { launchBrowser } = await import('../host/browser.mjs');
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
    const page = await InspectorPage.open(browser, origin, options);
    pages.push(page);
    return page;
  };
}

let bundle: Promise<ReadonlyMap<string, string>> | undefined;

/** The page's script and style, built once with the options of the real build, but not from dist/. */
export function inspectorBundle(): Promise<ReadonlyMap<string, string>> {
  bundle ??= esbuild
    .build({
      absWorkingDir: projectFolder,
      entryPoints: ['webview-ui/src/inspector.ts', 'webview-ui/src/inspector.css'],
      outdir: 'out/webview',
      write: false,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'chrome128',
      loader: { '.svg': 'text' },
      logLevel: 'warning',
    })
    .then(({ outputFiles }) => new Map(outputFiles.map((file) => [path.basename(file.path), file.text])));
  return bundle;
}

async function startServer(): Promise<http.Server> {
  const files = await inspectorBundle();
  const server = http.createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    const theme = Object.entries(themes).find(([key]) => name === `${key}.html`);
    if (theme) {
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', contentSecurityPolicy());
      response.end(pageOf(...theme));
      return;
    }
    const themeFile = path.join(__dirname, 'themes', name);
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

/** The policy that the extension gives to the panel; `'self'` stands for the place of its own files. */
function contentSecurityPolicy(): string {
  return [
    `default-src 'none'`,
    `img-src 'self' data: blob:`,
    `style-src 'self'`,
    `font-src 'self'`,
    `script-src 'nonce-${NONCE}'`,
  ].join('; ');
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
<script nonce="${NONCE}" src="inspector.js"></script>
</body>
</html>`;
}
