import { openEmbeddingSource } from '../../model/embeddingSource';
import { checkGpt2Fingerprint } from '../../model/gpt2Fingerprint';
import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type {
  Comparison,
  EmbeddingEngine,
  GraphProgress,
  LoadOptions,
  NeighborAnswer,
  NeighborRequest,
  QueryVector,
  RankAnswer,
  RankRequest,
  TokenMeasure,
  TokenMeasures,
  TokenValues,
  Verification,
} from '../questions/embeddingEngine';
import type { ModelAnalysis } from './analysis/modelAnalysis';
import { EngineUnavailableError } from '../engineErrors';
import { LoadedModel } from './loadedModel';
import type { KernelChoice } from './openSearch';
import type { StartThread } from '../workerPort';

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
    const signal = options.signal === undefined ? released : AbortSignal.any([options.signal, released]);
    const load = this.lastLoad.then(async () => {
      signal.throwIfAborted();
      await this.unload(new EngineUnavailableError('not-loaded', 'Another model was asked for.'));
      this.loaded = await this.open(location, options, signal);
      return this.loaded.identity;
    });
    this.lastLoad = load.catch(() => undefined);
    return load;
  }

  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    const [answer] = await this.neighborsOfMany([request], signal);
    if (answer === undefined) {
      throw new Error('The search gave no answer.');
    }
    return answer;
  }

  async neighborsOfMany(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<NeighborAnswer[]> {
    signal?.throwIfAborted();
    return this.current().answer(requests, signal);
  }

  async neighborsWithoutIndex(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[]> {
    signal?.throwIfAborted();
    return this.current().answerWithoutIndex(requests);
  }

  ranks(request: RankRequest, signal?: AbortSignal): Promise<RankAnswer> {
    return this.analyze((analysis, ended) => analysis.ranks(request, ended), signal);
  }

  compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison> {
    return this.analyze((analysis, ended) => analysis.compare(queries, ended), signal);
  }

  measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures> {
    return this.analyze((analysis, ended) => analysis.measureToken(id, ended), signal);
  }

  tokenValues(measure: TokenMeasure, ids: readonly number[], signal?: AbortSignal): Promise<TokenValues> {
    return this.analyze((analysis, ended) => analysis.tokenValues(measure, ids, ended), signal);
  }

  verify(request: NeighborRequest, signal?: AbortSignal): Promise<Verification> {
    return this.analyze((analysis, ended) => analysis.verify(request, ended), signal);
  }

  embeddingsTsv(ids: readonly number[], signal?: AbortSignal): Promise<string> {
    return this.analyze((analysis, ended) => analysis.embeddingsTsv(ids, ended), signal);
  }

  async buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    signal?.throwIfAborted();
    await this.current().buildGraph(signal, onProgress);
  }

  async release(): Promise<void> {
    const reason = new EngineUnavailableError('not-loaded', 'The embeddings were released.');
    this.releases.abort(reason);
    this.releases = new AbortController();
    await this.lastLoad;
    await this.unload(reason);
  }

  private async analyze<Answer>(
    question: (analysis: ModelAnalysis, signal: AbortSignal) => Promise<Answer>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    return this.current().analyze(question, signal);
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
    { tensorName, cacheFolder, indexLater, onProgress }: LoadOptions,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const source = await this.openSource(location, { tensorName, signal });
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
