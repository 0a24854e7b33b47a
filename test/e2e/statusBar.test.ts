import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = pictured(['dark', 'light', 'high-contrast'] as const);
const TEXT = fs.readFileSync('test/fixtures/workspace/lesson.md', 'utf8');

describe('status bar item', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-status-bar', 'dark');
    }
  });

  /** Rests the mouse on the item until its tooltip says something. */
  const tooltip = (part: string | RegExp): Promise<Locator> =>
    workbench.restOn(workbench.statusItem(/token/), part);

  it('tells the tokens of the text, also as it is typed', async () => {
    await workbench.statusItem(`${Gpt2Tokenizer.shared().encode(TEXT).length} tokens`).waitFor();
    await workbench.typeAtEnd(' a ripe banana');
    const typed = Gpt2Tokenizer.shared().encode(`${TEXT} a ripe banana`).length;
    await workbench.statusItem(`${typed} tokens`).waitFor();
  });

  for (const theme of THEMES) {
    it(`breaks that down in its tooltip, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      const card = await tooltip('Words that are one token');
      assert.match(await card.innerText(), /lesson\.md: [\d,]+ tokens, [\d,]+ characters/);
      await workbench.screenshot('status-tooltip', theme);
    });
  }

  it('switches bands on from a link of the tooltip', async () => {
    await workbench.useTheme('dark');
    await (await tooltip('Show Bands')).getByText('Show Bands').click();
    await tooltip('on in 1 editor');
    await workbench.screenshot('status-tooltip-bands', 'dark');
  });

  for (const theme of pictured(['dark', 'light'] as const)) {
    it(`offers what can be done on a click, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.leaveHover();
      await workbench.statusItem(/token/).click();
      await workbench.page.getByText('Copy Tokens As…').first().waitFor();
      await workbench.screenshot('token-actions', theme);
      await workbench.page.keyboard.press('Escape');
    });
  }

  it('does what is picked, and names the model once one is loaded', async () => {
    await workbench.useTheme('dark');
    await workbench.statusItem(/token/).click();
    await workbench.quickInput.fill('Load Emb');
    await workbench.page.locator('.quick-input-list').getByText('Load Embeddings…').click();
    await workbench.statusItem(/tokens · gpt2-planted/).waitFor();
    await workbench.dismissNotifications();
    await workbench.page.keyboard.press('Control+a');
    await workbench.statusItem(/of [\d,]+ tokens · gpt2-planted/).waitFor();
    await tooltip('gpt2-planted');
    await workbench.screenshot('status-tooltip-selection', 'dark');
  });
});
