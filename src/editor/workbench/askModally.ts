import * as vscode from 'vscode';
import { inertText } from './inertText';

/** A question that has to be answered before anything else is done. */
export interface ModalQuestion {
  readonly message: string;
  /** Lines below the message, smaller. */
  readonly detail?: readonly string[];
  /** The dialog bears the sign of a warning. */
  readonly isWarning?: boolean;
}

/**
 * Asks in a modal dialog. What is foreign in its texts does nothing.
 *
 * @param buttons Titles of ours.
 * @returns The button that was pressed; undefined when the dialog was closed.
 */
export async function askModally<Button extends string>(
  { message, detail, isWarning }: ModalQuestion,
  ...buttons: readonly Button[]
): Promise<Button | undefined> {
  const show = isWarning === true ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const options: vscode.MessageOptions = {
    modal: true,
    ...(detail && { detail: detail.map((line) => inertText(line)).join('\n') }),
  };
  return show(inertText(message), options, ...buttons);
}
