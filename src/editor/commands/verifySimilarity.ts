import type * as vscode from 'vscode';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { askForLine } from '../query/askForLine';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

/** Verify Similarity: the plain loop against the fast path for the query of the inspector, or for what is typed. */
export function registerVerifySimilarity(panels: InspectorPanels, settings: Settings): vscode.Disposable {
  return registerCommand(COMMANDS.verifySimilarity, async () => {
    if (!panels.current?.inspection.neighbors.resolved) {
      const text = await askForLine('Verify Similarity');
      if (text === undefined) {
        return;
      }
      panels.show({ text, form: settings.form, vector: 'mean' }, true);
    }
    try {
      await panels.current?.verify();
    } catch (error) {
      void showNotice('error', error instanceof Error ? error.message : String(error));
    }
  });
}
