import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from '../questions/engineQuestions';
import type { LoadOptions } from '../questions/loadOptions';
import { EngineUnavailableError } from '../engineErrors';

/** Models that stay loaded: the one in use and the one before it. Each takes as much memory as its index. */
const MOST_PREPARED = 2;

interface PreparedModel {
  /** Location and tensor, as they were asked for. */
  readonly key: string;
  readonly engine: EmbeddingEngine;
  readonly identity: ModelIdentity;
  /** State of its files when it was loaded. */
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

  /** Asks the engine of the model in use. */
  async ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    const model = this.current;
    if (model === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    try {
      return await model.engine.ask(question, parameters, signal, onProgress);
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        // It lost its matrix: the next load makes a new one.
        await this.keep(this.prepared.filter((other) => other !== model));
      }
      throw error;
    }
  }

  async release(): Promise<void> {
    this.generation++;
    await this.keep([]);
  }

  private async prepare(key: string, location: ModelLocation, options: LoadOptions): Promise<PreparedModel> {
    const engine = this.createEngine();
    try {
      const identity = await engine.load(location, options);
      const stamp = await this.stampOfModel(identity);
      return { key, engine, identity, stamp, isIndexedLater: options.indexLater === true };
    } catch (error) {
      await engine.release();
      throw error;
    }
  }

  private async isUnchanged({ identity, stamp }: PreparedModel): Promise<boolean> {
    // Labels that were not there are looked for again.
    return identity.vectors?.lacksLabels !== true && (await this.stampOfModel(identity)) === stamp;
  }

  /** Of its file, and that of its labels, where they have one of their own. */
  private async stampOfModel({ path, vectors }: ModelIdentity): Promise<string> {
    const paths = vectors?.labelPath === undefined ? [path] : [path, vectors.labelPath];
    return (await Promise.all(paths.map((file) => this.stampOf(file)))).join();
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
