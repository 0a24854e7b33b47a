import { CheckpointError } from '../../core/safetensors/checkpointError';
import type { DownloadOffer, DownloadStatus } from '../../engine/session/embeddingState';
import { ModelUndecidedError } from '../../engine/session/embeddingState';
import type { DownloadProgress, HubDownloader } from '../../model/hub/hubDownloader';
import { shortRevision, type HubModel, type ServedModel } from '../../model/hub/hubModel';
import { findKnownModel, GPT2_SMALL } from '../../model/hub/knownModels';
import { HUB_ADDRESS, serverName } from '../../model/hub/serverAddress';
import { parseHubModelSetting } from '../../model/hubModelSetting';
import { HubError } from '../../model/hub/hubError';
import type { StoredModel } from '../../model/hub/storedModels';
import { findHubModel, type HubPlaces } from '../../model/findHubModel';
import { presentModel } from '../../model/presentModel';
import type { ModelLocation } from '../../model/modelLocation';
import { SAMPLE_WORD } from '../../model/parseModelLocation';
import { parseTableSetting, meansTable } from '../../model/tableSetting';
import { DatabaseError } from '../../database/databaseError';
import { findSettingModel } from '../../model/findSettingModel';
import { modelPaths, type PathSurroundings } from '../../model/modelPaths';
import type { Settings } from '../settings';
import type { DownloadApprovals } from './downloadApprovals';
import type { TokenRules } from './tokenRules';
import type { UsedModels } from './usedModels';

/** What the session is to load. */
export interface LocatedModel {
  readonly location: ModelLocation;
  readonly tensorName?: string;
}

export interface ModelLocatorServices {
  readonly settings: Pick<Settings, 'model' | 'embeddingTensor' | 'isTensorOfModel'>;
  readonly approvals: DownloadApprovals;
  readonly tokens: Pick<TokenRules, 'tokenFor'>;
  /** Where models may be on this machine, by the settings as they are now. */
  readonly places: () => HubPlaces;
  /** What a path in the setting is relative to, as it is now. */
  readonly surroundings: () => PathSurroundings;
  readonly used: Pick<UsedModels, 'remember'>;
  /** Made for each download: the endpoint and the token may have changed. */
  readonly createDownloader: () => Promise<HubDownloader>;
  /** Takes a line for people about what was found and cannot be used. */
  readonly log: (line: string) => void;
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

  /** The paths that the setting means; none where it names a model of the hub, the sample vectors, or no path that can be read. */
  get paths(): readonly string[] {
    return this.pathsOf(this.services.settings.model);
  }

  /** The same of any value that the setting may have. */
  pathsOf(model: string): readonly string[] {
    if (model === '' || model === SAMPLE_WORD || parseHubModelSetting(model) || meansTable(model)) {
      return [];
    }
    try {
      return modelPaths(model, this.services.surroundings());
    } catch {
      return [];
    }
  }

  /**
   * @throws {CheckpointError} when the setting names a file or folder that is not there.
   * @throws {HubError} when a download fails.
   * @throws {ModelUndecidedError} when nothing is at hand and no download was agreed to.
   */
  async locate(signal: AbortSignal, onDownload: (status: DownloadStatus) => void): Promise<LocatedModel> {
    const { model } = this.services.settings;
    if (meansTable(model)) {
      return { location: tableOf(model) };
    }
    const { hubModel } = this;
    const location = hubModel
      ? await this.locateHubModel(hubModel, signal, onDownload)
      : await this.locatePath();
    for (const tensorName of this.tensorNames) {
      if (tensorName === undefined || (await presentModel(location, { tensorName }))) {
        return { location, ...(tensorName !== undefined && { tensorName }) };
      }
    }
    // What is wrong is told by who opens it.
    const [tensorName] = this.tensorNames;
    return { location, ...(tensorName !== undefined && { tensorName }) };
  }

  /** What would have to be downloaded before the model can be loaded; undefined where it is at hand, or is none of the hub. */
  async missingModel(): Promise<DownloadOffer | undefined> {
    const { hubModel } = this;
    return hubModel === undefined || (await this.has(hubModel))
      ? undefined
      : this.offer(hubModel, (await this.services.createDownloader()).server);
  }

  /** Whether a model of the hub is on this machine, and can be used. */
  async has(model: HubModel): Promise<boolean> {
    return (await this.find(model)) !== undefined;
  }

  /**
   * The names of the embedding tensor to try, the best first; undefined for the search. A name that the setting says without a model was meant
   * for the model that was in use then, so another one does not fail because of it.
   */
  private get tensorNames(): readonly (string | undefined)[] {
    const { embeddingTensor, isTensorOfModel } = this.services.settings;
    if (embeddingTensor === '') {
      return [undefined];
    }
    return isTensorOfModel ? [embeddingTensor] : [embeddingTensor, undefined];
  }

  /**
   * Where a model of the hub is. One that lacks the tensor that the setting names of this very model is there all the same: a download would
   * lack it, too, and who opens it says which tensors there are.
   */
  private async find(model: HubModel, log?: (line: string) => void): Promise<ModelLocation | undefined> {
    let lacking: ModelLocation | undefined;
    const onPassedOver = (line: string, location: ModelLocation, error: unknown): void => {
      log?.(line);
      if (CheckpointError.is(error) && error.reason === 'unsupported') {
        lacking ??= location;
      }
    };
    const { hubModel } = this;
    const { embeddingTensor, isTensorOfModel } = this.services.settings;
    const isOther = hubModel?.repository !== model.repository || hubModel.revision !== model.revision;
    const names = isOther && isTensorOfModel ? [undefined] : this.tensorNames;
    for (const tensorName of names) {
      const found = await findHubModel(model, this.services.places(), { tensorName, onPassedOver });
      if (found) {
        return found.location;
      }
    }
    return !isOther && isTensorOfModel && embeddingTensor !== '' ? lacking : undefined;
  }

  private async locatePath(): Promise<ModelLocation> {
    const { settings, surroundings, used } = this.services;
    const location = await findSettingModel(settings.model, surroundings());
    if (location.kind === 'file' || location.kind === 'folder') {
      // The list of models used before is a convenience, and no reason not to load this one.
      await used.remember(location.path).catch(() => undefined);
    }
    return location;
  }

  private async locateHubModel(
    model: HubModel,
    signal: AbortSignal,
    onDownload: (status: DownloadStatus) => void,
  ): Promise<ModelLocation> {
    const { approvals, createDownloader, log } = this.services;
    const found = await this.find(model, log);
    if (found) {
      return found;
    }
    const downloader = await createDownloader();
    const { server } = downloader;
    const offer = await this.offer(model, server);
    if (!approvals.has(offer.model)) {
      throw new ModelUndecidedError(offer);
    }
    const [first, ...others] = this.tensorNames;
    const download = (tensorName: string | undefined): Promise<StoredModel> =>
      downloader.download(model, {
        signal,
        allowWholeFile: approvals.allowsWholeFile(offer.model),
        ...(tensorName !== undefined && { tensorName }),
        onProgress: (progress) => onDownload(downloadStatus(offer, model, progress)),
      });
    const { folder } = await download(first).catch((error: unknown) => {
      if (others.length > 0 && HubError.is(error, 'unsupported')) {
        return download(undefined);
      }
      throw error;
    });
    return { kind: 'folder', path: folder, ...(server !== HUB_ADDRESS && { server }) };
  }

  private async offer(model: HubModel, server: string): Promise<DownloadOffer> {
    const { repository, revision } = model;
    const sendsToken = (await this.services.tokens.tokenFor(new URL(server))) !== undefined;
    return downloadOffer({ repository, revision, server }, sendsToken);
  }
}

/** @throws {DatabaseError} for a name of a table that cannot be read. */
function tableOf(model: string): ModelLocation {
  const location = parseTableSetting(model);
  if (location === undefined) {
    throw new DatabaseError(
      'address',
      '',
      'The setting tokenscope.model begins with postgres: but names no table. Choose Model… writes one.',
    );
  }
  return location;
}

/** What a download of a model would fetch, as far as it is known without asking the server. */
export function downloadOffer(model: ServedModel, sendsToken: boolean): DownloadOffer {
  const known = findKnownModel(model);
  return {
    name: known?.displayName ?? model.repository,
    model,
    repository: model.repository,
    host: serverName(model.server),
    ...(sendsToken && { sendsToken }),
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
