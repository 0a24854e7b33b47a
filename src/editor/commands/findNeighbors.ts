import type * as vscode from 'vscode';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { askForLine } from '../query/askForLine';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { queryOfCommand } from './commandWord';

/** Find Semantic Neighbors: of what a link names, of the selection, of the word under the cursor, or of what is typed. */
export function registerFindNeighbors(panels: InspectorPanels, settings: Settings): vscode.Disposable {
  return registerCommand(COMMANDS.findNeighbors, async (argument?: unknown) => {
    const query = queryOfCommand(argument, settings.form);
    if (query) {
      // Who points at a word goes on reading there; who has typed one goes on with the answer.
      panels.show(query, false);
      return;
    }
    const text = await askForLine('Find Semantic Neighbors');
    if (text !== undefined) {
      panels.show({ text, form: settings.form, vector: 'mean' }, true);
    }
  });
}
