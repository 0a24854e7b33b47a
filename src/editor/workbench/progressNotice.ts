import * as vscode from 'vscode';
import { inertText } from './inertText';

/** How far a task is. */
export interface ProgressStep {
  /** Percent that are done, 0 … 100. The bar never goes back; undefined leaves it where it is. */
  readonly percent?: number;
  readonly message: string;
}

/**
 * Runs a task with a notification that tells of it and can cancel it. What is foreign in title and messages does nothing.
 *
 * @param task Gets a signal that is aborted when the user cancels, and reports how far it is.
 * @returns What the task gives, or rejects with.
 */
export async function withProgressNotice<Result>(
  title: string,
  task: (signal: AbortSignal, report: (step: ProgressStep) => void) => Promise<Result>,
): Promise<Result> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: inertText(title),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const cancellation = token.onCancellationRequested(() => abort.abort());
    let reported = 0;
    try {
      return await task(abort.signal, ({ percent = reported, message }) => {
        progress.report({ increment: Math.max(0, percent - reported), message: inertText(message) });
        reported = Math.max(reported, percent);
      });
    } finally {
      cancellation.dispose();
    }
  });
}
