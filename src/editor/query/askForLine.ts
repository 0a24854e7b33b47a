import * as vscode from 'vscode';
import { parseFormula } from '../../core/query/formula/parseFormula';

/** Asks for a query line. @returns undefined when nothing was typed. */
export async function askForLine(title: string, value = ''): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    value,
    prompt: 'A word, "a string with its spaces", a token id such as #16073, or a formula: king - man + woman',
    validateInput: (line) => {
      const parsed = parseFormula(line);
      return parsed?.kind === 'error' ? parsed.error.message : undefined;
    },
  });
  return text === undefined || text.trim() === '' ? undefined : text;
}
