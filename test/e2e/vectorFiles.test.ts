import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = pictured(['dark', 'light'] as const);

const DIMENSION = 24;

/** Words by what they are about, which lie together. */
const SUBJECTS: readonly (readonly string[])[] = [
  ['frog', 'toad', 'newt', 'snake', 'lizard', 'turtle', 'salamander', 'tadpole'],
  ['king', 'queen', 'prince', 'princess', 'throne', 'crown', 'kingdom', 'duke'],
  ['man', 'woman', 'boy', 'girl', 'child', 'person', 'people', 'friend'],
  ['bread', 'butter', 'cheese', 'apple', 'soup', 'salt', 'rice', 'honey'],
  ['paris', 'london', 'berlin', 'rome', 'madrid', 'vienna', 'lisbon', 'prague'],
  ['walk', 'run', 'jump', 'swim', 'climb', 'crawl', 'fly', 'sit'],
];

/** Vectors as GloVe writes them: each word near the middle of its subject. */
function vectors(): string {
  let seed = 19;
  const random = (): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  const vector = (): number[] => Array.from({ length: DIMENSION }, random);
  return SUBJECTS.flatMap((words) => {
    const middle = vector();
    return words.map((word) => {
      const values = vector().map((value, at) => ((middle[at] ?? 0) + 0.6 * value).toFixed(4));
      return `${word} ${values.join(' ')}`;
    });
  }).join('\n');
}

describe('files of other vectors, in a real VS Code', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({
      file: 'pond.md',
      checkpoint: 'none',
      settings: { 'tokenscope.model': 'glove.pond.txt' },
      files: {
        'pond.md': '# The pond\n\nA frog sits by the water. Frog and axolotl look at each other.\n',
        'glove.pond.txt': vectors(),
      },
    });
    ({ workbench } = session);
    await workbench.runCommand('View: Close Primary Side Bar');
  });

  after(() => session.close());

  async function pictures(name: string, again?: () => Promise<unknown>): Promise<void> {
    for (const theme of THEMES) {
      await workbench.useTheme(theme);
      await workbench.inspector.settle(theme);
      await again?.();
      await workbench.screenshot(`vectors-${name}`, theme);
    }
  }

  const entry = (label: string): Locator =>
    workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();

  it('are searched by a word of the text', async () => {
    const { inspector } = workbench;
    await workbench.clickWord('frog');
    await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
    await inspector.waitForFirst('frog', '1.000');
    const words = new Set((await inspector.neighbors()).slice(0, 8).map(({ token }) => token));
    assert.deepEqual([...words].sort(), [...(SUBJECTS[0] ?? [])].sort());
    await pictures('neighbors');
  });

  it('say what is not found, and how it is spelled', async () => {
    const { inspector } = workbench;
    await inspector.ask('Frog');
    await inspector.frame
      .getByText('"Frog" is not among the 48 labels of glove.pond; "frog" is.')
      .first()
      .waitFor();
    await pictures('not-found');
  });

  it('answer formulas, comparisons, the page of a word and the map', async () => {
    const { inspector } = workbench;
    await inspector.ask('king - man + woman');
    await inspector.frame.getByText('queen').first().waitFor();
    await inspector.ask('frog');
    await inspector.waitForFirst('frog', '1.000');
    await inspector.frame.getByRole('tab', { name: 'Word' }).click();
    await inspector.frame.getByText('Look-up').waitFor();
    await workbench.tabNamed('Word: frog').waitFor();
    await pictures('word-page');
    await inspector.tab('Compare').click();
    await inspector.compare('frog', 'toad');
    await pictures('compare');
    await inspector.tab('Map').click();
    await inspector.frame
      .getByText(/48 words|Map of/)
      .first()
      .waitFor();
    await pictures('map');
    await inspector.tab('Neighbors').click();
  });

  it('are told by the hover card, word by word', async () => {
    await pictures('hover-found', () => workbench.hoverWord('frog', 'nearest by cosine'));
    await workbench.leaveHover();
    await pictures('hover-not-found', () => workbench.hoverWord('axolotl', 'is not among the 48 labels'));
    await workbench.leaveHover();
  });

  it('split no text, and say so', async () => {
    await workbench.clickWord('frog');
    await workbench.runCommand('Tokenscope: Toggle Token Bands');
    await workbench.waitForNotification(/The rows of glove\.pond are words/);
    await workbench.dismissNotifications();
  });

  it('are listed by Choose Model, and their conversion where files are deleted', async () => {
    await workbench.runCommand('Tokenscope: Choose Model…');
    await entry('glove.pond').waitFor();
    assert.match(await entry('glove.pond').innerText(), /current[^]*48 × 24 · GloVe text · converted/);
    await pictures('choose-model');
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('Tokenscope: Clear Downloaded Model Files…');
    await entry('glove.pond.txt').waitFor();
    assert.match(await entry('glove.pond.txt').innerText(), /converted from GloVe text/);
    await pictures('clear');
    await workbench.page.keyboard.press('Escape');
  });
});
