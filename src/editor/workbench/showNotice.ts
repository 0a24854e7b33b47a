import * as vscode from 'vscode';
import { inertText } from './inertText';

/**
 * Shows a notification. What is foreign in its message does nothing; names go through `shownName` before, so that a long one leaves room for
 * the sentence.
 *
 * @param buttons Titles of ours.
 * @returns The button that was pressed; undefined when the notification was closed.
 */
export async function showNotice<Button extends string>(
  kind: 'information' | 'warning' | 'error',
  message: string,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  const text = inertText(message);
  switch (kind) {
    case 'information':
      return vscode.window.showInformationMessage(text, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(text, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(text, ...buttons);
  }
}
