/**
 * Longest wait that a server can ask for; with more it counts as unavailable after the usual attempts. The hub counts requests in windows of
 * five minutes.
 */
export const MAX_RETRY_AFTER_MILLISECONDS = 600_000;

/**
 * The header `Retry-After`: seconds, or an HTTP date.
 *
 * @param now Milliseconds since 1970.
 * @returns Milliseconds from now, 0 to {@link MAX_RETRY_AFTER_MILLISECONDS}; undefined where it says neither.
 */
export function retryAfterMilliseconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  // A number that is none by the standard would be read as a date.
  const milliseconds = /^-?\d{1,9}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds)
    ? undefined
    : Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MILLISECONDS);
}

/**
 * The header `RateLimit` as the hub sends it: `"api";r=0;t=123`, several separated by commas. `t` are the seconds until requests are
 * counted anew, `r` those that are left (draft-ietf-httpapi-ratelimit-headers).
 *
 * @returns Milliseconds from now, 0 to {@link MAX_RETRY_AFTER_MILLISECONDS}: the longest `t` of those of which nothing is left; undefined where
 *   it says none.
 */
export function rateLimitMilliseconds(header: string | readonly string[] | undefined): number | undefined {
  const waits = [header ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((limit) => ({ left: parameter(limit, 'r'), seconds: parameter(limit, 't') }))
    .filter(({ left }) => left === undefined || left === 0)
    .flatMap(({ seconds }) => seconds ?? []);
  return waits.length === 0 ? undefined : Math.min(Math.max(...waits) * 1000, MAX_RETRY_AFTER_MILLISECONDS);
}

function parameter(limit: string, name: string): number | undefined {
  const digits = new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*(\\d{1,9})\\s*(?:;|$)`).exec(limit)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
