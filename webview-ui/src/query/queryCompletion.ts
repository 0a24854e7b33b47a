import type { CompletionView } from '../../../src/protocol/panelMessages';

/** What the word at the cursor could become: the popup below the query field. */
export class QueryCompletion {
  items: readonly CompletionView[] = [];
  /** Number of the option that the arrow keys have reached, counted from 0; −1 for none. */
  active = -1;
  private asked = 0;
  private isAwaited = false;
  private wasOpen = false;

  get isOpen(): boolean {
    return this.items.length > 0;
  }

  /**
   * True from a question until its answer, and once options were shown until they are closed on purpose: an answer without
   * options only hides them.
   */
  get isUnderWay(): boolean {
    return this.isAwaited || this.wasOpen;
  }

  /**
   * Something else stands in the field. What was offered stays in sight until the answer, so that nothing flickers, but belongs to
   * another text: no option is reached any more, and none can be.
   *
   * @returns a number by which the answer to this question is known
   */
  ask(): number {
    this.isAwaited = true;
    this.active = -1;
    return ++this.asked;
  }

  /** Shows an answer, unless something else was asked since. */
  show(asked: number, items: readonly CompletionView[]): void {
    if (asked === this.asked) {
      this.isAwaited = false;
      this.wasOpen ||= items.length > 0;
      this.items = items;
      this.active = -1;
    }
  }

  close(): void {
    this.asked++;
    this.isAwaited = false;
    this.wasOpen = false;
    this.items = [];
    this.active = -1;
  }

  /** What can be put into the text that stands in the field. */
  optionAt(index: number): CompletionView | undefined {
    return this.isAwaited ? undefined : this.items[index];
  }

  /** Moves through the options and, between last and first, through none: what was typed. */
  move(step: 1 | -1): void {
    if (this.isAwaited) {
      return;
    }
    const places = this.items.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }
}
