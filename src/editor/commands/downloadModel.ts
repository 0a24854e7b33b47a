import * as vscode from 'vscode';
import { isRecord } from '../../protocol/parsing';
import type { ModelChoice } from '../session/modelChoice';
import { COMMANDS } from '../commandIds';

/** Download: the answer to the panel's question. With `wholeFile`, the server may send the whole file. */
export function registerDownload(choice: ModelChoice): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.download, (argument?: unknown) =>
    choice.downloadOffered({ wholeFile: isRecord(argument) && argument.wholeFile === true }),
  );
}
