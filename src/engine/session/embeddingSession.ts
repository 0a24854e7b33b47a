import type { ModelIdentity } from '../../model/modelLocation';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { AnswerOf, ListenerOf, ParametersOf } from '../questions/engineQuestions';
import type { GraphProgress } from '../questions/graphProgress';
import type { NeighborAnswer, NeighborRequest } from '../questions/neighborAnswer';
import { buildModelGraph } from './buildModelGraph';
import type { EmbeddingState } from './embeddingState';
import { GraphBuild, type GraphState } from './graphBuild';
import { platformTimers, type Timers } from './idleTimer';
import type { ModelLoading } from './modelLoading';
import { ModelPresence } from './modelPresence';
import { ModelQuestions } from './modelQuestions';
import type { SessionQuestion } from './sessionQuestion';

export interface EmbeddingSessionOptions extends ModelLoading {
  /** The engine is freed when nobody has asked for this long; 0 for never. */
  readonly idleMilliseconds?: number;
  readonly timers?: Timers;
}

const DEFAULT_IDLE_MILLISECONDS = 10 * 60_000;

/**
 * The embeddings, for all who ask about them or show how they are: one state, one load, one build of the graph.
 *
 *     none → locating → downloading → converting → building → ready | failed
 *                     ↘ undecided
 *
 * A cancellation or a reset leads back to none; from none, undecided and failed a request leads to locating. When idle, the
 * engine is freed and the state stays ready: the next question opens the model again. Only where that is not possible, or the engine
 * lost its model, the states are walked through again.
 */
export class EmbeddingSession {
  private readonly engine: EmbeddingEngine;
  private readonly presence: ModelPresence;
  private readonly questions: ModelQuestions;
  private readonly graphBuild: GraphBuild;

  constructor(options: EmbeddingSessionOptions) {
    const { engine, timers = platformTimers, idleMilliseconds = DEFAULT_IDLE_MILLISECONDS } = options;
    const graphBuild = new GraphBuild(timers);
    this.engine = engine;
    this.graphBuild = graphBuild;
    this.presence = new ModelPresence(options, timers, idleMilliseconds, (error) => {
      if (error === undefined) {
        graphBuild.forget();
      } else {
        graphBuild.stop(error);
      }
    });
    this.questions = new ModelQuestions(engine, this.presence, () => {
      graphBuild.meet();
    });
  }

  get state(): EmbeddingState {
    return this.presence.state;
  }

  /** The neighbor graph of the model that is loaded. */
  get graph(): GraphState {
    return this.graphBuild.observed.value;
  }

  /** How many listeners there are now: a surface that is gone must not be among them. */
  get listenerCount(): number {
    return this.presence.observed.listenerCount + this.graphBuild.observed.listenerCount;
  }

  /** Calls the listener after every change; at most about 20 times a second while rows are read. */
  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    return this.presence.observed.onDidChange(listener);
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
  ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    return this.presence.ensureReady(signal);
  }

  /**
   * Asks about the model; loads it first where needed. Should the engine lose the matrix meanwhile (its worker died, the model was
   * changed), it is loaded again once.
   *
   * @throws As {@link ensureReady}, and as `engineQuestions` says of the question.
   */
  ask<Q extends SessionQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    return this.questions.ask(question, parameters, signal, onProgress);
  }

  /**
   * Answers what needs no work, for the hover: from the neighbor graph, or from an index in memory. Never loads a model, reads or
   * builds an index, nor waits for these; only opens a model again that was freed.
   *
   * @param requests Without projection and distribution.
   * @returns An answer for each request, undefined where there is none without work; undefined where no model is ready.
   */
  neighborsOfManyIfReady(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[] | undefined> {
    return this.questions.neighborsOfManyIfReady(requests, signal);
  }

  /**
   * Builds the neighbor graph of the model, which is loaded first where needed; all callers share one build, which goes on until
   * the last of them has canceled. The engine is not idle meanwhile.
   *
   * @throws As {@link ensureReady}. An AbortError when another model is wanted, {EngineUnavailableError} when the engine lost its
   *   model: the build is not begun again by itself, as it may be what the worker died of.
   */
  buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    const build = (ended: AbortSignal, report: (progress: GraphProgress) => void): Promise<void> =>
      buildModelGraph(this.engine, this.presence, ended, report);
    return this.graphBuild.join(build, signal, onProgress);
  }

  /**
   * Runs something while no file of a model is open here: frees the engine, and waits until it has let go of them. Whoever asks meanwhile waits;
   * the next question opens the model again, where it still is. A load and a build of the graph that are under way end.
   *
   * @throws What the task throws.
   */
  whileClosed<T>(run: () => Promise<T>): Promise<T> {
    this.graphBuild.stop(new DOMException('The model was closed.', 'AbortError'));
    return this.presence.whileClosed(run);
  }

  /** Ends the load that is under way, for everybody who waits for it. */
  cancel(): void {
    this.presence.cancel();
  }

  /**
   * Another model is wanted. Whoever waits for a load, or for the answer to a search, gets the new model's; a graph that is being
   * built is given up. The engine may keep what it has loaded, for a user who comes back to it, until it is idle.
   */
  reset(): void {
    const reason = new DOMException('Another model was chosen.', 'AbortError');
    this.graphBuild.stop(reason);
    this.presence.reset(reason);
  }

  /** Time without a request until the engine is freed, counted from now; 0 for never. */
  setIdleMilliseconds(milliseconds: number): void {
    this.presence.setIdleMilliseconds(milliseconds);
  }

  dispose(): void {
    const reason = new DOMException('The embeddings are closed.', 'AbortError');
    // Before the engine is freed: what ends it is this, not an engine that lost its model.
    this.graphBuild.stop(reason);
    this.presence.dispose(reason);
    this.graphBuild.observed.removeListeners();
  }
}
