/**
 * Does a piece of work that one of two signals ends.
 *
 * `AbortSignal.any` would say it shorter; but in Node 20, which the lowest supported VS Code runs, the signal that lives longer
 * remembers every one that was made of it: that of a model every question that it was asked.
 *
 * @param work Its signal is aborted with the first of the two, for that one's reason. Both are let go when it is done.
 */
export async function withEitherSignal<Result>(
  first: AbortSignal | undefined,
  second: AbortSignal,
  work: (ended: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (first === undefined) {
    return work(second);
  }
  const either = new AbortController();
  const signals = [first, second];
  const end = (): void => {
    either.abort((first.aborted ? first : second).reason);
  };
  try {
    for (const signal of signals) {
      signal.addEventListener('abort', end, { once: true });
    }
    if (signals.some(({ aborted }) => aborted)) {
      end();
    }
    return await work(either.signal);
  } finally {
    for (const signal of signals) {
      signal.removeEventListener('abort', end);
    }
  }
}
