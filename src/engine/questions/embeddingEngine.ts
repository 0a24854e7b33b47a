import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from './engineQuestions';
import type { LoadOptions } from './loadOptions';

/**
 * Owns one embedding matrix away from the extension host's main loop. The same interface is served by a worker thread (the
 * extension), and in the caller's own thread (terminal, tests).
 *
 * Every call settles: with a result, a {@link CheckpointError}, or the reason of its signal.
 */
export interface EmbeddingEngine {
  /** Reads a matrix and its index, in place of the one loaded before. */
  load(location: ModelLocation, options?: LoadOptions): Promise<ModelIdentity>;

  /**
   * Asks about the matrix that is loaded.
   *
   * @throws As `engineQuestions` says of each question.
   */
  ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>>;

  /** Frees the matrix and ends the worker. The engine can be loaded again. */
  release(): Promise<void>;
}
