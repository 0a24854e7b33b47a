import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = pictured(['dark', 'light', 'high-contrast'] as const);
const TEXT = fs.readFileSync('test/fixtures/workspace/similarity.ts', 'utf8');

describe('tokens by section', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'similarity.ts', checkpoint: 'planted' });
    ({ workbench } = session);
    await workbench.runCommand('Explorer: Focus on Tokens by Section View');
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-sections', 'dark');
    }
  });

  const view = (): Locator => workbench.page.locator('.pane', { hasText: 'Tokens by Section' }).last();
  const row = (text: string | RegExp): Locator =>
    view().locator('.monaco-list-row', { hasText: text }).first();

  it('shows the sections of the text beside it, and its tokens above them', async () => {
    await row(/\d+ tokens · \d/).waitFor();
    const count = Gpt2Tokenizer.shared().encode(TEXT).length;
    await view().getByText(`${count} tokens`, { exact: true }).waitFor();
    await row('Outside of these').waitFor();
  });

  for (const theme of THEMES) {
    it(`can be read in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.restOn(row(/\d+ tokens/), 'Context window');
      await workbench.screenshot('sections', theme);
      await workbench.leaveHover();
    });
  }

  it('goes to a section on a click, and selects it', async () => {
    await workbench.useTheme('dark');
    await row(/\d+ tokens/).click();
    await workbench.statusItem(/\d+ of [\d,]+ tokens/).waitFor();
    await workbench.screenshot('sections-selected', 'dark');
  });

  it('sorts by tokens with a button of its title', async () => {
    await workbench.pointAt(view());
    await view().getByRole('button', { name: 'Sort Sections by Tokens' }).click();
    await view().getByRole('button', { name: 'Sort Sections as in the Text' }).waitFor();
    const texts = await view().locator('.monaco-list-row').allInnerTexts();
    const sizes = texts.map((text) => Number(/([\d,]+) tokens?/.exec(text)?.[1]?.replace(',', '')));
    assert.ok(sizes.length > 1);
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
  });

  it('has rows that Enter goes to, and names for screen readers', async () => {
    const label = await row(/\d+ tokens/).getAttribute('aria-label');
    assert.match(label ?? '', /tokens, .* of this text\. Context window: .*per token/);
    await workbench.runCommand('Explorer: Focus on Tokens by Section View');
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('Enter');
    await workbench.statusItem(/\d+ of [\d,]+ tokens/).waitFor();
  });

  it('says what it is for while no text is open', async () => {
    await workbench.runCommand('View: Close All Editors');
    await view().getByText('Open a text to see which of its sections take how many tokens.').waitFor();
    await workbench.screenshot('sections-without-text', 'dark');
  });
});
