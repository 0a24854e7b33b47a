import * as vscode from 'vscode';
import { inertText } from './inertText';

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  /** What stands in the box at first. */
  readonly value?: string;
  /** What is typed is not shown. */
  readonly isSecret?: boolean;
  /**
   * The box stays when something else takes the focus: another window, from which the text is copied, or a panel that gets it back late
   * from the picker that was open before.
   */
  readonly staysOpen?: boolean;
  /** Why a text cannot be taken; undefined for one that can. */
  readonly complaint: (text: string) => string | undefined;
}

/** Asks for a text. What is foreign in prompt and complaints does nothing. @returns undefined when the box was closed. */
export async function askForText(question: TextQuestion): Promise<string | undefined> {
  const { title, prompt, value, isSecret, staysOpen, complaint } = question;
  return vscode.window.showInputBox({
    title: inertText(title),
    prompt: inertText(prompt),
    ...(value !== undefined && { value }),
    ...(isSecret === true && { password: true }),
    ...(staysOpen === true && { ignoreFocusOut: true }),
    validateInput: (text) => {
      const reason = complaint(text);
      return reason === undefined ? undefined : inertText(reason);
    },
  });
}
