import { shownName } from '../../core/foreignText/shownText';
import type { HubDownloader } from '../../model/hub/hubDownloader';
import { shortRevision, type HubModel, type ServedModel } from '../../model/hub/hubModel';
import { formatBytes } from '../formatBytes';
import { isCancellation } from '../isCancellation';
import { askModally } from '../workbench/askModally';
import { withProgressNotice } from '../workbench/progressNotice';
import { showNotice } from '../workbench/showNotice';
import { sentSentences } from './offerSentences';

/**
 * Asks before a model is downloaded of which nothing is known yet: the server is asked for the sizes, then the user.
 *
 * @returns What the user has agreed to; undefined for no, and after a failure, which is shown.
 */
export async function confirmDownload(
  createDownloader: () => Promise<HubDownloader>,
  { repository, revision }: HubModel,
): Promise<ServedModel | undefined> {
  try {
    const downloader = await createDownloader();
    const { server, serverName } = downloader;
    const model = { server, repository, revision };
    const { commit, fileBytes, tensor, sendsToken } = await lookUp(downloader, model);
    const download = 'Download';
    const message = `Download ${formatBytes(tensor.byteLength)} of the ${formatBytes(fileBytes)} file?`;
    const from = `from ${shownName(repository)} at ${shownName(shortRevision(commit))} on ${shownName(serverName)}`;
    const detail = [
      `${shownName(tensor.name)}, ${tensor.shape.map((size) => size.toLocaleString('en')).join(' × ')} ${tensor.dtype}, ${from}.`,
      sentSentences({ host: serverName, fetchesTokenizer: true, sendsToken }),
    ];
    return (await askModally({ message, detail }, download)) === download ? model : undefined;
  } catch (error) {
    if (!isCancellation(error)) {
      void showNotice('error', error instanceof Error ? error.message : String(error));
    }
    return undefined;
  }
}

function lookUp(downloader: HubDownloader, model: HubModel): ReturnType<HubDownloader['lookUp']> {
  const title = `Asking ${shownName(downloader.serverName)} about ${shownName(model.repository)}`;
  return withProgressNotice(title, (signal) => downloader.lookUp(model, { signal }));
}
