import * as vscode from 'vscode';
import { inertText } from './inertText';

/**
 * Tells something in passing, in the status bar. What is foreign in it does nothing.
 *
 * @param milliseconds Long enough to be read in passing.
 */
export function tellInStatusBar(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(inertText(message), milliseconds);
}
