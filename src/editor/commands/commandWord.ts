import * as vscode from 'vscode';
import { MAX_QUERY_LENGTH, type QueryMemento } from '../../protocol/panelMessages';
import { parseWordContext } from '../../protocol/parsePanelMemento';
import { isRecord, isShortString } from '../../protocol/parsing';
import type { FormChoice } from '../../protocol/queryView';
import { queryOfWord } from '../query/queryLines';
import { wordAt } from '../tokens/wordAt';
import type { FindNeighborsArguments } from '../commandIds';

/** What a hover's link or another extension asks for. Menus give a URI instead, which is no word. */
export function wordFromArguments(argument: unknown): FindNeighborsArguments | undefined {
  if (typeof argument === 'string' && argument.trim() !== '' && argument.length <= MAX_QUERY_LENGTH) {
    return { text: argument };
  }
  if (!isRecord(argument) || !isShortString(argument.text, MAX_QUERY_LENGTH)) {
    return undefined;
  }
  const context = parseWordContext(argument.context);
  return { text: argument.text, ...(context && { context }) };
}

/** The query that a command is about: of what a link names, else of the selection or the word under the cursor. */
export function queryOfCommand(argument: unknown, form: FormChoice): QueryMemento | undefined {
  const given = wordFromArguments(argument);
  const word = given ?? wordUnderCursor();
  if (given && typeof argument === 'string') {
    return { text: given.text, form, vector: 'mean' };
  }
  return word && queryOfWord(word, form);
}

/** The selection of the active editor, else the word under its cursor. */
export function wordUnderCursor(): FindNeighborsArguments | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && wordAt(editor.document, editor.selection.active, editor.selections);
}
