/** Such as `1 token` and `1,234 tokens`. @param noun In the singular; its plural ends with an s. */
export function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

export const thousands = (value: number): string => value.toLocaleString('en');

/** Which part of what the model reads at once a text takes. */
export function shareOfContext(tokens: number, contextWindow: number, tokenizer: string): string {
  const share = tokens / contextWindow;
  const whole = thousands(contextWindow);
  if (share <= 1) {
    return tokens > 0 && share < 0.001 ? `under 0.1 % of ${whole}` : `${formatPercent(share)} % of ${whole}`;
  }
  const times =
    share < 1.1 ? share.toFixed(2) : share < 100 ? share.toFixed(1) : thousands(Math.round(share));
  const amount = times === '1.00' ? 'just over' : `${times} times`;
  return `${amount} the ${whole} tokens that ${tokenizer} reads at once`;
}

/** Which part of a text's tokens a part of it has: `24 %`, `3.1 %`, `under 0.1 %`; 100 only for all. */
export function shareOfTokens(tokens: number, whole: number): string {
  const share = whole === 0 ? 0 : tokens / whole;
  if (tokens > 0 && share < 0.001) {
    return 'under 0.1 %';
  }
  return `${share === 0 || share >= 0.1 ? Math.floor(100 * share) : formatPercent(share)} %`;
}

/** Such as `3.86`; undefined where there is no token. */
export function charactersPerToken(characters: number, tokens: number): string | undefined {
  return tokens > 0 ? (characters / tokens).toFixed(2) : undefined;
}

function formatPercent(share: number): string {
  const floored = Math.floor(1_000 * share) / 10;
  return floored === 100 ? '100' : floored.toFixed(1);
}
