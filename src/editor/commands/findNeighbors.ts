import type * as vscode from 'vscode';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { askForLine } from '../query/askForLine';
import { queryOfWord } from '../query/queryLines';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { wordFromArguments, wordUnderCursor } from './commandWord';

/** Find Semantic Neighbors: of what a link names, of the selection, of the word under the cursor, or of what is typed. */
export function registerFindNeighbors(panels: InspectorPanels, settings: Settings): vscode.Disposable {
  return registerCommand(COMMANDS.findNeighbors, async (argument?: unknown) => {
    const given = wordFromArguments(argument);
    const word = given ?? wordUnderCursor();
    if (word) {
      // Who points at a word goes on reading there; who has typed one goes on with the answer.
      panels.show(
        given && typeof argument === 'string'
          ? { text: word.text, form: settings.form, vector: 'mean' }
          : queryOfWord(word, settings.form),
        false,
      );
      return;
    }
    const text = await askForLine('Find Semantic Neighbors');
    if (text !== undefined) {
      panels.show({ text, form: settings.form, vector: 'mean' }, true);
    }
  });
}
