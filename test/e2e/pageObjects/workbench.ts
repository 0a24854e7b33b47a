import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Server } from '../../host/server.mjs';
import { InspectorPage } from './inspectorPage';
import { wordPosition } from './wordPosition';

const SCREENSHOT_FOLDER = path.resolve('out/screenshots/e2e');

/** `npm run pictures` takes them over into media/. */
const PICTURE_FOLDER = path.resolve('out/screenshots/readme');

/** The built-in themes by the names that our screenshots bear, each with the class that it gives the window. */
const THEMES = {
  dark: { id: 'Dark Modern', className: 'vs-dark' },
  light: { id: 'Light Modern', className: 'vs' },
  'high-contrast': { id: 'Default High Contrast', className: 'hc-black' },
  'high-contrast-light': { id: 'Default High Contrast Light', className: 'hc-light' },
} as const;

export type ThemeName = keyof typeof THEMES;

/** A hover is asked for again this often: the first one may come before the extension is active. */
const HOVER_ATTEMPTS = 15;
const HOVER_WAIT_MS = 1_500;

/** A VS Code window as its user sees it: mouse, keyboard, and what is on the screen. */
export class Workbench {
  readonly inspector: InspectorPage;

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
      .waitFor({ timeout: 60_000 });
  }

  /** Opens a file of the workspace through Quick Open. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.fill(name);
    await this.focusedQuickRow(name).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: name }).first().waitFor();
    await this.waitForEditor();
  }

  /** Runs a command by the title that the palette shows. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.fill(`>${title}`);
    await this.focusedQuickRow(title).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Puts the cursor into a word that is visible in an editor. */
  async clickWord(word: string, occurrence = 0): Promise<void> {
    const { x, y } = await wordPosition(this.page, word, occurrence);
    await this.page.mouse.click(x, y);
  }

  /**
   * Rests the mouse on a word until a hover card shows the text.
   *
   * @param occurrence Which of the visible occurrences, counted from 0 from the top.
   * @returns the card.
   */
  async hoverWord(word: string, expectedText: string, occurrence = 0): Promise<Locator> {
    const card = this.page.locator('.monaco-hover:visible', { hasText: expectedText }).first();
    for (let attempt = 0; attempt < HOVER_ATTEMPTS; attempt++) {
      await this.leaveHover();
      const { x, y } = await wordPosition(this.page, word, occurrence);
      await this.page.mouse.move(x, y, { steps: 3 });
      const isShown = await card.waitFor({ timeout: HOVER_WAIT_MS }).then(
        () => true,
        () => false,
      );
      if (isShown) {
        return card;
      }
    }
    throw new Error(
      `No hover card with "${expectedText}" came up over "${word}". ${await this.visibleHovers()}`,
    );
  }

  /** Moves the mouse away from text, to where no hover belongs. */
  async leaveHover(): Promise<void> {
    await this.page.mouse.move(640, 799);
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

  /** Changes settings as a user's settings file would. */
  changeSettings(settings: Readonly<Record<string, unknown>>): void {
    this.server.updateSettings(settings);
  }

  /** Closes the notifications that lie over the window. */
  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
  }

  /** Writes a picture for the README: something on the screen with a margin around it, in CSS pixels. */
  async pictureOf(
    target: Locator,
    name: string,
    margin: { readonly above: number; readonly below: number; readonly left: number; readonly right: number },
  ): Promise<void> {
    await this.page.waitForTimeout(400);
    const box = await target.boundingBox();
    if (!box) {
      throw new Error(`There is nothing to take the picture ${name} of.`);
    }
    await this.page.screenshot({
      path: path.join(PICTURE_FOLDER, `${name}.png`),
      clip: {
        x: box.x - margin.left,
        y: box.y - margin.above,
        width: box.width + margin.left + margin.right,
        height: box.height + margin.above + margin.below,
      },
    });
  }

  /** Writes a picture of the whole window for the README. */
  async pictureOfWindow(name: string): Promise<void> {
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: path.join(PICTURE_FOLDER, `${name}.png`) });
  }

  /** Writes out/screenshots/e2e/<name>-<theme>.png. */
  async screenshot(name: string, theme: ThemeName): Promise<void> {
    // Pages draw on after a change: lists, plots, and the fading-in of hovers.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: path.join(SCREENSHOT_FOLDER, `${name}-${theme}.png`) });
  }

  private get quickInput(): Locator {
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
