import type { Steps } from '../../core/work/steps';
import { nextTask } from '../nextTask';

/** Work between two looks at what else there is to do. */
const TURN_MILLISECONDS = 8;

/**
 * Does all steps, a few milliseconds at a time; other tasks of the thread run in between.
 *
 * @throws The signal's reason when it is aborted.
 */
export async function inTurns<Result>(steps: Steps<Result>, signal: AbortSignal): Promise<Result> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
    if (performance.now() - begun >= TURN_MILLISECONDS) {
      await nextTask();
      signal.throwIfAborted();
      begun = performance.now();
    }
  }
}
