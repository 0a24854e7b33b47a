import type * as vscode from 'vscode';
import { formatTokenLists } from '../../core/tokenLists/tokenListFormat';
import type { CurrentTokenizer } from '../session/modelTokenizer';
import { tellUnsplit } from '../session/tellUnsplit';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { copiedTokens, copyTold } from './copiedTexts';

/**
 * Copy Token Ids: of the word as it stands in the document, as a list that JSON and Python read. A selection is copied as a text of
 * its own. Several selections or cursors give a list of lists.
 */
export function registerCopyTokenIds(tokenizers: CurrentTokenizer): vscode.Disposable {
  return registerCommand(COMMANDS.copyTokenIds, async (argument?: unknown) => {
    if (tellUnsplit(tokenizers)) {
      return;
    }
    const tokenizer = tokenizers.current;
    const lists = await copiedTokens(tokenizer, argument);
    if (lists) {
      const text = formatTokenLists(lists, 'ids', (id) => tokenizer.tokenBytes(id));
      await copyTold(text, lists, ['token id', 'token ids']);
    }
  });
}
