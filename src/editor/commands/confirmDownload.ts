import * as vscode from 'vscode';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import { shortRevision, type HubModel } from '../../model/hub/hubModel';
import { formatBytes } from '../formatBytes';
import { isCancellation } from '../isCancellation';

/**
 * Asks before a model is downloaded of which nothing is known yet: the server is asked for the sizes, then the user. A failure is
 * shown and counts as no.
 */
export async function confirmDownload(
  createDownloader: () => HubDownloader,
  model: HubModel,
): Promise<boolean> {
  try {
    const downloader = createDownloader();
    const { commit, fileBytes, tensor } = await lookUp(downloader, model);
    const download = 'Download';
    const answer = await vscode.window.showInformationMessage(
      `Download ${formatBytes(tensor.byteLength)} of the ${formatBytes(fileBytes)} file?`,
      {
        modal: true,
        detail: `${tensor.name}, ${tensor.shape.join(' × ')} ${tensor.dtype}, from ${model.repository} at ${shortRevision(commit)} on ${downloader.host}. Also its tokenizer.json; nothing else is sent or fetched.`,
      },
      download,
    );
    return answer === download;
  } catch (error) {
    if (!isCancellation(error)) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
    return false;
  }
}

function lookUp(downloader: HubDownloader, model: HubModel): ReturnType<HubDownloader['lookUp']> {
  const options: vscode.ProgressOptions = {
    location: vscode.ProgressLocation.Notification,
    title: `Asking ${downloader.host} about ${model.repository}`,
    cancellable: true,
  };
  return Promise.resolve(
    vscode.window.withProgress(options, (_, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return downloader.lookUp(model, { signal: abort.signal });
    }),
  );
}
