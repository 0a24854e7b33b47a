import type { DownloadLock } from './downloadLock';
import { ProgressMeter } from './downloadProgress';
import { DownloadRun, type DownloadOptions } from './downloadRun';
import { nodeHttpTransport, type HttpTransport } from './httpTransport';
import { HubConnection } from './hubConnection';
import { HubError } from './hubError';
import { HubFiles } from './hubFiles';
import { HubIdentification } from './hubIdentification';
import type { HubModel } from './hubModel';
import { RepositoryFolder } from './hubStorage';
import { findKnownModel } from './knownModels';
import { locateTensor, type LocatedTensor } from './locateTensor';
import type { OpenHandle } from './partialFile';
import { Retrying, SYSTEM_CLOCK, type RetryClock } from './retrying';
import { serverAddress, serverName } from './serverAddress';
import { prepareStorage, storageOfServer } from './serverStorage';
import { deleteParts, type StoredModel } from './storedModels';
import type { TokenAnswer } from './tokenAnswer';
import { findUsableModel } from './usableModel';
import { waitForLock } from './waitForLock';

export type { DownloadProgress } from './downloadProgress';
export type { DownloadOptions } from './downloadRun';

/** How long the head of an answer may take, and how long no byte of a body may arrive. */
const TIMEOUT_MILLISECONDS = 30_000;

export interface HubDownloaderOptions {
  /** Folder of all downloads, whatever server they come from; made when it is needed. */
  readonly storage: string;
  /** Checked by `resolveEndpoint`. */
  readonly endpoint: URL;
  /** The token that this server gets without being asked. Asked at the start of each download. */
  readonly token?: () => Promise<string | undefined>;
  /** Where it gets none: asked at most once in a download, when the server asks who we are before it sends the model. */
  readonly askForToken?: (model: HubModel) => Promise<TokenAnswer>;
  /** Takes lines for people; they hold neither tokens nor signed addresses. */
  readonly log?: (line: string) => void;
  readonly transport?: HttpTransport;
  readonly clock?: RetryClock;
  readonly timeoutMilliseconds?: number;
  readonly chunkBytes?: number;
  readonly openHandle?: OpenHandle;
  /** Whether a model's values have to agree with the published fingerprint; the default is known of the known models. */
  readonly hasFingerprint?: (model: HubModel) => boolean;
}

/** What a download would fetch. */
export interface LookedUp extends LocatedTensor {
  /** Whether the server got the user's token to say so. */
  readonly sendsToken: boolean;
}

/**
 * Downloads the embedding tensor of a model, and nothing else of it, into a folder of our own with the layout of the Hugging Face
 * cache. What has arrived survives errors, cancellation and the end of the process; the next download goes on with it.
 */
export class HubDownloader {
  constructor(private readonly options: HubDownloaderOptions) {}

  /** Address of the server, see {@link serverAddress}. */
  get server(): string {
    return serverAddress(this.options.endpoint);
  }

  /** The server for people, such as `huggingface.co`. */
  get serverName(): string {
    return serverName(this.server);
  }

  /** The part of the storage that is this server's. */
  private get storage(): string {
    return storageOfServer(this.options.storage, this.server);
  }

  /**
   * Downloads a model. Only one process at a time works on a repository; others wait for it and take its result.
   *
   * @returns At once, without any request, for a commit that is stored already.
   * @throws {HubError}
   * @throws The signal's reason when it is aborted.
   */
  async download(model: HubModel, options: DownloadOptions): Promise<StoredModel> {
    const { endpoint, clock = SYSTEM_CLOCK } = this.options;
    options.signal.throwIfAborted();
    const stored = await findUsableModel(this.storage, model, options.tensorName);
    if (stored !== undefined) {
      return stored;
    }
    const meter = new ProgressMeter(model, endpoint.host, clock.now, options.onProgress ?? (() => undefined));
    meter.change({ phase: 'connecting' });
    const folder = new RepositoryFolder(this.storage, model.repository);
    for (;;) {
      await this.prepare(folder);
      const lock = await waitForLock(folder, meter, clock, options.signal);
      try {
        return await this.downloadLocked(model, options, folder, meter, lock);
      } catch (error) {
        options.signal.throwIfAborted();
        if (!lock.lostSignal.aborted) {
          throw error;
        }
      } finally {
        await lock.release();
      }
    }
  }

  /** Looks up what a download would fetch: the commit, the tensor and the sizes. Stores nothing. */
  async lookUp(model: HubModel, options: Pick<DownloadOptions, 'signal' | 'tensorName'>): Promise<LookedUp> {
    const identification = await this.identify(model);
    const makeFiles = this.connect(identification, () => undefined);
    const located = await locateTensor(makeFiles(options.signal), model, options.tensorName);
    return { ...located, sendsToken: identification.token !== undefined };
  }

  /** Deletes what an interrupted download left. @throws {HubError} `busy` while one runs. */
  async discardPartial({ repository }: HubModel): Promise<void> {
    await deleteParts(this.storage, repository);
  }

  private async prepare(folder: RepositoryFolder): Promise<void> {
    await prepareStorage(this.options.storage, this.server);
    await folder.prepare();
  }

  private async downloadLocked(
    model: HubModel,
    options: DownloadOptions,
    folder: RepositoryFolder,
    meter: ProgressMeter,
    lock: DownloadLock,
  ): Promise<StoredModel> {
    // Another window may just have finished it, or deleted everything.
    await this.prepare(folder);
    const stored = await findUsableModel(this.storage, model, options.tensorName);
    if (stored !== undefined) {
      return stored;
    }
    const signal = AbortSignal.any([options.signal, lock.lostSignal]);
    const identification = await this.identify(model);
    const makeFiles = this.connect(identification, (waiting) => meter.wait(waiting));
    const { chunkBytes, openHandle, hasFingerprint = hasPublishedFingerprint } = this.options;
    const run = new DownloadRun(
      { model, folder, options, meter, lock, makeFiles, signal },
      {
        storage: this.storage,
        serverName: this.serverName,
        chunkBytes,
        openHandle,
        hasFingerprint,
        log: (line) => this.log(line),
      },
    );
    try {
      return await run.fetch();
    } catch (error) {
      if (!HubError.is(error, 'changed')) {
        throw error;
      }
      this.log(`${error.message} Starting again.`);
      return await run.fetch();
    }
  }

  private async identify(model: HubModel): Promise<HubIdentification> {
    const { endpoint, token, askForToken } = this.options;
    return new HubIdentification({
      endpoint,
      token: await token?.(),
      askForToken: askForToken && (() => askForToken(model)),
    });
  }

  private connect(
    identification: HubIdentification,
    onWaiting: (waiting: string | undefined) => void,
  ): (signal: AbortSignal) => HubFiles {
    const { endpoint, transport = nodeHttpTransport, clock = SYSTEM_CLOCK } = this.options;
    const { timeoutMilliseconds = TIMEOUT_MILLISECONDS } = this.options;
    const connection = new HubConnection({
      endpoint,
      identification,
      transport,
      log: (line) => this.log(line),
      answerTimeoutMilliseconds: timeoutMilliseconds,
    });
    const retrying: Retrying = new Retrying(clock, () => onWaiting(retrying.waiting));
    return (signal) => new HubFiles({ connection, retrying, stallMilliseconds: timeoutMilliseconds, signal });
  }

  private log(line: string): void {
    this.options.log?.(line);
  }
}

function hasPublishedFingerprint(model: HubModel): boolean {
  return findKnownModel(model)?.hasFingerprint === true;
}
