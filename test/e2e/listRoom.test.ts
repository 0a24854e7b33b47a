import assert from 'node:assert/strict';
import { pictured } from '../fixtures/pictures';
import { until } from '../fixtures/until';
import type { InspectorPage } from './pageObjects/inspectorPage';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

/** Rows that can be seen whole. */
function visibleRows(inspector: InspectorPage): Promise<number> {
  return inspector.list.evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    return [...list.querySelectorAll('[role=row]')].filter((row) => {
      const box = row.getBoundingClientRect();
      return box.top >= top - 0.5 && box.bottom <= bottom + 0.5;
    }).length;
  });
}

describe('the room for the list beside an editor, in a window of 1280 × 800', () => {
  let session: Session | undefined;
  let workbench: Workbench;
  let inspector: InspectorPage;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
    ({ inspector } = workbench);
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await inspector.waitForNeighborsOf('Mike');
  });

  after(() => session?.close());

  async function askForRows(k: number): Promise<void> {
    const rowCount = () => inspector.list.getAttribute('aria-rowcount');
    const before = await rowCount();
    const field = inspector.frame.getByRole('spinbutton', { name: 'Number of neighbors, k' });
    await field.fill(String(k));
    await field.press('Enter');
    await until(rowCount, (count) => count !== before, `a list of ${k} neighbors`);
  }

  it('is at least 14 rows, with spellings folded', async () => {
    const fold = inspector.button('Fold spelling variants');
    assert.equal(await fold.getAttribute('aria-pressed'), 'true');
    await askForRows(60);
    const rows = await until(
      () => visibleRows(inspector),
      (shown) => shown >= 14,
      '14 rows in view',
    );
    assert.ok(rows >= 14);
  });

  for (const theme of pictured(['dark', 'light', 'high-contrast'] as const)) {
    it(`is drawn in the theme ${theme}`, async () => {
      await inspector.frame.getByRole('separator', { name: 'Between list and drawings' }).dblclick();
      await workbench.useTheme(theme);
      await workbench.leaveHover();
      await inspector.settle(theme);
      await workbench.screenshot('list-room', theme);
    });
  }
});
