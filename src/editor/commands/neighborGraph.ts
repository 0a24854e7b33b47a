import * as vscode from 'vscode';
import { shownName } from '../../core/foreignText/shownText';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import { isCancellation } from '../isCancellation';
import type { NeighborGraphBuilds } from '../session/neighborGraphBuilds';
import { COMMANDS } from '../commandIds';
import { withProgressNotice } from '../workbench/progressNotice';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';

/** Build Neighbor Graph, with progress and Cancel, and Stop Building Neighbor Graph. */
export function registerNeighborGraph(
  builds: NeighborGraphBuilds,
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.buildGraph, () => buildWithProgress(builds, session, log)),
    registerCommand(COMMANDS.stopGraph, () => builds.stop()),
  );
}

async function buildWithProgress(
  builds: NeighborGraphBuilds,
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): Promise<void> {
  try {
    await withProgressNotice('Building the neighbor graph', (signal, report) =>
      builds.build(signal, ({ fraction, secondsLeft }) => {
        const percent = 100 * fraction;
        const left = secondsLeft === undefined ? '' : `, ${Math.ceil(secondsLeft)} s left`;
        report({ percent, message: `${Math.floor(percent)} %${left}` });
      }),
    );
    const name = session.state.state === 'ready' ? ` of ${shownName(session.state.model.name)}` : '';
    void showNotice('information', `The neighbor graph${name} is ready.`);
  } catch (error) {
    if (!isCancellation(error)) {
      log.error(error instanceof Error ? error : String(error));
      const reason = error instanceof Error ? error.message : String(error);
      void showNotice('error', `The neighbor graph could not be built. ${reason}`);
    }
  }
}
