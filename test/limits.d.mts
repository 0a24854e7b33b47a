/** Milliseconds for one thing that a test waits for. */
export const WAIT_LIMIT_MS: number;
/** Milliseconds for the start of a whole program. */
export const START_LIMIT_MS: number;
/** Milliseconds for a test or a hook. */
export const TEST_LIMIT_MS: number;
/** Milliseconds without a line of a test report. */
export const REPORT_SILENCE_MS: number;
/** Milliseconds without a word of a step: `still` while nothing computes, `silent` in any case. */
export const STEP_SILENCE: { readonly stillMs: number; readonly silentMs: number };
