import type { DownloadOffer, DownloadStatus } from '../../engine/session/embeddingState';
import { ModelUndecidedError } from '../../engine/session/embeddingState';
import type { DownloadProgress, HubDownloader } from '../../model/hub/hubDownloader';
import { shortRevision, type HubModel } from '../../model/hub/hubModel';
import { findKnownModel, GPT2_SMALL } from '../../model/hub/knownModels';
import { parseHubModelSetting } from '../../model/hubModelSetting';
import { findHubModel } from '../../model/findHubModel';
import type { ModelLocation } from '../../model/modelLocation';
import { parseModelLocation } from '../../model/parseModelLocation';
import { thisMachine } from '../../model/thisMachine';
import type { Settings } from '../settings';
import type { DownloadApprovals } from './downloadApprovals';

/** What the session is to load. */
export interface LocatedModel {
  readonly location: ModelLocation;
  readonly tensorName?: string;
}

export interface ModelLocatorServices {
  readonly settings: Settings;
  readonly approvals: DownloadApprovals;
  /** Our own folder of downloaded models. */
  readonly storage: string;
  /** Made for each download: the endpoint and the token may have changed. */
  readonly createDownloader: () => HubDownloader;
}

/**
 * Finds the model in this order: the setting, the Hugging Face cache, our own storage; then downloads it where the user has agreed,
 * and else asks.
 */
export class ModelLocator {
  constructor(private readonly services: ModelLocatorServices) {}

  /** The model of the hub that the setting names; GPT-2 where it names none; undefined for a path or the sample vectors. */
  get hubModel(): HubModel | undefined {
    const { model } = this.services.settings;
    return model === '' ? GPT2_SMALL : parseHubModelSetting(model);
  }

  /**
   * @throws {CheckpointError} when the setting names a file or folder that is not there.
   * @throws {HubError} when a download fails.
   * @throws {ModelUndecidedError} when nothing is at hand and no download was agreed to.
   */
  async locate(signal: AbortSignal, onDownload: (status: DownloadStatus) => void): Promise<LocatedModel> {
    const { settings } = this.services;
    const { hubModel } = this;
    const location = hubModel
      ? await this.locateHubModel(hubModel, signal, onDownload)
      : await parseModelLocation(settings.model);
    return { location, ...(settings.embeddingTensor !== '' && { tensorName: settings.embeddingTensor }) };
  }

  /** What would have to be downloaded before the model can be loaded; undefined where it is at hand, or is none of the hub. */
  async missingModel(): Promise<DownloadOffer | undefined> {
    const { hubModel } = this;
    const { storage, createDownloader } = this.services;
    return hubModel === undefined || (await findHubModel(hubModel, storage, thisMachine()))
      ? undefined
      : downloadOffer(hubModel, createDownloader().host);
  }

  private async locateHubModel(
    model: HubModel,
    signal: AbortSignal,
    onDownload: (status: DownloadStatus) => void,
  ): Promise<ModelLocation> {
    const { approvals, storage, createDownloader, settings } = this.services;
    const found = await findHubModel(model, storage, thisMachine());
    if (found) {
      return found.location;
    }
    const downloader = createDownloader();
    const offer = downloadOffer(model, downloader.host);
    if (!approvals.has(model)) {
      throw new ModelUndecidedError(offer);
    }
    const { folder } = await downloader.download(model, {
      signal,
      allowWholeFile: approvals.allowsWholeFile(model),
      ...(settings.embeddingTensor !== '' && { tensorName: settings.embeddingTensor }),
      onProgress: (progress) => onDownload(downloadStatus(offer, model, progress)),
    });
    return { kind: 'folder', path: folder };
  }
}

/** What a download of a model would fetch, as far as it is known without asking the server. */
export function downloadOffer(model: HubModel, host: string): DownloadOffer {
  const known = findKnownModel(model);
  return {
    name: known?.displayName ?? model.repository,
    repository: model.repository,
    host,
    ...(known ? { tensorBytes: known.tensorBytes } : { fetchesTokenizer: true }),
    ...(known?.fileBytes !== undefined && { fileBytes: known.fileBytes }),
  };
}

function downloadStatus(offer: DownloadOffer, model: HubModel, progress: DownloadProgress): DownloadStatus {
  const { commit, tensorName, fileBytes, bytesDone, bytesTotal, bytesPerSecond, secondsLeft } = progress;
  const waiting = progress.waiting ?? PHASE_SENTENCES[progress.phase];
  return {
    ...offer,
    revision: shortRevision(commit ?? model.revision),
    bytesDone,
    bytesTotal,
    bytesPerSecond,
    ...(tensorName !== undefined && { tensorName }),
    ...(fileBytes !== undefined && { fileBytes }),
    ...(secondsLeft !== undefined && waiting === undefined && { secondsLeft }),
    ...(waiting !== undefined && { waiting }),
  };
}

/** What is said while nothing arrives though nothing is wrong. */
const PHASE_SENTENCES: Readonly<Record<DownloadProgress['phase'], string | undefined>> = {
  connecting: undefined,
  downloading: undefined,
  checking: 'All has arrived; it is being checked.',
  'other-window': 'Another window downloads the same model.',
};
