import * as vscode from 'vscode';
import { NEIGHBOR_ACTIONS } from '../../protocol/neighborAction';
import { isCount, isRecord } from '../../protocol/parsing';
import { NEIGHBOR_COMMANDS } from '../commandIds';
import type { InspectorPanels } from '../panel/inspectorPanels';
import { registerCommand } from '../workbench/registerCommand';

/** The entries of the context menu of a neighbor in an inspector. The page does what is chosen, as by its keys and buttons. */
export function registerNeighborMenu(panels: Pick<InspectorPanels, 'current'>): vscode.Disposable {
  return vscode.Disposable.from(
    ...NEIGHBOR_ACTIONS.map((action) =>
      registerCommand(NEIGHBOR_COMMANDS[action], (context?: unknown) => {
        const connection = panels.current?.connection;
        if (connection?.isPageReady && isRecord(context) && isCount(context.tokenId)) {
          connection.send({ type: 'act', action, id: context.tokenId });
        }
      }),
    ),
  );
}
