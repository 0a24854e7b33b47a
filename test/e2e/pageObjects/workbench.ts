import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { until } from '../../fixtures/until';
import { START_LIMIT_MS } from '../../limits.mjs';
import type { Server } from '../../host/server.mjs';
import { InspectorPage } from './inspectorPage';
import { inGrowingTime } from './inGrowingTime';
import { hasCursor, wordPosition } from './wordPosition';

const SCREENSHOT_FOLDER = path.resolve('out/screenshots/e2e');

/** The built-in themes by the names that our screenshots bear, each with the class that it gives the window. */
const THEMES = {
  dark: { id: 'Dark Modern', className: 'vs-dark' },
  light: { id: 'Light Modern', className: 'vs' },
  'high-contrast': { id: 'Default High Contrast', className: 'hc-black' },
  'high-contrast-light': { id: 'Default High Contrast Light', className: 'hc-light' },
} as const;

export type ThemeName = keyof typeof THEMES;

/** So long a dialog may take to close after Enter, before it is told again. */
const HEARD_MS = 1_000;

/** A VS Code window as its user sees it: mouse, keyboard, and what is on the screen. */
export class Workbench {
  readonly inspector: InspectorPage;
  private settingsChanges = 0;

  constructor(
    readonly page: Page,
    private readonly server: Server,
  ) {
    this.inspector = new InspectorPage(page);
  }

  /** Waits until an editor shows text. */
  async waitForEditor(): Promise<void> {
    await this.page
      .locator('.monaco-workbench .editor-instance .view-line')
      .first()
      .waitFor({ timeout: START_LIMIT_MS });
  }

  /**
   * Runs a command by the title that the palette shows. A palette that is open hears of no new commands: it is opened again where it came
   * before those of the extension, while the window was still starting.
   */
  async runCommand(title: string): Promise<void> {
    const isListed = await inGrowingTime(async (timeout) => {
      // What was open before is about to close; a key that meets it would close the palette too.
      await this.quickInput.waitFor({ state: 'hidden', timeout });
      await this.openPalette(title);
      try {
        await this.focusedQuickRow(title).waitFor({ timeout });
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
    if (!isListed) {
      await this.screenshot('failed-palette', 'dark');
      assert.fail(`The command palette does not list "${title}".`);
    }
    let presses = 0;
    const isTaken = await inGrowingTime(async (timeout) => {
      if (await this.isPaletteOpenWith(title)) {
        // In the box that is meant: a panel that got the focus back when the one before it was closed may have it again, late. Where a box
        // before it was closed late, Enter was seen to do nothing in the palette for good; a click is heard.
        await (presses++ === 0
          ? this.quickInput.press('Enter', { timeout })
          : this.focusedQuickRow(title).click({ timeout }));
      }
      await this.page.waitForFunction(isQuickInputWithout, `>${title}`, { timeout });
    });
    if (!isTaken) {
      await this.screenshot('failed-palette', 'dark');
      assert.fail(`The command palette does not run "${title}".`);
    }
  }

  private async isPaletteOpenWith(title: string): Promise<boolean> {
    return !(await this.page.evaluate(isQuickInputWithout, `>${title}`));
  }

  /** Runs a command that the palette, asked for its title, does not put first. */
  async pickCommand(title: string): Promise<void> {
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.openPalette(title);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** Opens the palette with a title in it; again where the window, still busy, has closed it at once. */
  private async openPalette(title: string): Promise<void> {
    const isOpen = await inGrowingTime(async (timeout) => {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`, { timeout });
    });
    if (!isOpen) {
      await this.screenshot('failed-palette', 'dark');
      assert.fail('The command palette does not open.');
    }
  }

  /**
   * Puts the cursor into a word that is visible in an editor: again where the text has moved meanwhile, as it does in a window that is just
   * being laid out. Then the click went to whatever had come to its place, which may be told by the cursor alone: a line that is about to be
   * wrapped anew is still where it was.
   */
  async clickWord(word: string, occurrence = 0, modifiers: readonly 'Alt'[] = []): Promise<void> {
    await until(
      async () => {
        const { x, y } = await wordPosition(this.page, word, occurrence);
        await this.clickWith(modifiers, x, y);
        return until(
          async () => {
            const after = await wordPosition(this.page, word, occurrence);
            const hasMoved = after.x !== x || after.y !== y;
            return hasMoved ? 'moved' : (await hasCursor(this.page, after)) ? 'there' : 'on its way';
          },
          (state) => state !== 'on its way',
          `the cursor in "${word}"`,
        );
      },
      (state) => state === 'there',
      `a text that stays where it is, with "${word}"`,
    );
  }

  private async clickWith(modifiers: readonly 'Alt'[], x: number, y: number): Promise<void> {
    for (const key of modifiers) {
      await this.page.keyboard.down(key);
    }
    await this.page.mouse.click(x, y);
    for (const key of modifiers) {
      await this.page.keyboard.up(key);
    }
  }

  /** Types at the end of the text editor. */
  async typeAtEnd(text: string): Promise<void> {
    await this.page.locator('.editor-instance .view-line').first().click();
    await this.page.keyboard.press('Control+End');
    await this.page.keyboard.type(text);
  }

  /** Moves the mouse to the middle of an element, also inside a panel. */
  async pointAt(target: Locator): Promise<void> {
    const box = await boxOf(target);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
  }

  /** Rests the mouse on an element until a hover comes: again where the element was drawn anew under the mouse, and nothing came. */
  async restOn(target: Locator, part: string | RegExp): Promise<Locator> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: part }).first();
    const isShown = await inGrowingTime(async (timeout) => {
      await this.leaveHover();
      await this.pointAt(target);
      await hover.waitFor({ timeout });
    });
    assert.ok(isShown, `A hover with ${String(part)} should come up. ${await this.visibleHovers()}`);
    return hover;
  }

  /** Drags over an element from left to right. @param range Shares of its width. */
  async drag(target: Locator, range: { readonly from: number; readonly to: number }): Promise<void> {
    const box = await boxOf(target);
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * range.from, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * range.to, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** The tab of an editor or panel. */
  tabNamed(name: string): Locator {
    return this.page.getByRole('tab', { name }).first();
  }

  /** What stands on the tab that is in front in the last editor group, where the inspector is. */
  async activeTab(): Promise<string> {
    return this.page.locator('.tab.active').last().innerText();
  }

  /** The menu of VS Code's own that is open. */
  get menu(): Locator {
    return this.page.locator('.monaco-menu');
  }

  /**
   * Chooses an entry of the menu that a right click has just opened in the inspector: by the mouse on it, and Enter. A menu takes no click in
   * its first tenth of a second, and a click that is given again may meet what has come in the menu's place.
   */
  async chooseInMenu(label: string): Promise<void> {
    const entry = this.menu.locator('.action-item', { has: this.page.getByText(label, { exact: true }) });
    await entry.waitFor();
    await this.inspector.waitUntilLeft();
    await this.pointAt(entry);
    await entry.and(this.page.locator('.focused')).waitFor();
    await this.page.keyboard.press('Enter');
    await this.menu.waitFor({ state: 'detached' });
  }

  /** Waits for a notification. This host shows none by itself, so the list of them is opened until it is there. */
  async waitForNotification(text: RegExp): Promise<void> {
    const list = this.page.locator('.notifications-center');
    const item = list.locator('.notification-list-item', { hasText: text }).first();
    const isShown = await inGrowingTime(async (timeout) => {
      // It closes by itself when the last of them goes, as a progress that has ended.
      if (!(await list.isVisible())) {
        await this.page.locator('[id="status.notifications"]').click({ timeout });
      }
      await item.waitFor({ timeout });
    });
    assert.ok(isShown, `There should be a notification like ${String(text)}.`);
  }

  /**
   * Saves by the dialog for files, which suggests a name.
   *
   * @param ask makes it open
   * @returns the path that it suggested, at which the file is now
   */
  async savedBy(ask: () => Promise<void>): Promise<string> {
    await ask();
    const suggested = await until(
      () => this.quickInput.inputValue().catch(() => ''),
      (value) => /\.\w+$/.test(value),
      'a dialog that suggests a file',
    );
    // A file is there before anything is in it: the status bar tells when it is whole.
    const told = this.statusItem(`Saved ${path.basename(suggested)}.`).waitFor();
    await Promise.all([told, this.answerFileDialog(suggested)]);
    return suggested;
  }

  /** Names a file in the dialog that is open. While that reads a folder it hears no Enter, and puts the folder into the field when it has. */
  async answerFileDialog(file: string): Promise<void> {
    await until(
      () => this.quickInput.inputValue().catch(() => ''),
      (value) => value !== '',
      'a dialog that shows a folder',
    );
    await until(
      async () => {
        if ((await this.quickInput.inputValue({ timeout: HEARD_MS }).catch(() => file)) !== file) {
          await this.quickInput.fill(file, { timeout: HEARD_MS }).catch(() => undefined);
        }
        await this.quickInput.press('Enter', { timeout: HEARD_MS }).catch(() => undefined);
        return this.quickInput.waitFor({ state: 'hidden', timeout: HEARD_MS }).then(
          () => true,
          () => false,
        );
      },
      (isClosed) => isClosed,
      'no dialog any more',
    );
  }

  async allowClipboard(): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /**
   * Rests the mouse on a word until a hover card shows the text.
   *
   * @param occurrence Which of the visible occurrences, counted from 0 from the top.
   * @returns the card.
   */
  async hoverWord(word: string, expectedText: string, occurrence = 0): Promise<Locator> {
    const card = this.page.locator('.monaco-hover:visible', { hasText: expectedText }).first();
    // Again, since the first one may be asked for before the extension is active, and may then never come.
    const isShown = await inGrowingTime(async (timeout) => {
      await this.leaveHover();
      const { x, y } = await wordPosition(this.page, word, occurrence);
      // Two events on the word and none on the way: a busy window shows the card of a word that the mouse has only passed.
      await this.page.mouse.move(x - 1, y);
      await this.page.mouse.move(x, y);
      await card.waitFor({ timeout });
    });
    if (!isShown) {
      throw new Error(
        `No hover card with "${expectedText}" came up over "${word}". ${await this.visibleHovers()}`,
      );
    }
    return card;
  }

  /** Moves the mouse away from text, to where no hover belongs. */
  async leaveHover(): Promise<void> {
    await this.page.mouse.move(640, 799);
    // eslint-disable-next-line no-restricted-syntax -- nothing tells that the window has heard of it; what asks for a hover asks again
    await this.page.waitForTimeout(100);
  }

  /** Reloads the window by its own command: unlike the browser's reload it waits until the window's state is saved. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.waitForEditor();
  }

  async useTheme(theme: ThemeName): Promise<void> {
    const { id, className } = THEMES[theme];
    this.server.updateSettings({ 'workbench.colorTheme': id });
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** The items of the status bar that have this text in it. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** Changes settings as a user's settings file would. The window has read them then: it bears the title that is written with them. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const title = `settings ${++this.settingsChanges}`;
    this.server.updateSettings({ ...settings, 'window.title': title });
    await until(
      () => this.page.title(),
      (shown) => shown === title,
      'a window that has read its settings',
    );
    this.server.updateSettings({ 'window.title': undefined });
  }

  /** Closes the notifications that lie over the window. */
  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** Writes out/screenshots/e2e/<name>-<theme>.png. */
  async screenshot(name: string, theme: ThemeName): Promise<void> {
    // Pages draw on after a change: lists, plots, and the fading-in of hovers.
    // eslint-disable-next-line no-restricted-syntax -- a picture is looked at; no test rests on it
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: path.join(SCREENSHOT_FOLDER, `${name}-${theme}.png`) });
  }

  /** Writes out/screenshots/e2e/<name>-<theme>.png with the inspector alone. */
  async panelScreenshot(name: string, theme: ThemeName): Promise<void> {
    await this.inspector.webview.screenshot({
      path: path.join(SCREENSHOT_FOLDER, `${name}-${theme}.png`),
    });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input.input').first();
  }

  /** The row that Enter would take. Rows with this text may be there before the list is filtered. */
  private focusedQuickRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).first();
  }

  private async visibleHovers(): Promise<string> {
    const texts = await this.page.locator('.monaco-hover:visible').allInnerTexts();
    return texts.length > 0 ? `Shown instead: ${JSON.stringify(texts)}` : 'There was none at all.';
  }
}

/** Runs in the window: whether no box that is seen holds this text. What a command opens in the palette's place does not hold it. */
function isQuickInputWithout(text: string): boolean {
  return [...document.querySelectorAll<HTMLInputElement>('.quick-input-widget input.input')].every(
    (input) => !input.checkVisibility() || input.value !== text,
  );
}

async function boxOf(target: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await target.boundingBox();
  if (!box) {
    throw new Error('What the mouse should go to is not on the screen.');
  }
  return box;
}
