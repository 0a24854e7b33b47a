import * as vscode from 'vscode';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { askForLine } from '../query/askForLine';
import type { Settings } from '../settings';
import { COMMANDS } from '../commandIds';
import { registerCommand } from '../workbench/registerCommand';
import { queryOfCommand } from './commandWord';

/** Show on Map, of what Find Semantic Neighbors would take, and Open Map of All Tokens. */
export function registerShowOnMap(
  panels: Pick<InspectorPanels, 'showOnMap' | 'openMap'>,
  settings: Pick<Settings, 'form'>,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.openMap, () => panels.openMap()),
    registerCommand(COMMANDS.showOnMap, async (argument?: unknown) => {
      const query = queryOfCommand(argument, settings.form);
      if (query) {
        panels.showOnMap(query, false);
        return;
      }
      const text = await askForLine('Show on Map');
      if (text !== undefined) {
        panels.showOnMap({ text, form: settings.form, vector: 'mean' }, true);
      }
    }),
  );
}
