import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import { until } from '../fixtures/until';
import { inGrowingTime } from './pageObjects/inGrowingTime';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const TOGGLE = 'Tokenscope: Toggle Marks of Surprising Tokens';

describe('marks of surprising tokens', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'none' });
    ({ workbench } = session);
    await workbench.typeAtEnd('\nCall getElementsByTagNameNS, no\u00a0break, and then: ');
  });

  after(() => session.close());

  const lines = (className: string) => workbench.page.locator(`.editor-instance .${className}`);

  it('are drawn after the command, and the status bar says so', async () => {
    assert.equal(await lines('squiggly-info').count(), 0);
    await workbench.runCommand(TOGGLE);
    await workbench.statusItem('Tokenscope marks surprising tokens.').waitFor();
    await lines('squiggly-info').first().waitFor({ state: 'attached' });
    await lines('squiggly-warning').first().waitFor({ state: 'attached' });
  });

  for (const theme of pictured(['dark', 'light'] as const)) {
    it(`tell on hover what they are about, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      const card = await workbench.hoverWord('getElementsByTagNameNS', 'falls into 7 tokens');
      assert.match(await card.innerText(), /get\|E\|lements\|By\|Tag\|Name\|NS[\s\S]*Tokenscope/);
      await workbench.screenshot('surprises-hover', theme);
      await workbench.leaveHover();
    });

    it(`offer their fixes by keyboard, in the theme ${theme}`, async () => {
      const { page } = workbench;
      await page.locator('.editor-instance .view-line').first().click();
      await page.keyboard.press('Control+End');
      const menu = page.locator('.action-widget:visible');
      // VS Code asks for fixes by itself a moment after the cursor has moved, and then drops the question of a key that is still on its way.
      const isOffered = await inGrowingTime(async (timeout) => {
        // A menu that comes late takes the key for a choice.
        if (!(await menu.isVisible())) {
          await page.keyboard.press('Control+.');
        }
        await menu.getByText('Remove the white space at the end').waitFor({ timeout });
      });
      assert.ok(isOffered, 'the fix for white space at the end');
      await workbench.screenshot('surprises-fixes', theme);
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    });
  }

  it('go with what they mark when it is fixed', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget:visible').getByText('Remove the white space at the end').click();
    await until(
      async () => (await page.locator('.editor-instance .view-line').last().innerText()).endsWith('then:'),
      (isFixed) => isFixed,
      'a text without the space at its end',
    );
  });

  it('go with the command', async () => {
    await workbench.runCommand(TOGGLE);
    await workbench.statusItem('Tokenscope marks no surprising tokens.').waitFor();
    await lines('squiggly-info').first().waitFor({ state: 'detached' });
  });
});
