import type * as vscode from 'vscode';

/** VS Code's cancellation as a signal, until it is disposed of. */
export function abortSignalOf(token: vscode.CancellationToken | undefined): {
  readonly signal: AbortSignal;
  readonly dispose: () => void;
} {
  const controller = new AbortController();
  if (token?.isCancellationRequested === true) {
    controller.abort();
  }
  const listener = token?.onCancellationRequested(() => controller.abort());
  return { signal: controller.signal, dispose: () => void listener?.dispose() };
}
