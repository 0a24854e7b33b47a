import assert from 'node:assert/strict';
import type { InspectorPage } from './pageObjects/inspectorPage';
import type { Workbench } from './pageObjects/workbench';
import { describePictures } from '../fixtures/pictures';
import { startSession, type Session } from './session';

/** Windows whose right half is a panel of about these widths, in CSS pixels. */
const WIDTHS = { normal: { width: 1230, height: 960 }, narrow: { width: 730, height: 960 } } as const;

const THEMES = ['dark', 'light', 'high-contrast'] as const;

/** What each picture shows, and how to get there from the one before. */
const VIEWS: Readonly<Record<string, (inspector: InspectorPage, workbench: Workbench) => Promise<void>>> = {
  empty: async (inspector, workbench) => {
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('Tokenscope: Open New Inspector');
    await inspector.frame.getByText('Put the cursor on a word, or type above.').waitFor();
  },
  neighbors: async (inspector) => {
    await inspector.ask('Mike');
    await inspector.waitForNeighborsOf('Mike');
    await inspector.list.press('ArrowDown');
    await inspector.frame.locator('.place').first().waitFor({ state: 'attached' });
  },
  filter: async (inspector) => {
    await inspector.frame.getByRole('button', { name: /^Filters/ }).click();
    await inspector.frame.getByRole('dialog', { name: 'Filters' }).waitFor();
  },
  metric: async (inspector) => {
    await inspector.list.press('Escape');
    await inspector.metric.selectOption('dot');
    await inspector.frame.getByTitle('Change of rank from cosine').waitFor({ state: 'attached' });
    await inspector.button('What is this metric?').click();
  },
  completion: async (inspector) => {
    await inspector.button('What is this metric?').click();
    await inspector.metric.selectOption('cosine');
    await inspector.queryField.fill('');
    await inspector.queryField.pressSequentially('king - Mik');
    await inspector.frame.getByRole('option').first().waitFor();
    await inspector.queryField.press('ArrowDown');
  },
  'syntax-error': async (inspector) => {
    await inspector.ask('king - (man + woman');
    await inspector.frame.getByRole('alert').waitFor();
  },
  formula: async (inspector) => {
    await inspector.ask('2*" king" - " man" + " woman"');
    await inspector.list.waitFor();
  },
  pieces: async (inspector) => {
    await inspector.ask('banana');
    await inspector.frame.getByRole('radio', { name: /^bare/ }).press('Space');
    await inspector.frame.getByRole('radio', { name: /^average of/ }).waitFor();
    await inspector.list.waitFor();
  },
  suggestions: async (inspector) => {
    await inspector.queryField.fill('');
    await inspector.frame.getByRole('listbox', { name: 'Recent queries and examples' }).waitFor();
    await inspector.queryField.press('ArrowDown');
  },
  'other-scripts': async (inspector) => {
    await inspector.ask('龍');
    await inspector.waitForFirst('龍', '1.000');
    await inspector.queryField.fill('');
    await inspector.queryField.pressSequentially('ド');
    await inspector.frame.getByRole('option', { name: /ドラゴン/ }).waitFor();
  },
  pair: async (inspector) => {
    // The completions lie over the tabs.
    await inspector.queryField.press('Escape');
    await inspector.compare('ban', 'ana');
    await inspector.frame.getByText('Cosine similarity = 0.320').waitFor();
  },
  'pair-facts': async (inspector) => {
    await inspector.frame.getByText('Spelling variants').scrollIntoViewIfNeeded();
    await inspector.frame.locator('.variants-table tr').last().scrollIntoViewIfNeeded();
  },
  matrix: async (inspector) => {
    await inspector.frame.getByRole('radio', { name: 'Matrix' }).check({ force: true });
    const field = inspector.frame.getByRole('textbox', { name: 'Add a word, #id or formula' });
    for (const text of ['Mike', '" Mike"', 'Michael', 'king - man + woman', '" bananas"']) {
      await field.fill(text);
      await field.press('Enter');
      await inspector.frame
        .getByRole('columnheader')
        .filter({ hasText: text.trim().replaceAll('"', '').trim() })
        .first()
        .waitFor();
    }
  },
  token: async (inspector) => {
    await inspector.tab('Neighbors').click();
    await inspector.ask('" Michael"');
    await inspector.tab('Token').click();
    await inspector.frame.getByText('Neighbors under two metrics').waitFor();
  },
  'token-neighbors': async (inspector) => {
    await inspector.frame.locator('.metric-neighbors li').last().scrollIntoViewIfNeeded();
  },
  sample: async (inspector, workbench) => {
    await workbench.changeSettings({ 'tokenscope.model': 'sample' });
    await inspector.tab('Neighbors').click();
    await inspector.frame.locator('.footer').getByText('sample vectors', { exact: true }).waitFor();
    await inspector.ask('Mike');
    await inspector.list.waitFor();
  },
};

describePictures('pictures of every view, in a real VS Code', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({ file: 'lesson.md', checkpoint: 'planted' });
    ({ workbench } = session);
  });

  after(() => session.close());

  for (const [name, open] of Object.entries(VIEWS)) {
    it(`are drawn of ${name}, without anything that sticks out of the panel`, async () => {
      const { inspector, page } = workbench;
      await open(inspector, workbench);
      for (const [widthName, size] of Object.entries(WIDTHS)) {
        await page.setViewportSize(size);
        for (const theme of THEMES) {
          await workbench.useTheme(theme);
          await inspector.settle(theme);
          await workbench.panelScreenshot(`view-${name}-${widthName}`, theme);
        }
        const overflow = await inspector.frame
          .locator('html')
          .evaluate((root) => root.scrollWidth - root.clientWidth);
        assert.equal(overflow, 0, `the page is ${overflow} px wider than the panel`);
      }
      await page.setViewportSize(WIDTHS.normal);
    });
  }
});
