import { errors } from 'playwright-core';
import { WAIT_LIMIT_MS } from '../../limits.mjs';

/** Time for the first attempt, in milliseconds: more than an idle machine takes. */
const FIRST_MS = 2_000;

/**
 * Does what may have to be done again to have an effect, each time with twice as long to have it: however slow a machine is, an attempt
 * comes that is not cut off before its effect.
 *
 * @param attempt throws Playwright's error of an exceeded time where the effect has not come.
 * @returns whether it came.
 */
export async function inGrowingTime(attempt: (timeout: number) => Promise<void>): Promise<boolean> {
  for (let timeout = FIRST_MS; timeout < 2 * WAIT_LIMIT_MS; timeout *= 2) {
    try {
      await attempt(timeout);
      return true;
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) {
        throw error;
      }
    }
  }
  return false;
}
