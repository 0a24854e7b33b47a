import * as vscode from 'vscode';
import { MAX_QUERY_LENGTH, type QueryMemento } from '../../protocol/panelMessages';
import type { InspectorPanels } from '../panel/inspectorPanels';
import type { Settings } from '../settings';
import { COMMANDS } from './commandIds';
import { wordFromArguments, wordUnderCursor } from './commandWord';

/** Find Semantic Neighbors: of what a link names, of the selection, of the word under the cursor, or of what is typed. */
export function registerFindNeighbors(panels: InspectorPanels, settings: Settings): vscode.Disposable {
  return vscode.commands.registerCommand(COMMANDS.findNeighbors, async (argument?: unknown) => {
    const pointedAt = wordFromArguments(argument) ?? wordUnderCursor();
    const word = pointedAt ?? (await askForWord());
    if (word) {
      const query: QueryMemento = {
        text: word.text,
        form: settings.form,
        vector: 'mean',
        ...(word.context && { context: word.context }),
      };
      // Who points at a word goes on reading there; who has typed one goes on with the answer.
      panels.show(query, pointedAt === undefined);
    }
  });
}

async function askForWord(): Promise<Pick<QueryMemento, 'text' | 'context'> | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Find Semantic Neighbors',
    prompt: 'A word, "a string with its spaces", or a token id such as #16073',
    validateInput: (value) =>
      value.length > MAX_QUERY_LENGTH
        ? `At most ${MAX_QUERY_LENGTH.toLocaleString('en')} characters.`
        : undefined,
  });
  return text === undefined || text.trim() === '' ? undefined : { text };
}
