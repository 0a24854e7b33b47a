import type { ModelIdentity } from '../../model/modelLocation';
import { Dormancy } from './dormancy';
import type {
  Comparison,
  EmbeddingEngine,
  GraphProgress,
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
import type { EmbeddingState } from './embeddingState';
import { EngineUnavailableError } from '../engineErrors';
import { GraphBuild, type GraphState } from './graphBuild';
import { IdleTimer, platformTimers, type Timers } from './idleTimer';
import type { ModelLoading } from './modelLoading';
import { ObservedState } from './observedState';
import { SharedLoad } from './sharedLoad';

export interface EmbeddingSessionOptions extends ModelLoading {
  /** The engine is freed when nobody has asked for this long; 0 for never. */
  readonly idleMilliseconds?: number;
  readonly timers?: Timers;
}

const DEFAULT_IDLE_MILLISECONDS = 10 * 60_000;

/**
 * Owns the state of the embeddings: loads them when first needed, once for all who ask, and frees them when idle.
 *
 *     none → locating → downloading → building → ready | failed
 *                     ↘ undecided
 *
 * A cancellation or a reset leads back to none; from none, undecided and failed a request leads to locating. When idle, the
 * engine is freed and the state stays ready: the next question opens the model again, see {@link Dormancy}. Only where that
 * is not possible, or the engine lost its model, the states are walked through again.
 */
export class EmbeddingSession {
  private readonly engine: EmbeddingEngine;
  private readonly observed: ObservedState<EmbeddingState>;
  private readonly idle: IdleTimer;
  private readonly dormancy: Dormancy;
  private readonly graphBuild: GraphBuild;
  private readonly load: SharedLoad;
  private disposed = false;
  /** How often another model was wanted. */
  private resets = 0;

  constructor(options: EmbeddingSessionOptions) {
    const timers = options.timers ?? platformTimers;
    this.engine = options.engine;
    this.observed = new ObservedState<EmbeddingState>({ state: 'none' }, timers);
    this.dormancy = new Dormancy(options);
    this.graphBuild = new GraphBuild(timers);
    this.idle = new IdleTimer(timers, options.idleMilliseconds ?? DEFAULT_IDLE_MILLISECONDS, () => {
      this.releaseIdle();
    });
    this.load = new SharedLoad(options, this.observed, (loaded) => {
      this.idle.restart();
      if (loaded) {
        this.dormancy.remember(loaded);
      }
    });
  }

  get state(): EmbeddingState {
    return this.observed.value;
  }

  /** The neighbor graph of the model that is loaded. Sample vectors have none. */
  get graph(): GraphState {
    return this.graphBuild.observed.value;
  }

  /** How many listeners there are now: a surface that is gone must not be among them. */
  get listenerCount(): number {
    return this.observed.listenerCount + this.graphBuild.observed.listenerCount;
  }

  /** Calls the listener after every change; at most about 20 times a second while rows are read. */
  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    return this.observed.onDidChange(listener);
  }

  /** Calls the listener after every change of {@link graph}; at most about 20 times a second while it is built. */
  onDidChangeGraph(listener: (graph: GraphState) => void): { dispose(): void } {
    return this.graphBuild.observed.onDidChange(listener);
  }

  /**
   * Loads the embeddings unless they are loaded; freed ones that the next question opens again count as loaded. All callers
   * share one load; it ends when the last of them has canceled.
   *
   * @throws {CheckpointError} and whatever else the load fails with.
   * @throws The signal's reason when it is aborted, an AbortError after {@link cancel} or {@link dispose}.
   */
  async ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    signal?.throwIfAborted();
    if (this.disposed) {
      throw new DOMException('The embeddings are closed.', 'AbortError');
    }
    if (this.state.state === 'ready') {
      this.idle.restart();
      return this.state.model;
    }
    return this.load.join(signal);
  }

  /**
   * Searches; loads first where needed. Should the engine lose the matrix meanwhile (its worker died, the model was changed),
   * it is loaded again once.
   *
   * @throws As {@link ensureReady}, and {RangeError} for a query that the loaded model cannot answer.
   */
  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    return this.labelled(await this.ask(() => this.engine.neighbors(request, signal), signal));
  }

  /**
   * As {@link neighbors}, for several questions at once.
   *
   * @param requests Without projection and distribution.
   */
  async neighborsOfMany(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<NeighborAnswer[]> {
    const answers = await this.ask(() => this.engine.neighborsOfMany(requests, signal), signal);
    return answers.map((answer) => this.labelled(answer));
  }

  /** As {@link EmbeddingEngine.ranks}; loads first where needed, as {@link neighbors} does. @throws As {@link neighbors}. */
  ranks(request: RankRequest, signal?: AbortSignal): Promise<RankAnswer> {
    return this.ask(() => this.engine.ranks(request, signal), signal);
  }

  /** As {@link EmbeddingEngine.compare}; loads first where needed. @throws As {@link neighbors}. */
  compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison> {
    return this.ask(() => this.engine.compare(queries, signal), signal);
  }

  /** As {@link EmbeddingEngine.measureToken}; loads first where needed. @throws As {@link neighbors}. */
  measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures> {
    return this.ask(() => this.engine.measureToken(id, signal), signal);
  }

  /** As {@link EmbeddingEngine.tokenValues}; loads first where needed. @throws As {@link neighbors}. */
  tokenValues(measure: TokenMeasure, ids: readonly number[], signal?: AbortSignal): Promise<TokenValues> {
    return this.ask(() => this.engine.tokenValues(measure, ids, signal), signal);
  }

  /** As {@link EmbeddingEngine.verify}; loads first where needed. @throws As {@link neighbors}. */
  verify(request: NeighborRequest, signal?: AbortSignal): Promise<Verification> {
    return this.ask(() => this.engine.verify(request, signal), signal);
  }

  /** As {@link EmbeddingEngine.embeddingsTsv}; loads first where needed. @throws As {@link neighbors}. */
  embeddingsTsv(ids: readonly number[], signal?: AbortSignal): Promise<string> {
    return this.ask(() => this.engine.embeddingsTsv(ids, signal), signal);
  }

  /**
   * Answers what needs no work, for the hover: from the neighbor graph, or from an index in memory. Never loads a model, reads or
   * builds an index, nor waits for these; only opens a model again that was freed.
   *
   * @param requests Without projection and distribution.
   * @returns An answer for each request, undefined where there is none without work; undefined where no model is ready.
   */
  async neighborsOfManyIfReady(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[] | undefined> {
    signal?.throwIfAborted();
    const before = this.state;
    if (this.disposed || before.state !== 'ready') {
      return undefined;
    }
    const endUse = this.idle.use();
    try {
      if (!(await this.isAwake(signal))) {
        return undefined;
      }
      const answers = await this.engine.neighborsWithoutIndex(requests, signal);
      return answers.map((answer) => answer && this.labelled(answer));
    } catch (error) {
      if (!EngineUnavailableError.is(error)) {
        throw error;
      }
      this.forget(before, { state: 'none' }, error);
      return undefined;
    } finally {
      endUse();
    }
  }

  /**
   * Builds the neighbor graph of the model, which is loaded first where needed; all callers share one build, which goes on until
   * the last of them has canceled. The engine is not idle meanwhile.
   *
   * @throws As {@link ensureReady}. An AbortError when another model is wanted, {EngineUnavailableError} when the engine lost its
   *   model: the build is not begun again by itself, as it may be what the worker died of.
   * @throws {RangeError} for the sample vectors, which have no graph.
   */
  buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    return this.graphBuild.join((ended, report) => this.runGraphBuild(ended, report), signal, onProgress);
  }

  /** Ends the load that is under way, for everybody who waits for it. */
  cancel(): void {
    this.load.cancel(new DOMException('Loading the embeddings was canceled.', 'AbortError'));
  }

  /**
   * Another model is wanted. Whoever waits for a load, or for the answer to a search, gets the new model's; a graph that is being
   * built is given up. The engine may keep what it has loaded, for a user who comes back to it, until it is idle.
   */
  reset(): void {
    const reason = new DOMException('Another model was chosen.', 'AbortError');
    this.resets++;
    this.idle.restart();
    this.graphBuild.stop(reason);
    this.dormancy.forget();
    if (this.load.isRunning) {
      this.load.restart(reason);
    } else if (this.state.state !== 'none') {
      this.observed.set({ state: 'none' });
    }
  }

  /** Time without a request until the engine is freed, counted from now; 0 for never. */
  setIdleMilliseconds(milliseconds: number): void {
    this.idle.setMilliseconds(milliseconds);
  }

  dispose(): void {
    const reason = new DOMException('The embeddings are closed.', 'AbortError');
    this.disposed = true;
    this.idle.setMilliseconds(0);
    this.graphBuild.stop(reason);
    this.dormancy.dispose(reason);
    this.cancel();
    this.freeEngine();
    this.observed.removeListeners();
    this.graphBuild.observed.removeListeners();
  }

  /** Asks the engine, which is made ready first; twice where it loses its model or another is wanted meanwhile. */
  private async ask<Answer>(question: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    const endUse = this.idle.use();
    try {
      await this.ensureAwake(signal);
      const before = this.state;
      const { resets } = this;
      try {
        const answer = await question();
        if (resets === this.resets) {
          return answer;
        }
      } catch (error) {
        if (!EngineUnavailableError.is(error)) {
          throw error;
        }
        this.forget(before, { state: 'none' }, error);
      }
      await this.ensureAwake(signal);
      return await this.askAgain(question);
    } finally {
      endUse();
    }
  }

  private async askAgain<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const before = this.state;
    try {
      return await question();
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        // Twice in a row: shown, not tried for ever.
        this.forget(before, { state: 'failed', reason: error.message, error }, error);
      }
      throw error;
    }
  }

  private async runGraphBuild(
    signal: AbortSignal,
    onProgress: (progress: GraphProgress) => void,
  ): Promise<void> {
    const endUse = this.idle.use();
    try {
      const model = await this.ensureAwake(signal);
      if (model.isSample) {
        throw new RangeError('Sample vectors have no neighbor graph.');
      }
      const before = this.state;
      try {
        await this.engine.buildGraph(signal, onProgress);
      } catch (error) {
        if (EngineUnavailableError.is(error)) {
          this.forget(before, { state: 'none' }, error);
        }
        throw error;
      }
    } finally {
      endUse();
    }
  }

  /** Loads the model, or opens it again. While somebody uses the engine, it does not fall asleep again. */
  private async ensureAwake(signal?: AbortSignal): Promise<ModelIdentity> {
    const model = await this.ensureReady(signal);
    // A model that cannot be opened again is loaded as at the first time, for everybody to see.
    return (await this.isAwake(signal)) ? model : this.ensureReady(signal);
  }

  /** Opens the model again where it was freed. False: it is lost. */
  private async isAwake(signal?: AbortSignal): Promise<boolean> {
    if (!this.dormancy.isAsleep) {
      return true;
    }
    const before = this.state;
    const isSame = await this.dormancy.wake(signal);
    if (!isSame) {
      this.forget(before, { state: 'none' });
    }
    return isSame;
  }

  /** The answer with all that is known about the model that gave it, if that is still the one that is loaded. */
  private labelled(answer: NeighborAnswer): NeighborAnswer {
    const { state } = this;
    if (state.state !== 'ready' || state.model.path !== answer.model.path) {
      return answer;
    }
    if (answer.source === 'graph') {
      this.graphBuild.meet();
    }
    return { ...answer, model: state.model };
  }

  /**
   * The engine turned out to hold nothing, though it was ready: unless that has changed already, say so.
   *
   * @param error What a graph that is being built fails with; not given where none can be.
   */
  private forget(before: EmbeddingState, now: EmbeddingState, error?: Error): void {
    if (this.state === before && before.state === 'ready') {
      this.dormancy.forget();
      if (error === undefined) {
        this.graphBuild.forget();
      } else {
        this.graphBuild.stop(error);
      }
      this.observed.set(now);
    }
  }

  private releaseIdle(): void {
    if (!this.load.isRunning) {
      this.freeEngine();
      this.dormancy.fallAsleep();
    }
  }

  private freeEngine(): void {
    // A worker that cannot be ended properly is gone for us all the same; there is nobody to tell.
    this.engine.release().catch(() => undefined);
  }
}
