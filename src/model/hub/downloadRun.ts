import { removeFile } from '../patientFiles';
import { replaceFile } from '../replaceFile';
import { megabytes, megabytesOf, requireRoom } from './diskRoom';
import { downloadChunks } from './downloadChunks';
import type { DownloadLock } from './downloadLock';
import { makePlan } from './downloadPlan';
import type { DownloadProgress, ProgressMeter } from './downloadProgress';
import { downloadTokenizer } from './downloadTokenizer';
import { downloadWhole } from './downloadWhole';
import { HubError } from './hubError';
import type { HubFiles } from './hubFiles';
import { isCommit, type HubModel } from './hubModel';
import { inStorage, type RepositoryFolder } from './hubStorage';
import { findKnownModel, hasExpectedSize } from './knownModels';
import { locateTensor, type LocatedTensor } from './locateTensor';
import { openPartialFile, type OpenHandle, type PartialFile } from './partialFile';
import { findStoredModel, type StoredModel } from './storedModels';
import { checkStoredFile } from './trustChecks';
import { findUsableModel } from './usableModel';

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** The user agrees that a server that cannot send a part sends all of the file. */
  readonly allowWholeFile?: boolean;
  /** Name of the embedding tensor, where it is none of the usual ones. */
  readonly tensorName?: string | undefined;
}

/** What one download works with. */
export interface DownloadTask {
  readonly model: HubModel;
  readonly folder: RepositoryFolder;
  readonly options: DownloadOptions;
  readonly meter: ProgressMeter;
  readonly lock: DownloadLock;
  readonly makeFiles: (signal: AbortSignal) => HubFiles;
  /** Aborted by the user, or when the lock is lost. */
  readonly signal: AbortSignal;
}

/** Where it comes from and goes to. */
export interface DownloadPlace {
  /** The part of the storage that is the server's. */
  readonly storage: string;
  /** The server for people. */
  readonly serverName: string;
  readonly chunkBytes: number | undefined;
  readonly openHandle: OpenHandle | undefined;
  /** Whether a model's values have to agree with the published fingerprint. */
  readonly hasFingerprint: (model: HubModel) => boolean;
  /** Takes lines for people; they hold neither tokens nor signed addresses. */
  readonly log: (line: string) => void;
}

/** One run from the first request to the stored file, in a repository that nobody else works on. */
export class DownloadRun {
  constructor(
    private readonly task: DownloadTask,
    private readonly place: DownloadPlace,
  ) {}

  /** @throws As `HubDownloader.download`; a `changed` may go well when it is begun anew. */
  async fetch(): Promise<StoredModel> {
    const { task } = this;
    const { model, options, makeFiles, signal } = task;
    const files = makeFiles(signal);
    task.meter.change({ phase: 'connecting' });
    let located: LocatedTensor;
    try {
      located = await locateTensor(files, model, options.tensorName);
    } catch (error) {
      if (HubError.is(error, 'range-ignored') && options.allowWholeFile === true) {
        return this.fetchWhole();
      }
      throw error;
    }
    const pinned = { repository: model.repository, revision: located.commit };
    if (!isCommit(model.revision)) {
      const stored = await findUsableModel(this.place.storage, pinned, options.tensorName);
      if (stored !== undefined) {
        await task.folder.writeRef(model, located.commit);
        return stored;
      }
    }
    const partial = await this.openPartial(located);
    try {
      const onBytes = (bytes: number): void => task.meter.add(bytes);
      await downloadChunks(makeFiles, signal, partial, onBytes);
      await this.publish(partial);
    } catch (error) {
      if (HubError.is(error, 'range-ignored') && options.allowWholeFile === true) {
        await partial.close();
        return await this.fetchWhole();
      }
      throw await this.afterFailure(error, partial);
    } finally {
      await partial.close();
    }
    return this.finished(pinned);
  }

  private async fetchWhole(): Promise<StoredModel> {
    const { model, options, makeFiles, signal, meter } = this.task;
    let partial: PartialFile | undefined;
    try {
      const read = await downloadWhole({
        files: makeFiles(signal),
        model,
        tensorName: options.tensorName,
        openPartial: async (located) => (partial = await this.openPartial(located)),
        onBytes: (bytesDone, bytesTotal) => {
          if (bytesTotal !== meter.bytesTotal) {
            meter.change({ phase: 'downloading', bytesDone, bytesTotal });
          }
          meter.add(bytesDone - meter.bytesDone);
        },
      });
      await this.publish(read);
      return await this.finished({ repository: model.repository, revision: read.plan.located.commit });
    } catch (error) {
      throw partial === undefined ? error : await this.afterFailure(error, partial);
    } finally {
      await partial?.close();
    }
  }

  private async openPartial(located: LocatedTensor): Promise<PartialFile> {
    const { model, options, folder, meter, signal } = this.task;
    const { chunkBytes, openHandle, serverName } = this.place;
    const plan = makePlan(located, chunkBytes);
    const { commit, tensor, fileBytes } = located;
    const pinned = { repository: model.repository, revision: commit };
    if (options.tensorName === undefined && !hasExpectedSize(pinned, tensor.byteLength)) {
      throw new HubError(
        'untrusted-content',
        `${serverName} offers another ${model.repository}: its tensor has ${megabytes(tensor.byteLength)}. It was not downloaded.`,
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
      this.place.log(`${partial.path}: going on with ${megabytes(partial.bytesFinished)} of an earlier run.`);
    }
    meter.change({ phase: 'downloading', bytesDone: partial.bytesFinished });
    return partial;
  }

  /** Checks what has arrived and puts it in place. */
  private async publish(partial: PartialFile): Promise<void> {
    const { model, folder, meter, lock, makeFiles, signal } = this.task;
    meter.change({ phase: 'checking', bytesDone: partial.bytesFinished, bytesTotal: partial.bytesFinished });
    const { commit } = partial.plan.located;
    const pinned = { repository: model.repository, revision: commit };
    await partial.sync();
    await partial.close();
    await checkStoredFile(partial.path, partial.plan, { hasFingerprint: this.place.hasFingerprint(pinned) });
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
    this.place.log(`${target}: complete.`);
  }

  private async finished(model: HubModel): Promise<StoredModel> {
    const stored = await findStoredModel(this.place.storage, model);
    if (stored === undefined) {
      throw new HubError(
        'storage',
        `${model.repository} was stored and has vanished from ${this.place.storage}.`,
      );
    }
    return stored;
  }

  /** Deletes what must not be kept, and says what was. */
  private async afterFailure(error: unknown, partial: PartialFile): Promise<unknown> {
    const { folder, signal } = this.task;
    const { commit, tensor } = partial.plan.located;
    await partial.close();
    if (HubError.is(error, 'untrusted-content') || HubError.is(error, 'changed')) {
      await removeFile(folder.journalFile(commit)).catch(() => undefined);
      await removeFile(partial.path).catch(() => undefined);
      return error;
    }
    const kept = partial.bytesFinished;
    this.place.log(`${partial.path}: ${megabytes(kept)} of ${megabytes(tensor.byteLength)} are kept.`);
    return HubError.is(error) && !signal.aborted
      ? error.withDetail(
          `${megabytesOf(kept, tensor.byteLength)} are kept, and the next attempt goes on from there.`,
        )
      : error;
  }
}
