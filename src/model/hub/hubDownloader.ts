import { removeFile } from '../patientFiles';
import { replaceFile } from '../replaceFile';
import { megabytes, megabytesOf, requireRoom } from './diskRoom';
import { downloadChunks } from './downloadChunks';
import type { DownloadLock } from './downloadLock';
import { makePlan } from './downloadPlan';
import { ProgressMeter, type DownloadProgress } from './downloadProgress';
import { downloadTokenizer } from './downloadTokenizer';
import { downloadWhole } from './downloadWhole';
import { nodeHttpTransport, type HttpTransport } from './httpTransport';
import { HubConnection } from './hubConnection';
import { HubError } from './hubError';
import { HubFiles } from './hubFiles';
import { HubIdentification } from './hubIdentification';
import { isCommit, type HubModel } from './hubModel';
import { inStorage, RepositoryFolder } from './hubStorage';
import { findKnownModel, hasExpectedSize } from './knownModels';
import { locateTensor, type LocatedTensor } from './locateTensor';
import { openPartialFile, type OpenHandle, type PartialFile } from './partialFile';
import { Retrying, SYSTEM_CLOCK, type RetryClock } from './retrying';
import { serverAddress, serverName } from './serverAddress';
import { prepareStorage, storageOfServer } from './serverStorage';
import { deleteParts, findStoredModel, type StoredModel } from './storedModels';
import type { TokenAnswer } from './tokenAnswer';
import { checkStoredFile, holdsTensor } from './trustChecks';
import { waitForLock } from './waitForLock';

export type { DownloadProgress } from './downloadProgress';

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

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** The user agrees that a server that cannot send a part sends all of the file. */
  readonly allowWholeFile?: boolean;
  /** Name of the embedding tensor, where it is none of the usual ones. */
  readonly tensorName?: string | undefined;
}

/** What a download would fetch. */
export interface LookedUp extends LocatedTensor {
  /** Whether the server got the user's token to say so. */
  readonly sendsToken: boolean;
}

/** What one download works with. */
interface Task {
  readonly model: HubModel;
  readonly folder: RepositoryFolder;
  readonly options: DownloadOptions;
  readonly meter: ProgressMeter;
  readonly lock: DownloadLock;
  readonly makeFiles: (signal: AbortSignal) => HubFiles;
  /** Aborted by the user, or when the lock is lost. */
  readonly signal: AbortSignal;
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
    const stored = await this.findUsable(model, options);
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
    const stored = await this.findUsable(model, options);
    if (stored !== undefined) {
      return stored;
    }
    const signal = AbortSignal.any([options.signal, lock.lostSignal]);
    const identification = await this.identify(model);
    const makeFiles = this.connect(identification, (waiting) => meter.wait(waiting));
    const task: Task = { model, folder, options, meter, lock, makeFiles, signal };
    try {
      return await this.fetchModel(task);
    } catch (error) {
      if (!HubError.is(error, 'changed')) {
        throw error;
      }
      this.log(`${error.message} Starting again.`);
      return await this.fetchModel(task);
    }
  }

  /** One run from the first request to the stored file. */
  private async fetchModel(task: Task): Promise<StoredModel> {
    const { model, options, makeFiles, signal } = task;
    const files = makeFiles(signal);
    task.meter.change({ phase: 'connecting' });
    let located: LocatedTensor;
    try {
      located = await locateTensor(files, model, options.tensorName);
    } catch (error) {
      if (HubError.is(error, 'range-ignored') && options.allowWholeFile === true) {
        return this.fetchWhole(task);
      }
      throw error;
    }
    const pinned = { repository: model.repository, revision: located.commit };
    if (!isCommit(model.revision)) {
      const stored = await this.findUsable(pinned, options);
      if (stored !== undefined) {
        await task.folder.writeRef(model, located.commit);
        return stored;
      }
    }
    const partial = await this.openPartial(task, located);
    try {
      const onBytes = (bytes: number): void => task.meter.add(bytes);
      await downloadChunks(makeFiles, signal, partial, onBytes);
      await this.publish(task, partial);
    } catch (error) {
      if (HubError.is(error, 'range-ignored') && options.allowWholeFile === true) {
        await partial.close();
        return await this.fetchWhole(task);
      }
      throw await this.afterFailure(error, task, partial);
    } finally {
      await partial.close();
    }
    return this.finished(pinned);
  }

  private async fetchWhole(task: Task): Promise<StoredModel> {
    const { model, options, makeFiles, signal, meter } = task;
    let partial: PartialFile | undefined;
    try {
      const read = await downloadWhole({
        files: makeFiles(signal),
        model,
        tensorName: options.tensorName,
        openPartial: async (located) => (partial = await this.openPartial(task, located)),
        onBytes: (bytesDone, bytesTotal) => {
          if (bytesTotal !== meter.bytesTotal) {
            meter.change({ phase: 'downloading', bytesDone, bytesTotal });
          }
          meter.add(bytesDone - meter.bytesDone);
        },
      });
      await this.publish(task, read);
      return await this.finished({ repository: model.repository, revision: read.plan.located.commit });
    } catch (error) {
      throw partial === undefined ? error : await this.afterFailure(error, task, partial);
    } finally {
      await partial?.close();
    }
  }

  private async openPartial(
    { model, options, folder, meter, signal }: Task,
    located: LocatedTensor,
  ): Promise<PartialFile> {
    const { chunkBytes, openHandle } = this.options;
    const plan = makePlan(located, chunkBytes);
    const { commit, tensor, fileBytes } = located;
    const pinned = { repository: model.repository, revision: commit };
    if (options.tensorName === undefined && !hasExpectedSize(pinned, tensor.byteLength)) {
      throw new HubError(
        'untrusted-content',
        `${this.serverName} offers another ${model.repository}: its tensor has ${megabytes(tensor.byteLength)}. It was not downloaded.`,
      );
    }
    await requireRoom(folder, commit, plan.header.length + tensor.byteLength);
    const start = { commit, tensorName: tensor.name, fileBytes, bytesTotal: tensor.byteLength };
    meter.change({ phase: 'checking', ...start });
    const partial = await openPartialFile(folder, plan, {
      signal,
      open: openHandle,
      onVerified: (bytes) => meter.add(bytes - meter.bytesDone),
    });
    if (partial.finished.size > 0) {
      this.log(`${partial.path}: going on with ${megabytes(partial.bytesFinished)} of an earlier run.`);
    }
    meter.change({ phase: 'downloading', bytesDone: partial.bytesFinished });
    return partial;
  }

  /** Checks what has arrived and puts it in place. */
  private async publish(
    { model, folder, meter, lock, makeFiles, signal }: Task,
    partial: PartialFile,
  ): Promise<void> {
    meter.change({ phase: 'checking', bytesDone: partial.bytesFinished, bytesTotal: partial.bytesFinished });
    const { hasFingerprint = (known: HubModel) => findKnownModel(known)?.hasFingerprint === true } =
      this.options;
    const { commit } = partial.plan.located;
    const pinned = { repository: model.repository, revision: commit };
    await partial.sync();
    await partial.close();
    await checkStoredFile(partial.path, partial.plan, { hasFingerprint: hasFingerprint(pinned) });
    if (findKnownModel(pinned) === undefined) {
      await downloadTokenizer(makeFiles(signal), pinned, folder);
    }
    await folder.prepareSnapshot(commit);
    signal.throwIfAborted();
    await lock.requireHeld();
    const target = folder.modelFile(commit);
    await inStorage(target, async () => {
      // Another tensor of the model may lie there, and be loaded.
      await replaceFile(partial.path, target, `${partial.path}.replaced`, signal);
      await removeFile(folder.journalFile(commit));
    });
    await folder.writeRef(model, commit);
    this.log(`${target}: complete.`);
  }

  private async finished(model: HubModel): Promise<StoredModel> {
    const stored = await findStoredModel(this.storage, model);
    if (stored === undefined) {
      throw new HubError('storage', `${model.repository} was stored and has vanished from ${this.storage}.`);
    }
    return stored;
  }

  /** Deletes what must not be kept, and says what was. */
  private async afterFailure(
    error: unknown,
    { folder, signal }: Task,
    partial: PartialFile,
  ): Promise<unknown> {
    const { commit, tensor } = partial.plan.located;
    await partial.close();
    if (HubError.is(error, 'untrusted-content') || HubError.is(error, 'changed')) {
      await removeFile(folder.journalFile(commit)).catch(() => undefined);
      await removeFile(partial.path).catch(() => undefined);
      return error;
    }
    const kept = partial.bytesFinished;
    this.log(`${partial.path}: ${megabytes(kept)} of ${megabytes(tensor.byteLength)} are kept.`);
    return HubError.is(error) && !signal.aborted
      ? error.withDetail(
          `${megabytesOf(kept, tensor.byteLength)} are kept, and the next attempt goes on from there.`,
        )
      : error;
  }

  /** The stored model, where its file has the tensor that is asked for. */
  private async findUsable(
    model: HubModel,
    { tensorName }: Pick<DownloadOptions, 'tensorName'>,
  ): Promise<StoredModel | undefined> {
    if (!isCommit(model.revision)) {
      return undefined;
    }
    const stored = await findStoredModel(this.storage, model);
    return stored !== undefined && (await holdsTensor(stored.file, tensorName)) ? stored : undefined;
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
