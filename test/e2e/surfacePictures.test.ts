import type { Locator } from 'playwright-core';
import type { Workbench } from './pageObjects/workbench';
import { describePictures } from '../fixtures/pictures';
import { startSession, type Session } from './session';

const THEMES = ['dark', 'light', 'high-contrast'] as const;

/** Nothing answers there. */
const NO_SERVER = 'http://127.0.0.1:9';

/** A surface that is drawn in each theme. */
interface Surface {
  /** Brings it up from the one before, once. */
  readonly open: (workbench: Workbench) => Promise<void>;
  /** Brings it up again after a change of the theme: what closes when the mouse leaves it. */
  readonly again?: (workbench: Workbench) => Promise<void>;
}

/** What a person meets first, in this order: nothing is at hand, and there is no network. */
const SURFACES: Readonly<Record<string, Surface>> = {
  'status-undecided': {
    open: async (workbench) => {
      await workbench.clickWord('Mike');
      await workbench.runCommand('Tokenscope: Find Semantic Neighbors');
      await downloadButton(workbench).waitFor();
    },
    again: (workbench) => statusTooltip(workbench, 'not on this machine'),
  },
  'token-actions': {
    open: async (workbench) => {
      await workbench.leaveHover();
      await workbench.clickWord('Mike');
      await workbench.runCommand('Tokenscope: Token Actions…');
      await workbench.page.getByText('Show Tokens by Section').first().waitFor();
    },
  },
  'token-actions-rest': {
    open: async ({ page }) => {
      // From the first entry up to the last one.
      await page.keyboard.press('ArrowUp');
    },
  },
  offline: {
    open: async (workbench) => {
      await workbench.page.keyboard.press('Escape');
      await downloadButton(workbench).click();
      await workbench.inspector.button('Try Again').waitFor();
    },
  },
  'status-failed': {
    open: async (workbench) => {
      await workbench.clickWord('Mike');
    },
    again: (workbench) => statusTooltip(workbench, 'cannot be reached'),
  },
  'list-of-sample': {
    open: async (workbench) => {
      const { inspector } = workbench;
      await workbench.leaveHover();
      await inspector.frame.getByText('Use Sample Vectors').click();
      await inspector.waitForFirst('Mike', '1.000');
      // A theme is set by writing the file of settings anew.
      await workbench.changeSettings({ 'tokenscope.model': 'sample' });
    },
  },
  verified: {
    open: async (workbench) => {
      await workbench.runCommand('Tokenscope: Verify Similarity');
      await workbench.inspector.frame.locator('.verification-facts').waitFor();
      await workbench.dismissNotifications();
    },
  },
  'filters-leave-out': {
    open: async (workbench) => {
      const { inspector } = workbench;
      await inspector.button('Close the result').click();
      for (const rank of [2, 3]) {
        await inspector.list.getByRole('row').nth(rank).click({ button: 'right' });
        await workbench.chooseInMenu('Leave Out');
      }
      await inspector.button('Filters, 1 in force').click();
      await inspector.frame.getByRole('dialog', { name: 'Filters' }).waitFor();
    },
  },
  'status-selection': {
    open: async (workbench) => {
      await workbench.inspector.list.press('Escape');
      await workbench.clickWord('Mike');
      await workbench.page.keyboard.press('Control+a');
      await workbench.statusItem(/ of [\d,]+ tokens/).waitFor();
    },
    again: (workbench) => statusTooltip(workbench, 'Selection in'),
  },
  sections: {
    open: async (workbench) => {
      await workbench.leaveHover();
      await workbench.runCommand('Explorer: Focus on Tokens by Section View');
      await workbench.page
        .locator('.pane', { hasText: 'Tokens by Section' })
        .getByText(/%/)
        .first()
        .waitFor();
    },
  },
};

describePictures('pictures of what a person meets first, in a real VS Code', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await startSession({
      file: 'lesson.md',
      checkpoint: 'none',
      settings: { 'tokenscope.hubEndpoint': NO_SERVER },
    });
    ({ workbench } = session);
    await workbench.runCommand('View: Close Primary Side Bar');
  });

  after(() => session.close());

  for (const [name, { open, again }] of Object.entries(SURFACES)) {
    it(`are drawn of ${name}`, async () => {
      await open(workbench);
      for (const theme of THEMES) {
        await workbench.useTheme(theme);
        await workbench.inspector.settle(theme);
        await again?.(workbench);
        await workbench.screenshot(`first-${name}`, theme);
      }
    });
  }
});

function downloadButton({ inspector }: Workbench): Locator {
  return inspector.button('Download');
}

/** Rests the mouse on the item of the status bar until its tooltip says something. */
async function statusTooltip(workbench: Workbench, part: string | RegExp): Promise<void> {
  await workbench.restOn(workbench.statusItem(/token/), part);
}
