import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { ModelTokenizer } from '../session/modelTokenizer';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { COMMANDS } from './commandIds';
import { wordFromArguments, wordUnderCursor } from './commandWord';

/**
 * Copy Token Ids: of the word as it stands in the document, as a list that JSON and Python read. A selection over several
 * lines is copied as a text of its own.
 */
export function registerCopyTokenIds(tokenizers: ModelTokenizer): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.copyTokenIds, async (argument?: unknown) => {
    const ids = tokenIds(tokenizers.current, argument);
    if (!ids) {
      void vscode.window.showInformationMessage(
        'Put the cursor on a word, or select text, to copy its token ids.',
      );
      return;
    }
    await vscode.env.clipboard.writeText(`[${ids.join(', ')}]`);
    vscode.window.setStatusBarMessage(
      ids.length === 1 ? 'Copied 1 token id.' : `Copied ${ids.length} token ids.`,
      3_000,
    );
  });
}

function tokenIds(tokenizer: Tokenizer, argument: unknown): readonly number[] | undefined {
  const editor = vscode.window.activeTextEditor;
  const given = wordFromArguments(argument);
  if (!given && editor && !editor.selection.isEmpty) {
    return tokenizer.encode(editor.document.getText(editor.selection));
  }
  const word = given ?? wordUnderCursor();
  return word && (word.context ? tokensInPlace(tokenizer, word.context) : tokenizer.encode(word.text));
}
