import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import { isCancellation } from '../isCancellation';
import type { NeighborGraphBuilds } from '../session/neighborGraphBuilds';
import { COMMANDS } from '../commandIds';

/** True while a graph is built: Stop Building Neighbor Graph is offered only then. */
const IS_BUILDING = 'tokenscope.isBuildingNeighborGraph';

/** Build Neighbor Graph, with progress and Cancel, and Stop Building Neighbor Graph. */
export function registerNeighborGraph(
  builds: NeighborGraphBuilds,
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  let isBuilding = false;
  const listener = session.onDidChangeGraph(({ state }) => {
    if ((state === 'building') !== isBuilding) {
      isBuilding = state === 'building';
      void vscode.commands.executeCommand('setContext', IS_BUILDING, isBuilding);
    }
  });
  return vscode.Disposable.from(
    { dispose: () => listener.dispose() },
    vscode.commands.registerCommand(COMMANDS.buildGraph, () => buildWithProgress(builds, session, log)),
    vscode.commands.registerCommand(COMMANDS.stopGraph, () => builds.stop()),
  );
}

async function buildWithProgress(
  builds: NeighborGraphBuilds,
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Building the neighbor graph',
    cancellable: true,
  };
  try {
    await vscode.window.withProgress(options, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      let reported = 0;
      await builds.build(abort.signal, ({ fraction, secondsLeft }) => {
        const percent = 100 * fraction;
        const left = secondsLeft === undefined ? '' : `, ${Math.ceil(secondsLeft)} s left`;
        progress.report({
          increment: Math.max(0, percent - reported),
          message: `${Math.floor(percent)} %${left}`,
        });
        reported = Math.max(reported, percent);
      });
    });
    const name = session.state.state === 'ready' ? ` of ${session.state.model.name}` : '';
    void vscode.window.showInformationMessage(`The neighbor graph${name} is ready.`);
  } catch (error) {
    if (!isCancellation(error)) {
      log.error(error instanceof Error ? error : String(error));
      const reason = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(`The neighbor graph could not be built. ${reason}`);
    }
  }
}
