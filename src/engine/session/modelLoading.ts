import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { DownloadStatus, EmbeddingState } from './embeddingState';

/** How a session comes to its model. */
export interface ModelLoading {
  readonly engine: EmbeddingEngine;
  /**
   * Says what is to be loaded, and downloads it where the user has agreed. Asked at every load, so that a changed setting
   * counts.
   *
   * @throws {ModelUndecidedError} when the user has to be asked first.
   */
  readonly locate: (
    signal: AbortSignal,
    onDownload: (download: DownloadStatus) => void,
  ) => Promise<{ readonly location: ModelLocation; readonly tensorName?: string | undefined }>;
  /**
   * Done between the load and the state `ready`, such as loading the model's tokenizer. Gives the model with what there is to
   * say about it then. A failure fails the load.
   */
  readonly beforeReady?: ((model: ModelIdentity) => Promise<ModelIdentity>) | undefined;
  /** Folder in which the index and the neighbor graph are kept; nothing is kept where it is not given. */
  readonly cacheFolder?: string | undefined;
  /** Folder in which files of vectors are kept as safetensors files; there are only checkpoints where it is not given. */
  readonly vectorsFolder?: string | undefined;
  /** Tells one state of a model's file from another; a constant where it is not given. */
  readonly stampOf?: ((path: string) => Promise<string>) | undefined;
}

/** A model that was loaded, with what it takes to open it again. */
export interface ReopenableModel {
  readonly location: ModelLocation;
  readonly tensorName: string | undefined;
  /** As the session's users know it. */
  readonly model: ModelIdentity;
  /** State of its file at the load. */
  readonly stamp: string;
}

/**
 * Locates the model, loads it, and does what belongs before its use.
 *
 * @param show Receives `downloading`, `converting` and `building`.
 */
export async function loadModel(
  { engine, locate, beforeReady, cacheFolder, vectorsFolder, stampOf }: ModelLoading,
  signal: AbortSignal,
  show: (state: EmbeddingState) => void,
): Promise<ReopenableModel> {
  const { location, tensorName } = await locate(signal, (download) => {
    show({ state: 'downloading', download });
  });
  signal.throwIfAborted();
  const identity = await engine.load(location, {
    tensorName,
    cacheFolder,
    vectorsFolder,
    signal,
    onProgress: ({ model, rowsDone, rowCount }) => {
      show({ state: 'building', model, rowsDone, rowCount });
    },
    onConversion: ({ rows, fraction }) => {
      const path = 'path' in location ? location.path : '';
      show({ state: 'converting', path, rowsDone: rows, fraction });
    },
  });
  const stamp = (await stampOf?.(identity.path)) ?? '';
  const model = (await beforeReady?.(identity)) ?? identity;
  return { location, tensorName, model, stamp };
}

/**
 * Opens a model again that was loaded before; its index is left until a question needs it.
 *
 * @returns Whether it is still the same. When it is not, the engine may hold another.
 */
export async function reopenModel(
  { engine, cacheFolder, vectorsFolder, stampOf }: ModelLoading,
  { location, tensorName, model, stamp }: ReopenableModel,
  signal: AbortSignal,
): Promise<boolean> {
  const opened = await engine.load(location, {
    tensorName,
    cacheFolder,
    vectorsFolder,
    indexLater: true,
    signal,
  });
  // Looked at after opening: an unchanged file now was unchanged then.
  return isSameModel(opened, model) && ((await stampOf?.(opened.path)) ?? '') === stamp;
}

/** Whether all answers can be the same; warnings, for instance, may be others. */
function isSameModel(a: ModelIdentity, b: ModelIdentity): boolean {
  return (
    a.path === b.path &&
    a.tensorName === b.tensorName &&
    a.dtype === b.dtype &&
    a.rowCount === b.rowCount &&
    a.dimension === b.dimension &&
    a.isSample === b.isSample
  );
}
