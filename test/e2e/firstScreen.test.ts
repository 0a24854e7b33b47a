import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import { startSampleServer } from '../../scripts/start/sampleServer.mjs';
import { until } from '../fixtures/until';
import { launchBrowser } from '../host/browser.mjs';
import { sampleWorkspace } from '../host/sampleWorkspace.mjs';
import type { Server } from '../host/server.mjs';
import { START_LIMIT_MS, WAIT_LIMIT_MS } from '../limits.mjs';
import { Workbench } from './pageObjects/workbench';

const THEMES = pictured(['dark', 'light', 'high-contrast'] as const);

/** What `npm start -- --host` serves, as its first start does: with an empty folder for its data. */
describe('the first screen of npm start', () => {
  let server: Server;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    const dataFolder = path.resolve('out/e2e/first-screen');
    fs.rmSync(dataFolder, { recursive: true, force: true });
    const workspace = sampleWorkspace('first-screen', { fresh: true, without: ['lesson.md'] });
    const emptyCache = path.resolve('out/e2e/empty-cache');
    const started = await startSampleServer({
      workspace,
      settings: { 'tokenscope.model': 'sample', 'tokenscope.neighborGraph': 'onDemand' },
      env: { TOKENSCOPE_LESSON_FOLDER: workspace, HF_HUB_CACHE: emptyCache, HF_HOME: emptyCache },
      vsix: process.env.TOKENSCOPE_VSIX ?? '',
      dataFolder,
    });
    ({ server } = started);
    browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(WAIT_LIMIT_MS);
    context.setDefaultNavigationTimeout(START_LIMIT_MS);
    await context.addInitScript('globalThis.__name = (value) => value;');
    const page = await context.newPage();
    workbench = new Workbench(page, server);
    await page.goto(started.url);
    await workbench.waitForEditor();
  });

  after(async () => {
    await browser.close();
    await server.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-first-screen', 'dark');
    }
  });

  function button(title: string): Locator {
    return workbench.page.locator('.codelens-decoration a', { hasText: title }).first();
  }

  function lines(): Locator {
    return workbench.page.locator('.editor-instance .view-lines').first();
  }

  function groups(): Promise<number> {
    return workbench.page.locator('.editor-group-container').count();
  }

  it('shows the lesson on the left, and on the right the neighbors of Mike', async () => {
    await button('Get Started').waitFor();
    await workbench.tabNamed('lesson.md').waitFor();
    await workbench.inspector.waitForFirst('Mike', '1.000');
    await workbench.inspector.frame.getByText('Sample vectors, not GPT-2').first().waitFor();
    await lines().getByText('In use').waitFor();
    assert.equal(await groups(), 2);
    for (const theme of THEMES) {
      await workbench.useTheme(theme);
      await workbench.inspector.settle(theme);
      await workbench.screenshot('first-screen', theme);
    }
    await workbench.useTheme('dark');
  });

  it('shows notifications as a desktop does', async () => {
    await button('Load Embeddings').click();
    await workbench.page
      .locator('.notifications-toasts .notification-list-item', { hasText: 'Sample vectors are ready' })
      .waitFor();
    await workbench.dismissNotifications();
  });

  it('is followed by a click for each step', async () => {
    await button('Show the Card of banana').click();
    await workbench.page.locator('.monaco-hover:visible', { hasText: '25996' }).first().waitFor();
    await workbench.page.keyboard.press('Escape');
    await button('Compare ban and ana').click();
    await workbench.inspector.frame.getByText(/Cosine similarity = /).waitFor();
  });

  it('has the walkthrough a click away, whose text and inspector take turns beside it', async () => {
    await workbench.page.keyboard.press('Control+1');
    await workbench.page.keyboard.press('Control+Home');
    await button('Get Started').click();
    const press = async (title: string, name: string): Promise<void> => {
      const step = workbench.page.locator('.getting-started-step', { hasText: title });
      await step.locator('.step-title').click();
      await step.getByRole('button', { name }).click();
    };
    const text = workbench.page.locator('.editor-instance .view-line', { hasText: 'I ate a banana' }).first();
    const card = workbench.page.locator('.monaco-hover:visible', { hasText: '25996' }).first();
    const steps = workbench.page.locator('.gettingStartedContainer');
    await press('Open a text to try it on', 'Open Sample Text');
    await text.waitFor();
    await press('Point at a word', 'Show the Card of banana');
    await card.waitFor();
    await workbench.screenshot('first-screen-walkthrough', 'dark');
    // The card of a text that is covered would lie over the comparison.
    await press('Compare two tokens', 'Compare ban and ana');
    await workbench.inspector.frame.getByText(/Cosine similarity = /).waitFor();
    await card.waitFor({ state: 'hidden' });
    await press('See the whole text as tokens', 'Show Token Bands');
    await text.waitFor();
    assert.ok(await steps.isVisible());
    assert.equal(await groups(), 2);
    await workbench.page.keyboard.press('Control+2');
    await workbench.runCommand('View: Revert and Close Editor');
  });

  it('comes back when the window is opened again, with what was left open', async () => {
    await workbench.runCommand('View: Close All Editors');
    await until(
      () => workbench.page.locator('.editor-group-container .tab').count(),
      (tabs) => tabs === 0,
      'a window without editors',
    );
    await workbench.runCommand('Tokenscope: Open the Lesson');
    await button('Get Started').waitFor();
    const loaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await button('Get Started').waitFor({ timeout: START_LIMIT_MS });
    await until(groups, (count) => count === 1, 'one group of editors');
  });
});
