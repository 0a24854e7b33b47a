import type { FrameLocator, Locator, Page } from 'playwright-core';

/** One row of the ranked list, as it is read on the screen. */
export interface ShownNeighbor {
  /** The token's text as it would be copied: a leading space is a space. */
  readonly token: string;
  readonly score: string;
}

/** The first list comes after the matrix is read and its index is built. */
const LOADING_LIMIT_MS = 30_000;

/** The inspector's page inside its webview. */
export class InspectorPage {
  constructor(private readonly page: Page) {}

  /** The innermost of the two frames that VS Code makes for a webview. */
  get frame(): FrameLocator {
    return this.page
      .frameLocator('iframe.webview.ready[src*="extensionId=tokenscope.tokenscope"]')
      .frameLocator('iframe#active-frame');
  }

  get list(): Locator {
    return this.frame.getByRole('listbox');
  }

  get queryField(): Locator {
    return this.frame.getByRole('textbox', { name: 'Word or #id' });
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
      .getByRole('listbox', { name: `Neighbors of ${spokenQuery}`, exact: true })
      .getByRole('option')
      .first()
      .waitFor({ timeout: LOADING_LIMIT_MS });
  }

  /** Types a line into the query field and searches it. */
  async ask(line: string): Promise<void> {
    await this.queryField.fill(line);
    await this.queryField.press('Enter');
  }

  /** Waits until the list begins with this token and score. */
  async waitForFirst(token: string, score: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const [first] = await this.neighbors().catch(() => []);
      if (first?.token === token && first.score === score) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`The list begins with ${JSON.stringify(first)}, not with "${token}" ${score}.`);
      }
      await this.page.waitForTimeout(50);
    }
  }

  /** The rows that are drawn, best first. */
  async neighbors(): Promise<ShownNeighbor[]> {
    const rows = await this.list.getByRole('option').all();
    return Promise.all(
      rows.map(async (row) => ({
        token: await row.locator('.tok').evaluate((element) => element.textContent),
        // Screen readers hear the measure's name before the number.
        score: (await row.locator('.score').innerText()).replace(/^cosine\s+/, ''),
      })),
    );
  }

  /** The classes that VS Code gives the page for the theme's kind. */
  async themeKind(): Promise<string> {
    return (await this.frame.locator('body').getAttribute('class')) ?? '';
  }

  /** Clicks the row of this rank, counted from 1. */
  async walkTo(rank: number): Promise<void> {
    await this.list
      .getByRole('option')
      .nth(rank - 1)
      .click();
  }
}
