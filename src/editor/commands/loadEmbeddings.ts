import * as vscode from 'vscode';
import { shownName, shownPath } from '../../core/foreignText/shownText';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import {
  ModelUndecidedError,
  type DownloadOffer,
  type EmbeddingState,
} from '../../engine/session/embeddingState';
import { formatBytes } from '../formatBytes';
import type { ModelChoice } from '../session/modelChoice';
import { isCancellation } from '../isCancellation';
import { COMMANDS } from '../commandIds';
import { withProgressNotice, type ProgressStep } from '../workbench/progressNotice';
import { registerCommand } from '../workbench/registerCommand';
import { showNotice } from '../workbench/showNotice';
import { offerQuestion, sentSentences } from './offerSentences';

/** Load Embeddings…: loads with progress and Cancel; the same load as everybody else's. */
export function registerLoadEmbeddings(
  session: EmbeddingSession,
  choice: ModelChoice,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(COMMANDS.loadEmbeddings, () => loadEmbeddings(session, choice, log)),
    registerCommand(COMMANDS.cancelLoading, () => session.cancel()),
  );
}

async function loadEmbeddings(
  session: EmbeddingSession,
  choice: ModelChoice,
  log: vscode.LogOutputChannel,
): Promise<void> {
  try {
    if (await loadWithProgress(session)) {
      sayReady(session.state);
    }
  } catch (error) {
    if (error instanceof ModelUndecidedError) {
      await askWhereFrom(error.offer, session, choice, log);
    } else {
      log.error(error instanceof Error ? error : String(error));
      await offerWaysOut(error instanceof Error ? error.message : String(error));
    }
  }
}

/** @returns false when the user canceled. */
async function loadWithProgress(session: EmbeddingSession): Promise<boolean> {
  return withProgressNotice('Loading embeddings', async (signal, report) => {
    const listener = session.onDidChangeState((state) => {
      const step = stepOf(state);
      if (step) {
        report(step);
      }
    });
    try {
      await session.ensureReady(signal);
      return true;
    } catch (error) {
      if (signal.aborted || isCancellation(error)) {
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

function stepOf(state: EmbeddingState): ProgressStep | undefined {
  if (state.state === 'downloading') {
    const { name, bytesDone, bytesTotal, waiting } = state.download;
    const share = bytesTotal > 0 ? bytesDone / bytesTotal : 0;
    return {
      percent: 100 * DOWNLOAD_SHARE * share,
      message: waiting ?? `${shownName(name)}, ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
    };
  }
  if (state.state === 'converting') {
    const percent = 100 * state.fraction;
    return { percent, message: `converting ${shownPath(state.path)}, ${Math.floor(percent)} %` };
  }
  if (state.state === 'building') {
    const share = state.rowsDone / state.rowCount;
    return { percent: 100 * share, message: `${shownName(state.model.name)}, ${Math.floor(100 * share)} %` };
  }
  return undefined;
}

function sayReady(state: EmbeddingState): void {
  if (state.state === 'ready') {
    const { name, rowCount, dimension, isSample } = state.model;
    const size = `${rowCount.toLocaleString('en')} × ${dimension.toLocaleString('en')}`;
    const model = isSample
      ? `Sample vectors are ready (${size}). They are not GPT-2.`
      : `${shownName(name)} is ready: ${size}.`;
    void showNotice('information', model);
  }
}

/** The question before a download: what would be fetched, from where, how much, and what is sent. */
async function askWhereFrom(
  offer: DownloadOffer,
  session: EmbeddingSession,
  choice: ModelChoice,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const download = 'Download';
  const file = 'Use a Local File…';
  const sample = 'Use Sample Vectors';
  const question = `${offerQuestion(offer)} ${sentSentences(offer)}`;
  const answer = await showNotice('information', question, download, file, sample);
  if (answer === download) {
    await choice.agree(offer.model, { wholeFile: false });
    await loadEmbeddings(session, choice, log);
  } else if (answer === file) {
    await vscode.commands.executeCommand(COMMANDS.chooseFile);
  } else if (answer === sample) {
    await vscode.commands.executeCommand(COMMANDS.useSample);
  }
}

async function offerWaysOut(reason: string): Promise<void> {
  const choose = 'Choose Model…';
  const log = 'Show Log';
  const choice = await showNotice('error', `Embeddings could not be loaded. ${reason}`, choose, log);
  if (choice === choose) {
    await vscode.commands.executeCommand(COMMANDS.chooseModel);
  } else if (choice === log) {
    await vscode.commands.executeCommand(COMMANDS.showLog);
  }
}
