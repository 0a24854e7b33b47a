/**
 * Work that can be interrupted: it is done step by step, each of which takes a fraction of a millisecond, and gives its result with the
 * last. Whoever gives it up just does not go on.
 */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Does all that is left at a stretch. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}
