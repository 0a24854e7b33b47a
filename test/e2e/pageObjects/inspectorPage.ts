import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from '../../fixtures/until';

/** One row of the ranked list, as it is read on the screen. */
export interface ShownNeighbor {
  /** The token's text as it would be copied: a leading space is a space. */
  readonly token: string;
  readonly score: string;
}

/** What a row tells in numbers, as it is read on the screen. */
export interface ShownNumbers {
  readonly rank: number;
  readonly id: number;
  readonly score: string;
  /** Ranks since the metric before; undefined where the list does not show it. */
  readonly change: string | undefined;
}

/** The element of the window that holds an inspector. */
const WEBVIEW = 'iframe.webview.ready[src*="extensionId=tokenscope.tokenscope"]';

/** The classes that VS Code gives the page for the kind of a theme. */
export const THEME_KINDS = {
  dark: /vscode-dark/,
  light: /vscode-light/,
  'high-contrast': /vscode-high-contrast/,
} as const;

/** The inspector's page inside its webview. */
export class InspectorPage {
  /** @param number Which inspector, counted from 0 in the order in which they were opened. */
  constructor(
    private readonly page: Page,
    private readonly number = 0,
  ) {}

  /** The outer of the two frames that VS Code makes for a webview. */
  get webview(): Locator {
    return this.page.locator(WEBVIEW).nth(this.number);
  }

  /** The inner frame, in which our page is. */
  get frame(): FrameLocator {
    return this.webview.contentFrame().frameLocator('iframe#active-frame');
  }

  get list(): Locator {
    return this.frame.getByRole('treegrid');
  }

  get queryField(): Locator {
    return this.frame.getByRole('combobox', { name: 'Word, #id or formula' });
  }

  /** The neighbors, without the offer of more at their end. */
  get rows(): Locator {
    return this.list.locator('[role=row]:not(.more-neighbors)');
  }

  get selectedRow(): Locator {
    return this.list.getByRole('row', { selected: true });
  }

  /** The metric of the list of neighbors. */
  get metric(): Locator {
    return this.frame.getByRole('combobox', { name: 'Metric', exact: true });
  }

  /** The two fields of the comparison. */
  get compared(): { readonly a: Locator; readonly b: Locator } {
    const field = (side: string) =>
      this.frame.getByRole('textbox', { name: `Word, #id or formula ${side}`, exact: true });
    return { a: field('A'), b: field('B') };
  }

  /** Compares two texts in the view Compare, and waits until they are. */
  async compare(a: string, b: string): Promise<void> {
    await this.tab('Compare').click();
    // At first the view takes the query for A, in place of what is typed meanwhile.
    await this.frame.locator('.pair-slot .hint').first().waitFor();
    const fields = this.compared;
    await fields.b.fill(b);
    await fields.a.fill(a);
    await fields.a.press('Enter');
    await this.frame.getByText(/Cosine similarity = /).waitFor();
  }

  get matrix(): Locator {
    return this.frame.getByRole('grid');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  tab(name: 'Neighbors' | 'Compare' | 'Token' | 'Map'): Locator {
    return this.frame.getByRole('tab', { name, exact: true });
  }

  get back(): Locator {
    return this.frame.getByRole('button', { name: 'Back' });
  }

  get forward(): Locator {
    return this.frame.getByRole('button', { name: 'Forward' });
  }

  /** Waits for the list of this query. */
  async waitForNeighborsOf(spokenQuery: string): Promise<void> {
    await this.frame
      .getByRole('treegrid', { name: `Neighbors of ${spokenQuery}`, exact: true })
      .getByRole('row')
      .first()
      .waitFor();
  }

  /** Types a line into the query field and searches it. */
  async ask(line: string): Promise<void> {
    await this.queryField.fill(line);
    await this.queryField.press('Enter');
  }

  /** Waits until the list begins with this token and score. */
  async waitForFirst(token: string, score: string): Promise<void> {
    await until(
      async () => (await this.neighbors().catch(() => []))[0],
      (first) => first?.token === token && first.score === score,
      `a list that begins with "${token}" ${score}`,
    );
  }

  /** The rows that are drawn, best first. */
  async neighbors(): Promise<ShownNeighbor[]> {
    // All at one moment: the list may be drawn anew between two questions.
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => ({
        token: row.querySelector('.tok')?.textContent ?? '',
        // Screen readers hear the metric's name before the number.
        score: (row.querySelector<HTMLElement>('.score')?.innerText ?? '').replace(/^[a-z ]+\s+/, ''),
      })),
    );
  }

  /** Numbers of the rows that are drawn, best first. */
  async rowNumbers(): Promise<ShownNumbers[]> {
    return this.rows.evaluateAll((rows) =>
      rows.map((row) => {
        const text = (part: string): string | undefined => {
          const cell = row.querySelector(part)?.cloneNode(true);
          if (!(cell instanceof Element)) {
            return undefined;
          }
          cell.querySelectorAll('.spoken-only').forEach((spoken) => {
            spoken.remove();
          });
          return cell.textContent.trim();
        };
        return {
          rank: Number(text('.rank')),
          id: Number(text('.id')),
          score: text('.score') ?? '',
          change: text('.change'),
        };
      }),
    );
  }

  /** Waits until the element has the keyboard: the focus of its page, and its page that of the window. */
  async waitForFocus(element: Locator): Promise<void> {
    await until(
      () => element.evaluate((node) => document.hasFocus() && node === document.activeElement),
      (isFocused) => isFocused,
      'the focus on an element',
    );
  }

  /**
   * Waits until the page knows that the focus has gone elsewhere. VS Code hears of it from there, and would take what it hears after it has
   * brought the focus back, quicker than anybody presses a key, for a second leaving: the page then has no keyboard.
   */
  async waitUntilLeft(): Promise<void> {
    await until(
      () => this.frame.locator('body').evaluate(() => !document.hasFocus()),
      (isLeft) => isLeft,
      'a page without the focus',
    );
  }

  /** Waits until the query field shows this. */
  async waitForFieldValue(expected: RegExp): Promise<void> {
    await until(
      () => this.queryField.inputValue(),
      (value) => expected.test(value),
      `a query like ${String(expected)}`,
    );
  }

  /** Goes down the completions that are open to this token, and takes it by Enter. */
  async takeCompletion(token: string, id: number): Promise<void> {
    const option = this.frame.getByRole('option', { name: new RegExp(`^${token} id ${id}$`) });
    await option.waitFor();
    const count = await this.frame.getByRole('option').count();
    for (let step = 0; step < count; step++) {
      await this.queryField.press('ArrowDown');
      if ((await option.getAttribute('aria-selected')) === 'true') {
        await this.queryField.press('Enter');
        await option.waitFor({ state: 'detached' });
        return;
      }
    }
    throw new Error(`The arrow keys do not reach the completion ${token}.`);
  }

  /** Selects the row of this rank, counted from 1, by keys. */
  async selectRank(rank: number): Promise<void> {
    await this.list.focus();
    await this.list.press('Home');
    for (let step = 1; step < rank; step++) {
      await this.list.press('ArrowDown');
    }
    await until(
      () => this.selectedRow.getAttribute('aria-rowindex'),
      (index) => index === String(rank),
      `row ${rank} selected`,
    );
  }

  /** Opens the menu of exports and chooses an item by keys. */
  async chooseExport(label: string): Promise<void> {
    await this.button('Export and more').press('Enter');
    const item = this.frame.getByRole('menuitem', { name: label, exact: true });
    await item.waitFor();
    await item.press('Enter');
  }

  /** Waits until the page has drawn what it knows, with the colors of this kind of theme. */
  async settle(theme: keyof typeof THEME_KINDS): Promise<void> {
    await until(
      () => this.themeKind(),
      (kind) => THEME_KINDS[theme].test(kind),
      `a page in the theme ${theme}`,
    );
    // One frame for sizes to be reported, one for what is drawn after them.
    await this.frame
      .locator('body')
      .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }

  /** The classes that VS Code gives the page for the theme's kind. */
  async themeKind(): Promise<string> {
    return (await this.frame.locator('body').getAttribute('class')) ?? '';
  }

  /** Double-clicks the row of this rank, counted from 1. */
  async walkTo(rank: number): Promise<void> {
    await this.list
      .getByRole('row')
      .nth(rank - 1)
      .dblclick();
  }
}
