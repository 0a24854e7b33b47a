import { canRunKernel } from '../../core/embedding/kernel/kernelModule';
import { openEmbeddingSource } from '../../model/embeddingSource';
import { checkGpt2Fingerprint } from '../../model/gpt2Fingerprint';
import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from '../questions/engineQuestions';
import type { LoadOptions } from '../questions/loadOptions';
import { engineAnswers } from './engineAnswers';
import { EngineUnavailableError } from '../engineErrors';
import { LoadedModel } from './loadedModel';
import { openModelSource } from './openModelSource';
import type { KernelChoice } from './openSearch';
import type { StartThread } from '../workerPort';
import { withEitherSignal } from './withEitherSignal';

export interface InProcessEngineOptions {
  /** Opens checkpoints; a seam for tests. */
  readonly openSource?: typeof openEmbeddingSource;
  /** `fastest` where it is not given. */
  readonly kernel?: KernelChoice;
  /** Starts a thread that takes part in large work; there is only this one where it is not given. */
  readonly startThread?: StartThread;
}

/**
 * The engine in the caller's own thread: inside the worker, in the terminal program, in tests.
 *
 * Loads run one after the other. While one runs, and after one failed, nothing is loaded.
 */
export class InProcessEngine implements EmbeddingEngine {
  private readonly openSource: typeof openEmbeddingSource;
  private readonly kernel: KernelChoice;
  private readonly startThread: StartThread | undefined;
  private loaded: LoadedModel | undefined;
  /** Settles, never rejects, when the load that was asked for last has ended. */
  private lastLoad: Promise<unknown> = Promise.resolve();
  private releases = new AbortController();

  constructor(options: InProcessEngineOptions = {}) {
    this.openSource = options.openSource ?? openEmbeddingSource;
    this.kernel = options.kernel ?? 'fastest';
    this.startThread = options.startThread;
  }

  load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    const released = this.releases.signal;
    const load = this.lastLoad.then(() =>
      withEitherSignal(options.signal, released, async (ended) => {
        ended.throwIfAborted();
        await this.unload(new EngineUnavailableError('not-loaded', 'Another model was asked for.'));
        this.loaded = await this.open(location, options, ended);
        return this.loaded.identity;
      }),
    );
    this.lastLoad = load.catch(() => undefined);
    return load;
  }

  async ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    signal?.throwIfAborted();
    return engineAnswers[question](this.current(), parameters, signal, onProgress);
  }

  async release(): Promise<void> {
    const reason = new EngineUnavailableError('not-loaded', 'The embeddings were released.');
    this.releases.abort(reason);
    this.releases = new AbortController();
    await this.lastLoad;
    await this.unload(reason);
  }

  private current(): LoadedModel {
    if (this.loaded === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return this.loaded;
  }

  private async unload(reason: Error): Promise<void> {
    const { loaded } = this;
    this.loaded = undefined;
    await loaded?.close(reason);
  }

  private async open(
    location: ModelLocation,
    options: LoadOptions,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const { cacheFolder, indexLater, onProgress } = options;
    const opening = openModelSource(this.openSource, location, options, signal);
    if (this.kernel === 'fastest' && indexLater !== true) {
      // Compiled while files are waited for; the sample vectors are unpacked in another thread meanwhile.
      canRunKernel();
    }
    const source = await opening;
    let model: LoadedModel;
    try {
      const identity = { ...source.identity, isVerified: await checkGpt2Fingerprint(source) };
      model = new LoadedModel(source, identity, {
        cacheFolder,
        kernel: this.kernel,
        startThread: this.startThread,
      });
    } catch (error) {
      await source.close();
      throw error;
    }
    const onAbort = (): void => {
      void model.close(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      if (indexLater !== true) {
        await model.search(onProgress);
      }
      signal.throwIfAborted();
      return model;
    } catch (error) {
      await model.close(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
