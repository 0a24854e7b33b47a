import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import {
  ModelUndecidedError,
  type DownloadOffer,
  type EmbeddingState,
} from '../../engine/session/embeddingState';
import { formatBytes } from '../formatBytes';
import { isCancellation } from '../isCancellation';
import { COMMANDS } from '../commandIds';

/** Load Embeddings…: loads with progress and Cancel; the same load as everybody else's. */
export function registerLoadEmbeddings(
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMMANDS.loadEmbeddings, () => loadEmbeddings(session, log)),
    vscode.commands.registerCommand(COMMANDS.cancelLoading, () => session.cancel()),
  );
}

async function loadEmbeddings(session: EmbeddingSession, log: vscode.LogOutputChannel): Promise<void> {
  try {
    if (await loadWithProgress(session)) {
      sayReady(session.state);
    }
  } catch (error) {
    if (error instanceof ModelUndecidedError) {
      await askWhereFrom(error.offer, session, log);
    } else {
      log.error(error instanceof Error ? error : String(error));
      await offerWaysOut(error instanceof Error ? error.message : String(error));
    }
  }
}

/** @returns false when the user canceled. */
async function loadWithProgress(session: EmbeddingSession): Promise<boolean> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: 'Loading embeddings',
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    let reported = 0;
    const listener = session.onDidChangeState((state) => {
      const step = stepOf(state);
      if (step) {
        progress.report({ increment: Math.max(0, step.percent - reported), message: step.message });
        reported = step.percent;
      }
    });
    try {
      await session.ensureReady(abort.signal);
      return true;
    } catch (error) {
      if (abort.signal.aborted || isCancellation(error)) {
        return false;
      }
      throw error;
    } finally {
      listener.dispose();
    }
  });
}

/** A download is most of the way; reading the file is the last tenth. */
const DOWNLOAD_SHARE = 0.9;

function stepOf(state: EmbeddingState): { readonly percent: number; readonly message: string } | undefined {
  if (state.state === 'downloading') {
    const { name, bytesDone, bytesTotal, waiting } = state.download;
    const share = bytesTotal > 0 ? bytesDone / bytesTotal : 0;
    return {
      percent: 100 * DOWNLOAD_SHARE * share,
      message: waiting ?? `${name}, ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
    };
  }
  if (state.state === 'building') {
    const share = state.rowsDone / state.rowCount;
    return { percent: 100 * share, message: `${state.model.name}, ${Math.floor(100 * share)} %` };
  }
  return undefined;
}

function sayReady(state: EmbeddingState): void {
  if (state.state === 'ready') {
    const { name, rowCount, dimension, isSample } = state.model;
    const size = `${rowCount.toLocaleString('en')} × ${dimension.toLocaleString('en')}`;
    void vscode.window.showInformationMessage(
      isSample ? `Sample vectors are ready (${size}). They are not GPT-2.` : `${name} is ready: ${size}.`,
    );
  }
}

/** The question before a download: what would be fetched, from where, and how much. */
async function askWhereFrom(
  offer: DownloadOffer,
  session: EmbeddingSession,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const { name, repository, host, tensorBytes, fileBytes } = offer;
  const whole = fileBytes === undefined ? '' : ` of the ${formatBytes(fileBytes)} file`;
  const what =
    tensorBytes === undefined ? 'only the embedding tensor' : `${formatBytes(tensorBytes)}${whole}`;
  const download = 'Download';
  const file = 'Use a Local File…';
  const sample = 'Try the Sample Vectors';
  const choice = await vscode.window.showInformationMessage(
    `The embeddings of ${name} are not on this machine. Download ${what} from ${repository} on ${host}?`,
    download,
    file,
    sample,
  );
  if (choice === download) {
    await vscode.commands.executeCommand(COMMANDS.download);
    await loadEmbeddings(session, log);
  } else if (choice === file) {
    await vscode.commands.executeCommand(COMMANDS.chooseFile);
  } else if (choice === sample) {
    await vscode.commands.executeCommand(COMMANDS.useSample);
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
