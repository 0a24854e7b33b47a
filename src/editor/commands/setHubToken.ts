import * as vscode from 'vscode';
import type { HubToken } from '../session/hubToken';
import { COMMANDS } from '../commandIds';

/** Characters that a header can carry: anything else is a slip of the clipboard. */
const TOKEN = /^[\x21-\x7e]*$/;

/** Set Hugging Face Token…: for models whose terms have to be accepted first. */
export function registerSetHubToken(token: HubToken): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.setToken, async () => {
    const text = await vscode.window.showInputBox({
      title: 'Hugging Face Token',
      prompt:
        'A read token from your settings at the hub. It is sent to the hub alone. Leave empty to forget it.',
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        TOKEN.test(value.trim()) ? undefined : 'A token has no spaces and no other characters.',
    });
    if (text !== undefined) {
      await token.set(text.trim());
      vscode.window.setStatusBarMessage(
        text.trim() === '' ? 'The token was forgotten.' : 'The token was stored.',
        3_000,
      );
    }
  });
}
