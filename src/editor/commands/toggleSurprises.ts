import type * as vscode from 'vscode';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { tellInStatusBar } from '../workbench/tellInStatusBar';

/** How long the status bar says what was done. */
const SHOWN_MILLISECONDS = 5_000;

/** Toggle Marks of Surprising Tokens: changes the setting, and says what that did. */
export function registerToggleSurprises(settings: Settings): vscode.Disposable {
  return registerCommand(COMMANDS.toggleSurprises, async () => {
    await settings.setSurprisesEnabled(!settings.surprisesEnabled);
    tellInStatusBar(sentence(settings), SHOWN_MILLISECONDS);
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
