import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Steps } from '../../core/work/steps';

/** Longest text in UTF-16 units that any tokenizer may be given at a stretch: some milliseconds for the slowest. */
const LONGEST_AT_ONCE = 1_000;

interface CountedPart {
  readonly steps: Steps<number>;
  count: number | undefined;
}

/** Counts the tokens of parts of a text, each as a text of its own, with a tokenizer that works in steps. */
export class CountedParts {
  /** By text. What was asked for and is not counted yet is counted in this order. */
  private readonly parts = new Map<string, CountedPart>();

  /** @param onWanted There is something to {@link advance}. */
  constructor(private readonly onWanted: () => void) {}

  get isComplete(): boolean {
    return [...this.parts.values()].every(({ count }) => count !== undefined);
  }

  /** @returns undefined where it is not counted yet. */
  countOf(tokenizer: Tokenizer, text: string): number | undefined {
    if (tokenizer.countTokensInSteps === undefined || text.length <= LONGEST_AT_ONCE) {
      return tokenizer.countTokens?.(text) ?? tokenizer.encode(text).length;
    }
    const known = this.parts.get(text);
    if (!known) {
      this.parts.set(text, { steps: tokenizer.countTokensInSteps(text), count: undefined });
      this.onWanted();
    }
    return known?.count;
  }

  /** @param mayGoOn Asked after each step; false interrupts. @returns Whether all are counted. */
  advance(mayGoOn: () => boolean): boolean {
    for (const part of this.parts.values()) {
      while (part.count === undefined) {
        const step = part.steps.next();
        if (step.done === true) {
          part.count = step.value;
        } else if (!mayGoOn()) {
          return false;
        }
      }
    }
    return true;
  }

  /** What was counted is not asked for any more. */
  clear(): void {
    this.parts.clear();
  }
}
