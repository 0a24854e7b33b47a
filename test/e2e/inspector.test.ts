import assert from 'node:assert/strict';
import { THEME_KINDS } from './pageObjects/inspectorPage';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

/** The five lines of the lesson; the planted checkpoint is made so that these are the best five of all 50,257 tokens. */
const LESSON = [
  { token: 'Mike', score: '1.000' },
  { token: ' Mike', score: '0.857' },
  { token: 'Michael', score: '0.685' },
  { token: 'Chris', score: '0.647' },
  { token: 'Jim', score: '0.640' },
];

describe('the lesson, in a real VS Code', () => {
  let session: Session | undefined;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
  });

  after(() => session?.close());

  afterEach(async function () {
    if (session && this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed', 'dark');
    }
  });

  it('shows on hover that banana alone is ban|ana, and one token after a space', async () => {
    const card = await workbench.hoverWord('banana', 'ban');
    const text = await card.innerText();
    assert.match(text, /␣banana/);
    assert.match(text, /ban\s+ana/);
    await workbench.screenshot('hover', 'dark');
    await workbench.leaveHover();
  });

  it('lists the five neighbors of Mike that the lesson ends with', async () => {
    await workbench.clickWord('Mike');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await workbench.inspector.waitForNeighborsOf('Mike');
    const neighbors = await workbench.inspector.neighbors();
    assert.deepEqual(neighbors.slice(0, LESSON.length), LESSON);
  });

  it('walks to the neighbor that is clicked twice, and back', async () => {
    const { inspector } = workbench;
    await inspector.walkTo(3);
    await inspector.waitForNeighborsOf('Michael');
    assert.equal(await inspector.queryField.inputValue(), 'Michael');
    await inspector.back.click();
    await inspector.waitForNeighborsOf('Mike');
    assert.deepEqual((await inspector.neighbors()).slice(0, LESSON.length), LESSON);
  });

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`is drawn in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      await workbench.leaveHover();
      await workbench.screenshot('inspector', theme);
      assert.match(await workbench.inspector.themeKind(), THEME_KINDS[theme]);
    });
  }
});
