import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = pictured(['dark', 'light', 'high-contrast', 'high-contrast-light'] as const);

describe('the split view, as it is seen', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'none' });
    ({ workbench } = session);
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Tokenscope: Open Sample Text');
    await workbench.waitForEditor();
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-split-view', 'dark');
    }
  });

  for (const theme of THEMES) {
    it(`shows the text with its bands, and beside it the words alone, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.runCommand('Tokenscope: Open Split View');
      await workbench.tabNamed('Untitled-1 (bare)').waitFor();
      // What is drawn behind a line is content of a pseudo-element, so its text is in the style alone.
      await workbench.page.waitForFunction(() =>
        [...document.querySelectorAll('.editor-instance .view-line span')].some((span) =>
          /\d+ of \d+ words split differently alone/.test(
            getComputedStyle(span, '::after').content.replaceAll('\u00a0', ' '),
          ),
        ),
      );
      await workbench.leaveHover();
      await workbench.screenshot('split-view', theme);
    });
  }

  it('tells both splits of a word in its hover, on the bare side', async () => {
    const card = await workbench.hoverWord('cosmic', 'alone', 1);
    assert.match(await card.innerText(), /here[\s\S]*␣cosmic[\s\S]*alone[\s\S]*cos[\s\S]*mic/);
    await workbench.screenshot('split-view-hover', 'dark');
  });
});
