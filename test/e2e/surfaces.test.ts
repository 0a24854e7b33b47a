import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = pictured(['dark', 'light', 'high-contrast'] as const);

describe('hover card and pieces of a word, with embeddings loaded', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-surfaces', 'dark');
    }
  });

  it('loads embeddings on command and shows in the status bar which', async () => {
    await workbench.runCommand('Tokenscope: Load Embeddings…');
    await workbench.statusItem('gpt2-planted').waitFor();
    await workbench.dismissNotifications();
  });

  for (const theme of THEMES) {
    it(`shows the nearest tokens of each piece on hover, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      const card = await workbench.hoverWord('banana', 'nearest by cosine');
      const text = await card.innerText();
      assert.match(text, /␣banana[\s\S]*␣bananas\s0\.790[\s\S]*␣fruit\s0\.655[\s\S]*␣pineapple\s0\.642/);
      await workbench.screenshot('hover-loaded', theme);
      await workbench.leaveHover();
    });
  }

  it('opens the inspector from the link of the card, with the word as it stands, one token', async () => {
    await workbench.useTheme('dark');
    const card = await workbench.hoverWord('cosmic', 'cos');
    await card.getByText('Find Neighbors').click();
    const { inspector } = workbench;
    await inspector.list.getByRole('row').first().waitFor();
    assert.equal(await inspector.queryField.inputValue(), 'cosmic');
    assert.equal(await inspector.frame.getByRole('radio', { name: /^in document/ }).isChecked(), true);
    await inspector.waitForFirst(' cosmic', '1.000');
  });

  it('searches one piece alone, and the word as it stands in the document', async () => {
    const { inspector } = workbench;
    await inspector.frame.getByRole('radio', { name: /^bare/ }).press('Space');
    await inspector.frame.getByRole('radio', { name: /^mic, id/ }).check({ force: true });
    await inspector.waitForFirst('mic', '1.000');
    await workbench.screenshot('inspector-pieces', 'dark');
    await inspector.frame.getByRole('radio', { name: /^in document/ }).check({ force: true });
    await inspector.waitForFirst(' cosmic', '1.000');
  });

  it('searches what is typed, a token id too, and says when there is no such token', async () => {
    const { inspector } = workbench;
    await inspector.ask('#16073');
    await inspector.waitForFirst('Mike', '1.000');
    await inspector.ask('#99999');
    await inspector.frame.getByText(/There is no token 99999: ids go from 0 to 50256/).waitFor();
    await workbench.screenshot('inspector-query-error', 'dark');
  });

  it('can be walked with the keyboard alone', async () => {
    const { inspector } = workbench;
    await inspector.ask('Mike');
    await inspector.waitForNeighborsOf('Mike');
    await inspector.list.focus();
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await inspector.waitForFirst('Michael', '1.000');
    await workbench.page.keyboard.press('Alt+ArrowLeft');
    await inspector.waitForFirst('Mike', '1.000');
  });

  it('shows the whole of it beside the text', async () => {
    await workbench.runCommand('View: Close Primary Side Bar');
    // The text gets its room and is wrapped anew: before, a click goes to where a word was.
    await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await workbench.clickWord('Mike', 1);
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.waitForFirst(' Mike', '1.000');
    await workbench.screenshot('inspector-wide', 'dark');
    await workbench.useTheme('light');
    await workbench.screenshot('inspector-wide', 'light');
  });
});
