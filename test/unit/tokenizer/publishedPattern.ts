/** Unicode's White_Space, for a class of characters. */
const SPACE = '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** GPT-2's published pattern, with White_Space in place of `\s`. */
const PATTERN = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${SPACE}\\p{L}\\p{N}]+|[${SPACE}]+(?![^${SPACE}])|[${SPACE}]+`,
  'gu',
);

/** The pre-tokens of a text by the published pattern: independent of ours. */
export function publishedPreTokens(text: string): string[] {
  return text.match(PATTERN) ?? [];
}
