import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import { until } from '../fixtures/until';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

describe('a neighbor in the inspector, by mouse and by keys', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.waitForNeighborsOf('Mike');
  });

  after(() => session.close());

  const entries = async (): Promise<string[]> => {
    await workbench.menu.waitFor();
    return workbench.menu.locator('.action-label:not(.separator)').allInnerTexts();
  };
  const row = (rank: number) => workbench.inspector.list.getByRole('row').nth(rank - 1);

  for (const theme of [...pictured(['dark', 'light', 'high-contrast'] as const)].reverse()) {
    it(`has a menu of VS Code's own by a right click, in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await row(4).click({ button: 'right' });
      assert.deepEqual(await entries(), [
        'Go',
        'Open in New Inspector',
        'Compare with Query',
        'Token Page',
        'Show on Map',
        'Copy Token',
        'Copy Id',
        'Copy Row',
        'Leave Out',
      ]);
      await workbench.screenshot('neighbor-menu', theme);
      await workbench.inspector.waitUntilLeft();
      await workbench.page.keyboard.press('Escape');
      await workbench.menu.waitFor({ state: 'detached' });
      await workbench.inspector.waitForFocus(workbench.inspector.list);
    });
  }

  it('has it by keys, without Go where it is the query, and the keys go on in the list after it', async () => {
    const { page, inspector } = workbench;
    await inspector.list.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+F10');
    assert.equal((await entries())[0], 'Open in New Inspector');
    await inspector.waitUntilLeft();
    await page.keyboard.press('Escape');
    await workbench.menu.waitFor({ state: 'detached' });
    await until(
      async () => {
        await page.keyboard.press('ArrowDown');
        return inspector.selectedRow.getAttribute('aria-rowindex');
      },
      (index) => Number(index) >= 3,
      'row 3 selected',
    );
  });

  it('is copied, compared and gone to from the menu, and keys go on in what comes up', async () => {
    const { page, inspector } = workbench;
    await workbench.allowClipboard();
    await row(4).click({ button: 'right' });
    await workbench.chooseInMenu('Copy Token');
    await until(
      () => workbench.clipboard(),
      (text) => text === 'Chris',
      'the token on the clipboard',
    );
    await row(4).click({ button: 'right' });
    await workbench.chooseInMenu('Compare with Query');
    await inspector.frame.getByText(/Cosine similarity = /).waitFor();
    await inspector.waitForFocus(inspector.frame.locator('.body'));
    await page.keyboard.press('1');
    await inspector.waitForFocus(inspector.list);
    await row(4).click({ button: 'right' });
    await workbench.chooseInMenu('Go');
    await inspector.waitForNeighborsOf('Chris');
    await inspector.waitForFocus(inspector.list);
    await page.keyboard.press('Alt+ArrowLeft');
    await inspector.waitForNeighborsOf('Mike');
  });

  it('is left out of the list, and comes back from the filters', async () => {
    const { inspector } = workbench;
    const tokens = async () => (await inspector.neighbors()).map(({ token }) => token);
    await row(4).click({ button: 'right' });
    await workbench.chooseInMenu('Leave Out');
    await until(tokens, (found) => found.length > 0 && !found.includes('Chris'), 'a list without Chris');
    await inspector.button('Filters, 1 in force').click();
    await workbench.screenshot('left-out', 'dark');
    await inspector.button('Bring back Chris').click();
    await until(tokens, (found) => found.includes('Chris'), 'Chris in the list');
  });

  it('has the keyboard when one comes from the editor by Ctrl+2, whatever was clicked before', async () => {
    const { page, inspector } = workbench;
    await inspector.frame.locator('.footer').click();
    await workbench.clickWord('Mike');
    await inspector.waitUntilLeft();
    await page.keyboard.press('Control+2');
    await inspector.waitForFocus(inspector.list);
    await page.keyboard.press('3');
    await inspector.waitForFocus(inspector.frame.locator('.body'));
    await page.keyboard.press('1');
    await inspector.waitForFocus(inspector.list);
    // The host knows it by then: what it does not know is not there after a reload.
    await workbench.tabNamed('Neighbors: Mike').waitFor();
    await workbench.reload();
    await inspector.waitForNeighborsOf('Mike');
    await workbench.clickWord('Mike');
    await inspector.waitUntilLeft();
    await page.keyboard.press('Control+2');
    await inspector.waitForFocus(inspector.list);
    await workbench.screenshot('focus-in-list', 'dark');
  });

  it('opens in another inspector of the same group by a click with Ctrl', async () => {
    await row(4).click({ modifiers: ['Control'] });
    await workbench.tabNamed('Neighbors: Chris').waitFor();
    assert.match(await workbench.activeTab(), /Chris/);
    assert.ok(await workbench.tabNamed('Neighbors: Mike').isVisible());
  });
});
