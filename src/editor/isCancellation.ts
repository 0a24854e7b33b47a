/** Whether something ended because it was canceled, here or from another place: no failure, and nothing to report. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
