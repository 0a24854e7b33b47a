/** Longest wait that a server can ask for; with more it counts as unavailable after the usual attempts. */
export const MAX_RETRY_AFTER_MILLISECONDS = 120_000;

/**
 * The header `Retry-After`: seconds, or an HTTP date.
 *
 * @param now Milliseconds since 1970.
 * @returns Milliseconds from now, 0 to {@link MAX_RETRY_AFTER_MILLISECONDS}; undefined where it says neither.
 */
export function retryAfterMilliseconds(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(milliseconds)
    ? undefined
    : Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MILLISECONDS);
}
