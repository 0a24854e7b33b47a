import type { Steps } from '../core/work/steps';

/** Longest time in milliseconds at a stretch: half a frame, so that typing and hovers are not held up. */
const SLICE_MS = 8;

/**
 * Does work some steps at a time, with a turn of the event loop in between.
 *
 * @throws The signal's reason when it is aborted meanwhile.
 */
export async function inSlices<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result> {
  // Whoever asks may have been at work for long already.
  await nextTurn();
  for (;;) {
    signal?.throwIfAborted();
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done === true) {
        return step.value;
      }
    } while (performance.now() < end);
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
