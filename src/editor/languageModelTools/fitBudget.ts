import type { ToolText } from './toolText';

/** What an answer may cost, and who counts it. */
export interface TokenBudget {
  readonly tokenBudget: number;
  /** Tokens of the model that reads the answer. */
  readonly countTokens: (text: string) => PromiseLike<number>;
}

/** UTF-16 units that are taken for a token where nobody counts: fewer than English has, as lists hold many digits and quotes. */
const CHARACTERS_PER_TOKEN = 2;

/**
 * The answer as one text, its list cut to fit. What stands before and after the list is kept whatever the budget: it is some hundred
 * tokens, and figures without it would mislead.
 *
 * @param budget No limit where it is not given.
 */
export async function fitBudget(text: ToolText, budget: TokenBudget | undefined): Promise<string> {
  const whole = render(text, text.list.length);
  if (budget === undefined || (await count(whole, budget)) <= budget.tokenBudget) {
    return whole;
  }
  // The longest beginning of the list that fits lies in [fits, tooMany).
  let fits = 0;
  let tooMany = text.list.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if ((await count(render(text, middle), budget)) <= budget.tokenBudget) {
      fits = middle;
    } else {
      tooMany = middle;
    }
  }
  return render(text, fits);
}

function render({ head, list, notListed = 0, entries, tail }: ToolText, kept: number): string {
  const left = list.length - kept + notListed;
  return [
    ...head,
    ...list.slice(0, kept),
    ...(left > 0 ? [`(${left} more ${entries} are left out to keep this answer short.)`] : []),
    ...tail,
  ].join('\n');
}

/** Who counts is somebody else's code: where it gives no number, the length decides. */
async function count(text: string, { countTokens }: TokenBudget): Promise<number> {
  let tokens = NaN;
  try {
    tokens = await countTokens(text);
  } catch {
    // Estimated below.
  }
  return Number.isFinite(tokens) ? tokens : text.length / CHARACTERS_PER_TOKEN;
}
