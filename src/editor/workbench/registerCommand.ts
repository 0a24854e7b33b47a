import * as vscode from 'vscode';
import { inertText } from './inertText';

/**
 * Registers a command. What it fails with VS Code shows in a notification or a dialog of its own: what is foreign in that does nothing.
 *
 * @param run Gets what the caller gives, which may be anything.
 */
export function registerCommand(command: string, run: (argument?: unknown) => unknown): vscode.Disposable {
  return vscode.commands.registerCommand(command, async (argument?: unknown) => {
    try {
      return await run(argument);
    } catch (error) {
      throw error instanceof vscode.CancellationError ? error : inertError(error);
    }
  });
}

function inertError(error: unknown): Error {
  const inert = new Error(inertText(error instanceof Error ? error.message : String(error)), {
    cause: error,
  });
  inert.name = error instanceof Error ? error.name : inert.name;
  return inert;
}
