import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { isCancellation } from '../isCancellation';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { tokensInSlices } from '../tokens/tokensInSlices';
import { wordAt } from '../tokens/wordAt';
import { showNotice } from '../workbench/showNotice';
import { tellInStatusBar } from '../workbench/tellInStatusBar';
import { wordFromArguments } from './commandWord';
import { withLateProgress } from './lateProgress';
import type { FindNeighborsArguments } from '../commandIds';

/** A word with what is around it, or a text of its own. */
type CopiedText = FindNeighborsArguments;

/**
 * The tokens that a command copies: of what a link names, or, a list for each, of the selections and of the words at the cursors, in
 * the order of the document. A selection is a text of its own; a word has the tokens that it has where it stands.
 *
 * @returns Token ids; undefined where there is nothing to copy, which the user is told, and where the user cancels.
 */
export async function copiedTokens(
  tokenizer: Tokenizer,
  argument: unknown,
): Promise<readonly (readonly number[])[] | undefined> {
  const given = wordFromArguments(argument);
  const texts = given ? [given] : textsOfEditor(vscode.window.activeTextEditor);
  if (texts.length === 0) {
    void showNotice('information', 'Put the cursor on a word, or select text, to copy its tokens.');
    return undefined;
  }
  try {
    return await withLateProgress('Tokenizing the selected text', async (signal) => {
      const lists: (readonly number[])[] = [];
      for (const { text, context } of texts) {
        lists.push(context ? tokensInPlace(tokenizer, context) : await idsOf(tokenizer, text, signal));
      }
      return lists;
    });
  } catch (error) {
    if (isCancellation(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Copies a text, and tells what it is in the status bar.
 *
 * @param what What one of the copied things is called, and several.
 */
export async function copyTold(
  text: string,
  lists: readonly (readonly number[])[],
  what: readonly [one: string, several: string],
): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const count = lists.reduce((sum, ids) => sum + ids.length, 0);
  const from = lists.length > 1 ? ` of ${lists.length.toLocaleString('en-US')} texts` : '';
  tellInStatusBar(
    `Copied ${count.toLocaleString('en-US')} ${count === 1 ? what[0] : what[1]}${from}.`,
    TOLD_MS,
  );
}

async function idsOf(tokenizer: Tokenizer, text: string, signal: AbortSignal): Promise<readonly number[]> {
  const ids: number[] = [];
  for await (const tokens of tokensInSlices(tokenizer, text, signal)) {
    for (const { id } of tokens) {
      ids.push(id);
    }
  }
  return ids;
}

/** Long enough to be read in passing. */
const TOLD_MS = 3_000;

function textsOfEditor(editor: vscode.TextEditor | undefined): readonly CopiedText[] {
  if (!editor) {
    return [];
  }
  const inOrder = [...editor.selections].sort((a, b) => a.start.compareTo(b.start));
  const texts: CopiedText[] = [];
  let last: vscode.Range | undefined;
  for (const selection of inOrder) {
    if (!selection.isEmpty) {
      texts.push({ text: editor.document.getText(selection) });
      continue;
    }
    const word = wordAt(editor.document, selection.active, []);
    // Two cursors in one word ask for it once.
    if (word && !(last && word.range.isEqual(last))) {
      texts.push({ text: word.text, ...(word.context && { context: word.context }) });
      last = word.range;
    }
  }
  return texts;
}
