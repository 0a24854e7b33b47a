import { EngineUnavailableError } from '../engineErrors';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import {
  engineQuestions,
  type AnswerOf,
  type ListenerOf,
  type ParametersOf,
} from '../questions/engineQuestions';
import type { NeighborAnswer, NeighborRequest } from '../questions/neighborAnswer';
import type { ModelPresence } from './modelPresence';
import type { SessionQuestion } from './sessionQuestion';

/** Asks the engine about the model, which is made ready first, and copes with an engine that loses it meanwhile. */
export class ModelQuestions {
  /** @param onGraphMet Called when an answer came from the model's neighbor graph. */
  constructor(
    private readonly engine: EmbeddingEngine,
    private readonly presence: ModelPresence,
    private readonly onGraphMet: () => void,
  ) {}

  /** @throws As `EmbeddingSession.ask`. */
  async ask<Q extends SessionQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    const ask = (): Promise<AnswerOf<Q>> => this.engine.ask(question, parameters, signal, onProgress);
    const answer = await this.askTwice(ask, signal);
    return engineQuestions[question].relabel(answer, (neighbors) => this.labelled(neighbors));
  }

  /** As `EmbeddingSession.neighborsOfManyIfReady`. */
  async neighborsOfManyIfReady(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[] | undefined> {
    signal?.throwIfAborted();
    const { presence } = this;
    const before = presence.state;
    if (!presence.isReady) {
      return undefined;
    }
    const endUse = presence.use();
    try {
      if (!(await presence.wake(signal))) {
        return undefined;
      }
      const answers = await this.engine.ask('neighborsWithoutIndex', requests, signal);
      return engineQuestions.neighborsWithoutIndex.relabel(answers, (answer) => this.labelled(answer));
    } catch (error) {
      if (!EngineUnavailableError.is(error)) {
        throw error;
      }
      presence.forget(before, { state: 'none' }, error);
      return undefined;
    } finally {
      endUse();
    }
  }

  /** Twice where the engine loses its model, or another is wanted meanwhile. */
  private async askTwice<Answer>(ask: () => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    const { presence } = this;
    const endUse = presence.use();
    try {
      await presence.ensureAwake(signal);
      const before = presence.state;
      const { resets } = presence;
      try {
        const answer = await ask();
        if (resets === presence.resets) {
          return answer;
        }
      } catch (error) {
        if (!EngineUnavailableError.is(error)) {
          throw error;
        }
        presence.forget(before, { state: 'none' }, error);
      }
      await presence.ensureAwake(signal);
      return await this.askAgain(ask);
    } finally {
      endUse();
    }
  }

  private async askAgain<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const before = this.presence.state;
    try {
      return await ask();
    } catch (error) {
      if (EngineUnavailableError.is(error)) {
        // Twice in a row: shown, not tried for ever.
        this.presence.forget(before, { state: 'failed', reason: error.message, error }, error);
      }
      throw error;
    }
  }

  /** The answer with all that is known about the model that gave it, if that is still the one that is loaded. */
  private labelled(answer: NeighborAnswer): NeighborAnswer {
    const { state } = this.presence;
    if (state.state !== 'ready' || state.model.path !== answer.model.path) {
      return answer;
    }
    if (answer.source === 'graph') {
      this.onGraphMet();
    }
    return { ...answer, model: state.model };
  }
}
