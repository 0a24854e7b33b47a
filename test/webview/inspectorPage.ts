import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type {
  CompletionView,
  FromWebview,
  PanelMemento,
  PanelRequest,
} from '../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { memento } from './inspectorSnapshots';
import { useWatchedPages, WatchedPage } from './watchedPage';

/** The module that the inspector's page runs. */
export const INSPECTOR_SCRIPT = 'webview-ui/src/inspector.ts';

/** What stands in the page in place of VS Code. */
interface FakeHost {
  readonly sent: FromWebview[];
  readonly states: PanelMemento[];
  answers: boolean;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

/** The inspector in a real browser, under its real Content-Security-Policy, with a host that only records. */
export class InspectorPage extends WatchedPage {
  private revision = 0;

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
}

/** Runs inside the page before its script. */
function standInForVsCode(): void {
  const host: FakeHost = { sent: [], states: [], answers: true };
  let isAcquired = false;
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

/** Gives a function that opens inspectors. To be called within `describe`. */
export function useInspector(): ReturnType<typeof useWatchedPages<InspectorPage>> {
  return useWatchedPages({
    script: INSPECTOR_SCRIPT,
    width: 520,
    prepare: standInForVsCode,
    watch: (page: Page) => new InspectorPage(page),
  });
}
