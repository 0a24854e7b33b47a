import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { pictured } from '../fixtures/pictures';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { until } from '../fixtures/until';
import { inGrowingTime } from './pageObjects/inGrowingTime';
import { wordPosition } from './pageObjects/wordPosition';
import type { Workbench } from './pageObjects/workbench';
import { startSession, type Session } from './session';

const THEMES = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;

const WORKSPACE = path.resolve('.cache/workspaces/lesson');

/** Code, and prose with emoji and characters of several tokens, with line ends of one and of two characters. */
const TEXTS = {
  'nearest.py': [
    'import numpy as np',
    '',
    'def nearest(query: str, k: int = 20):',
    '    """Rank every row of wte by cosine."""',
    '    v = unit[token_id(query)]',
    '    sims = unit @ v',
    '\tbest = np.argpartition(-sims, k)[:k]',
    '    return best[np.argsort(-sims[best])]',
    '',
    '# 日本語 works too, byte by byte',
    'print(nearest("Mike"), nearest("banana"))',
    '',
  ].join('\n'),
  'reading.md': [
    '# What the model reads',
    '',
    'She ate a ripe banana. "banana", she',
    'wrote, and it was not the same word.',
    '',
    "Names behave alike: Mike, Mike's and",
    '(Mike) share one stem, while mike is',
    'two pieces.  Two spaces make a token',
    'of their own, and so does a line end.',
    '',
    'An emoji is three tokens: 🍌🍌, and 語 is two.',
    'Elsewhere: 苹果, りんご, 사과, تفاحة, תפוח, सेब, แอปเปิล',
  ].join('\n'),
  'lineEnds.txt': 'One line end,\r\n\r\ntwo characters.\r\n',
} as const;

/** Defaults of the two fills that alternate, as the manifest contributes them: `#rrggbbaa`. */
const FILLS = {
  dark: ['#59a4f93d', '#cccccc1f'],
  light: ['#0063d326', '#00000014'],
  'high-contrast': ['#59a4f966', '#ffffff2e'],
  'high-contrast-light': ['#0063d333', '#00000026'],
} as const;

/** Words of the code whose places must not change. */
const WORDS = ['nearest', 'sims', 'best', 'works', 'byte'] as const;

describe('token bands, in a real VS Code', () => {
  let session: Session;
  let workbench: Workbench;
  let page: Page;
  /** Where the words were before there were bands. */
  let places: unknown[];

  before(async () => {
    session = await startSession({
      file: 'fruit.py',
      checkpoint: 'planted',
      settings: { 'editor.minimap.enabled': false },
    });
    ({ workbench } = session);
    ({ page } = workbench);
    for (const [name, text] of Object.entries(TEXTS)) {
      fs.writeFileSync(path.join(WORKSPACE, name), text);
    }
    await workbench.runCommand('View: Close Primary Side Bar');
    await page.keyboard.press('Control+Backslash');
    await page.locator('.editor-group-container').nth(1).waitFor();
    await open('reading.md');
    await workbench.runCommand('Tokenscope: Toggle Token Bands');
    await group(1).locator('.cdr').first().waitFor();
    await page.keyboard.press('Control+1');
    await open('nearest.py');
    places = await wordPlaces();
    await workbench.runCommand('Tokenscope: Toggle Token Bands');
    await group(0).locator('.cdr').first().waitFor();
  });

  after(() => session.close());

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await workbench.screenshot('failed-bands', 'dark');
    }
  });

  function group(number: number): Locator {
    return page.locator('.editor-group-container').nth(number);
  }

  function wordPlaces(): Promise<unknown[]> {
    return Promise.all(WORDS.map((word) => wordPosition(page, word, 0)));
  }

  /** Opens a file of the workspace in the group that is active. */
  async function open(name: keyof typeof TEXTS): Promise<void> {
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget:visible input.input').first().fill(name);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first().waitFor();
    await page.keyboard.press('Enter');
    const firstWord = /\w+/.exec(TEXTS[name])?.[0] ?? '';
    await page.locator('.editor-group-container.active .view-line', { hasText: firstWord }).first().waitFor();
  }

  /** The colors that lie behind the text of a group, each once. */
  async function fillsOf(number: number): Promise<string[]> {
    const colors = await group(number)
      .locator('.cdr')
      .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).backgroundColor));
    return [...new Set(colors)];
  }

  it('move no text', async () => {
    assert.deepEqual(await wordPlaces(), places);
  });

  for (const theme of THEMES) {
    it(`color code and prose in the theme ${theme}`, async () => {
      await workbench.useTheme(theme);
      for (const number of [0, 1]) {
        await until(
          () => fillsOf(number),
          (fills) => FILLS[theme].every((fill) => fills.includes(rgba(fill))),
          `the two fills of the theme ${theme}`,
        );
      }
      await workbench.screenshot('bands', theme);
    });
  }

  it('show on hover the token, its bytes, and its place among all', async () => {
    await workbench.useTheme('dark');
    const { ids, offsets } = Gpt2Tokenizer.shared().encodeWithOffsets(TEXTS['nearest.py']);
    const at = TEXTS['nearest.py'].indexOf('語');
    const shared = ids.filter(
      (_, index) => (offsets[index]?.[0] ?? 0) <= at && (offsets[index]?.[1] ?? 0) > at,
    );
    assert.equal(shared.length, 2);
    const card = await workbench.hoverWord('works', 'once in this document');
    assert.match(await card.innerText(), new RegExp(`␣works\\s+id\\s2499\\s+token \\d+ of ${ids.length}`));
    assert.doesNotMatch(await card.innerText(), /nearest by cosine/);
    await workbench.screenshot('bands-card', 'dark');
    const { x, y } = await wordPosition(page, '日本語', 0);
    const bytes = page.locator('.monaco-hover:visible', { hasText: 'Drawn as one' }).first();
    const isShown = await inGrowingTime(async (timeout) => {
      await workbench.leaveHover();
      await page.mouse.move(x + 9, y, { steps: 3 });
      await bytes.waitFor({ timeout });
    });
    assert.ok(isShown, 'the card of a character of several tokens');
    assert.match(await bytes.innerText(), new RegExp(`\\\\xe8\\\\xaa[\\s\\S]*${shared.join('[\\s\\S]*')}`));
    await workbench.screenshot('bands-card-bytes', 'dark');
    await bytes.getByText('Select', { exact: true }).click();
    await workbench.statusItem('1 selected').waitFor();
    await workbench.leaveHover();
  });

  it('are colored by a value, with a legend', async () => {
    await workbench.runCommand('Tokenscope: Color Token Bands By…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Norm' }).first().waitFor();
    await workbench.screenshot('bands-measures', 'dark');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Norm' }).first().click();
    const legend = workbench.statusItem(/norm \d/);
    await legend.waitFor();
    await workbench.dismissNotifications();
    for (const theme of pictured(THEMES)) {
      await workbench.useTheme(theme);
      const tooltip = await workbench.restOn(legend, 'Token bands by norm');
      assert.equal(await tooltip.locator('span[style*="tokenscope-value"]').count(), 7);
      await workbench.screenshot('bands-norm', theme);
      await workbench.leaveHover();
    }
    await workbench.useTheme('dark');
    const card = await workbench.hoverWord('ripe', 'higher than');
    assert.match(
      await card.innerText(),
      /norm\s+\d\.\d\d\s+higher than \d+ % of all tokens[\s\S]*nearest by cosine/,
    );
    await workbench.screenshot('bands-card-norm', 'dark');
    await workbench.leaveHover();
  });

  it('are colored by what costs, with a legend', async () => {
    await workbench.runCommand('Tokenscope: Color Token Bands By…');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Characters per Token' })
      .first()
      .click();
    const legend = workbench.statusItem(/characters per token/);
    for (const theme of pictured(THEMES)) {
      await workbench.useTheme(theme);
      const tooltip = await workbench.restOn(legend, 'costs most');
      assert.equal(await tooltip.locator('span[style*="tokenscope-value"]').count(), 7);
      await workbench.screenshot('bands-characters', theme);
      await workbench.leaveHover();
    }
    await workbench.useTheme('dark');
    const card = await workbench.hoverWord('ripe', 'on average in this text');
    assert.match(await card.innerText(), /characters\s+5\s+\d\.\d\d on average in this text/);
    await workbench.screenshot('bands-card-characters', 'dark');
    await workbench.leaveHover();
  });

  it('draw one sign for each line end of two characters', async () => {
    await open('lineEnds.txt');
    await workbench.runCommand('Tokenscope: Toggle Token Bands');
    await workbench.changeSettings({ 'editor.fontSize': 28 });
    await group(0).locator('.cdr').first().waitFor();
    await until(
      () =>
        group(0)
          .locator('.view-line span')
          .evaluateAll(
            (spans) => spans.filter((span) => getComputedStyle(span, '::after').content.includes('↵')).length,
          ),
      (signs) => signs === 3,
      'three signs for line ends',
    );
    await workbench.screenshot('bands-large', 'dark');
    await open('nearest.py');
    await workbench.screenshot('bands-large-code', 'dark');
  });
});

/** `#rrggbbaa` as the browser writes it: alpha with as few decimals as give its byte again. */
function rgba(color: string): string {
  const [red, green, blue, byte = 0] = [1, 3, 5, 7].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const short = Number((byte / 255).toFixed(2));
  const alpha = Math.round(short * 255) === byte ? short : Number((byte / 255).toFixed(3));
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}
