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
import { EngineUnavailableError } from '../engineErrors';

/** Models that stay loaded: the one in use and the one before it. Each takes as much memory as its index. */
const MOST_PREPARED = 2;

interface PreparedModel {
  /** Location and tensor, as they were asked for. */
  readonly key: string;
  readonly engine: EmbeddingEngine;
  readonly identity: ModelIdentity;
  /** State of its file when it was loaded. */
  readonly stamp: string;
  /** Only opened: its index may have to be read or built yet. */
  readonly isIndexedLater: boolean;
}

/**
 * An engine that switches between models without loading again: the model before the one in use stays loaded in an engine of its own,
 * until a third takes its place, its file changes, or everything is released.
 */
export class PreparedModels implements EmbeddingEngine {
  /** The one used last comes last. */
  private prepared: PreparedModel[] = [];
  private current: PreparedModel | undefined;
  /** Grows with each load and release, so that a load that is overtaken takes no place. */
  private generation = 0;

  /**
   * @param createEngine Makes an engine for one model.
   * @param stampOf Tells one state of a file from another.
   */
  constructor(
    private readonly createEngine: () => EmbeddingEngine,
    private readonly stampOf: (path: string) => Promise<string>,
  ) {}

  async load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    const generation = ++this.generation;
    this.current = undefined;
    const key = JSON.stringify([location, options.tensorName ?? '']);
    const known = this.prepared.find((model) => model.key === key);
    // A load is to read the index, and to tell how far that is: what was only opened is loaded properly.
    const isEnough = known && (options.indexLater === true || !known.isIndexedLater);
    if (isEnough && (await this.isUnchanged(known))) {
      options.signal?.throwIfAborted();
      this.use(known, generation);
      return known.identity;
    }
    // Room is made before the load, so that three indexes are never in memory at once.
    await this.keep(this.prepared.filter((model) => model.key !== key).slice(1 - MOST_PREPARED));
    const model = await this.prepare(key, location, options);
    if (generation !== this.generation) {
      await model.engine.release();
      throw new EngineUnavailableError('not-loaded', 'Another model was asked for.');
    }
    this.use(model, generation);
    return model.identity;
  }

  neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    return this.ask((engine) => engine.neighbors(request, signal));
  }

  neighborsOfMany(requests: readonly NeighborRequest[], signal?: AbortSignal): Promise<NeighborAnswer[]> {
    return this.ask((engine) => engine.neighborsOfMany(requests, signal));
  }

  neighborsWithoutIndex(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[]> {
    return this.ask((engine) => engine.neighborsWithoutIndex(requests, signal));
  }

  ranks(request: RankRequest, signal?: AbortSignal): Promise<RankAnswer> {
    return this.ask((engine) => engine.ranks(request, signal));
  }

  compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison> {
    return this.ask((engine) => engine.compare(queries, signal));
  }

  measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures> {
    return this.ask((engine) => engine.measureToken(id, signal));
  }

  tokenValues(measure: TokenMeasure, ids: readonly number[], signal?: AbortSignal): Promise<TokenValues> {
    return this.ask((engine) => engine.tokenValues(measure, ids, signal));
  }

  verify(request: NeighborRequest, signal?: AbortSignal): Promise<Verification> {
    return this.ask((engine) => engine.verify(request, signal));
  }

  embeddingsTsv(ids: readonly number[], signal?: AbortSignal): Promise<string> {
    return this.ask((engine) => engine.embeddingsTsv(ids, signal));
  }

  buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    return this.ask((engine) => engine.buildGraph(signal, onProgress));
  }

  async release(): Promise<void> {
    this.generation++;
    await this.keep([]);
  }

  /** Asks the engine of the model in use. */
  private async ask<Answer>(question: (engine: EmbeddingEngine) => Promise<Answer>): Promise<Answer> {
    const model = this.current;
    if (model === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    try {
      return await question(model.engine);
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        // It lost its matrix: the next load makes a new one.
        await this.keep(this.prepared.filter((other) => other !== model));
      }
      throw error;
    }
  }

  private async prepare(key: string, location: ModelLocation, options: LoadOptions): Promise<PreparedModel> {
    const engine = this.createEngine();
    try {
      const identity = await engine.load(location, options);
      const stamp = await this.stampOf(identity.path);
      return { key, engine, identity, stamp, isIndexedLater: options.indexLater === true };
    } catch (error) {
      await engine.release();
      throw error;
    }
  }

  private async isUnchanged({ identity, stamp }: PreparedModel): Promise<boolean> {
    return (await this.stampOf(identity.path)) === stamp;
  }

  private use(model: PreparedModel, generation: number): void {
    if (generation === this.generation) {
      this.prepared = [...this.prepared.filter((other) => other !== model), model];
      this.current = model;
    }
  }

  /** Releases all but some. */
  private async keep(kept: readonly PreparedModel[]): Promise<void> {
    const dropped = this.prepared.filter((model) => !kept.includes(model));
    this.prepared = [...kept];
    if (this.current !== undefined && !kept.includes(this.current)) {
      this.current = undefined;
    }
    await Promise.all(dropped.map(({ engine }) => engine.release()));
  }
}
