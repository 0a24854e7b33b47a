import * as vscode from 'vscode';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';

/** How long the status bar says what was done. */
const SHOWN_MILLISECONDS = 5_000;

/** Toggle Marks of Surprising Tokens: changes the setting, and says what that did. */
export function registerToggleSurprises(settings: Settings): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.toggleSurprises, async () => {
    await settings.setSurprisesEnabled(!settings.surprisesEnabled);
    vscode.window.setStatusBarMessage(sentence(settings), SHOWN_MILLISECONDS);
  });
}

function sentence({ surprisesEnabled, surprises }: Settings): string {
  if (!surprisesEnabled) {
    return 'Tokenscope marks no surprising tokens.';
  }
  return surprises.size > 0
    ? 'Tokenscope marks surprising tokens.'
    : 'Tokenscope marks nothing: the setting tokenscope.surprises.kinds names no kind.';
}
