/** The user has ended the program with Ctrl+C. Nothing is told; the exit code is that of the signal. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Does work that leaves something behind if it is not ended in order, such as half a file.
 *
 * @param work Its signal is aborted by Ctrl+C.
 * @throws {InterruptedError} as the work ends for that.
 */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort(new InterruptedError('interrupted'));
  };
  process.once('SIGINT', interrupt);
  try {
    return await work(interruption.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
