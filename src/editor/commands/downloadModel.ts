import type * as vscode from 'vscode';
import type { ModelChoice } from '../session/modelChoice';
import type { ModelLocator } from '../session/modelLocator';
import { COMMANDS } from '../commandIds';
import { askModally } from '../workbench/askModally';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { offerQuestion, sentSentences } from './offerSentences';

/**
 * Download Model: fetches the model that the setting names, where it is not on this machine. Whoever runs it, a key, a link or another
 * extension, has shown nobody what would be fetched: so it asks. (The panel's button has a question of its own beside it.)
 */
export function registerDownload(choice: ModelChoice, locator: ModelLocator): vscode.Disposable {
  return registerCommand(COMMANDS.download, async () => {
    const offer = await locator.missingModel();
    if (!offer) {
      void showNotice('information', 'There is nothing to download: the model is on this machine.');
      return;
    }
    const download = 'Download';
    const question = { message: offerQuestion(offer), detail: [sentSentences(offer)] };
    if ((await askModally(question, download)) === download) {
      await choice.agree(offer.model, { wholeFile: false });
    }
  });
}
