// How long the tests wait for what should come. These limits are no measure of speed: they matter only when something hangs, and
// are so far off that a machine four times as slow, with busy loops on all its cores, does not reach them. All others are derived
// from them; a test sets none of its own (a lint rule holds that).

const MINUTE = 60_000;

/** For one thing that a test waits for: an action in a window, a state, a file. */
export const WAIT_LIMIT_MS = 2 * MINUTE;

/** For the start of a whole program: VS Code's server, a window with its extensions. */
export const START_LIMIT_MS = 5 * MINUTE;

/** For a test or a hook, whatever it waits for. */
export const TEST_LIMIT_MS = 10 * MINUTE;

/** For a test report out of which no line comes. Longer than a test's limit, so that the test that hangs is named first. */
export const REPORT_SILENCE_MS = TEST_LIMIT_MS + 2 * MINUTE;

/**
 * For a step of the test run of which nothing is heard; see scripts/test/silenceWatch.mjs. Both are longer than a report's.
 *
 * - `still`: none of its processes computes either.
 * - `silent`: they compute, which may be work (a type check says nothing for minutes) or a loop without an end.
 */
export const STEP_SILENCE = { stillMs: 15 * MINUTE, silentMs: 60 * MINUTE };
