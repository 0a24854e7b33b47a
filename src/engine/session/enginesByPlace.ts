import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import { EngineUnavailableError } from '../engineErrors';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from '../questions/engineQuestions';
import type { LoadOptions } from '../questions/loadOptions';

/** One engine before two: matrices in files, and tables in databases, whose engine is made with the first of them. */
export class EnginesByPlace implements EmbeddingEngine {
  private current: EmbeddingEngine | undefined;
  private tables: EmbeddingEngine | undefined;

  constructor(
    private readonly files: EmbeddingEngine,
    private readonly tablesEngine: () => Promise<EmbeddingEngine>,
  ) {}

  async load(location: ModelLocation, options?: LoadOptions): Promise<ModelIdentity> {
    if (location.kind === 'table') {
      this.tables ??= await this.tablesEngine();
      const identity = await this.tables.load(location, options);
      this.current = this.tables;
      return identity;
    }
    const identity = await this.files.load(location, options);
    this.current = this.files;
    await this.tables?.release();
    return identity;
  }

  ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    return this.current === undefined
      ? Promise.reject(new EngineUnavailableError('not-loaded', 'No model is loaded.'))
      : this.current.ask(question, parameters, signal, onProgress);
  }

  async release(): Promise<void> {
    await Promise.all([this.files.release(), this.tables?.release()]);
  }
}
