import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/embeddingSession';
import { COMMANDS } from './commandIds';

/** Load Embeddings…: loads with progress and Cancel; the same load as everybody else's. */
export function registerLoadEmbeddings(
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.loadEmbeddings, () => loadWithProgress(session, log)),
    vscode.commands.registerCommand(COMMANDS.cancelLoading, () => session.cancel()),
  );
}

async function loadWithProgress(session: EmbeddingSession, log: vscode.LogOutputChannel): Promise<void> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Loading embeddings',
    cancellable: true,
  };
  const load = vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    let reported = 0;
    const listener = session.onDidChangeState((state) => {
      if (state.state === 'building') {
        const percent = Math.floor((100 * state.rowsDone) / state.rowCount);
        progress.report({ increment: percent - reported, message: `${state.model.name}, ${percent} %` });
        reported = percent;
      }
    });
    try {
      await session.ensureReady(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) {
        throw error;
      }
    } finally {
      listener.dispose();
    }
  });
  try {
    await load;
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    await offerWaysOut(error instanceof Error ? error.message : String(error));
    return;
  }
  const { state } = session;
  if (state.state === 'ready') {
    const { name, rowCount, dimension, isSample } = state.model;
    const size = `${rowCount.toLocaleString('en')} × ${dimension.toLocaleString('en')}`;
    void vscode.window.showInformationMessage(
      isSample ? `Sample vectors are ready (${size}). They are not GPT-2.` : `${name} is ready: ${size}.`,
    );
  }
}

async function offerWaysOut(reason: string): Promise<void> {
  const choose = 'Choose Model…';
  const log = 'Show Log';
  const choice = await vscode.window.showErrorMessage(
    `Embeddings could not be loaded. ${reason}`,
    choose,
    log,
  );
  if (choice === choose) {
    await vscode.commands.executeCommand(COMMANDS.chooseModel);
  } else if (choice === log) {
    await vscode.commands.executeCommand(COMMANDS.showLog);
  }
}
