import type { CompletionView } from '../../../src/protocol/panelMessages';

/** What the word at the cursor could become: the popup below the query field. */
export class QueryCompletion {
  items: readonly CompletionView[] = [];
  /** Number of the option that the arrow keys have reached, counted from 0; −1 for none. */
  active = -1;
  private asked = 0;

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  /** @returns a number by which the answer to this question is known */
  ask(): number {
    return ++this.asked;
  }

  /** Shows an answer, unless something else was asked since. */
  show(asked: number, items: readonly CompletionView[]): void {
    if (asked === this.asked) {
      this.items = items;
      this.active = -1;
    }
  }

  close(): void {
    this.asked++;
    this.items = [];
    this.active = -1;
  }

  /** Moves through the options and, between last and first, through none: what was typed. */
  move(step: 1 | -1): void {
    const places = this.items.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }
}
