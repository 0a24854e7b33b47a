import type { EmbeddingEngine } from '../../../src/engine/questions/embeddingEngine';
import type {
  AnswerOf,
  EngineQuestion,
  ListenerOf,
  ParametersOf,
} from '../../../src/engine/questions/engineQuestions';

/** What a test's engine or session can answer. */
export type TestAnswers = {
  readonly [Q in EngineQuestion]?: (
    parameters: ParametersOf<Q>,
    signal: AbortSignal | undefined,
    onProgress: ListenerOf<Q> | undefined,
  ) => Promise<AnswerOf<Q>>;
};

/** Answers the questions of a test; whoever asks another fails. */
export function answering(answers: TestAnswers): EmbeddingEngine['ask'] {
  return async (question, parameters, signal, onProgress) => {
    const answer = answers[question];
    if (answer === undefined) {
      throw new Error(`Nothing in this test answers ${question}.`);
    }
    return answer(parameters, signal, onProgress);
  };
}
