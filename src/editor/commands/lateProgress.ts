import { withProgressNotice } from '../workbench/progressNotice';
/** What takes longer tells that it is at work, and can be canceled. */
const QUIET_MS = 1_000;

/**
 * Runs a task, with a notification that cancels it where it takes longer than a second.
 *
 * @param task Rejects, or ends early, when its signal is aborted.
 */
export async function withLateProgress<Result>(
  title: string,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const running = task(abort.signal);
  const timer = setTimeout(() => {
    void withProgressNotice(title, async (signal) => {
      signal.addEventListener('abort', () => abort.abort());
      await running.then(ended, ended);
    });
  }, QUIET_MS);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}

const ended = (): void => undefined;
