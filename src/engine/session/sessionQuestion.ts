import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from '../questions/engineQuestions';

/** What a session is asked as it is. The building of the graph is shared by all who ask, and only hovers ask without an index. */
export type SessionQuestion = Exclude<EngineQuestion, 'buildGraph' | 'neighborsWithoutIndex'>;

/** Answers questions about the loaded model. */
export type AskSession = <Q extends SessionQuestion>(
  question: Q,
  parameters: ParametersOf<Q>,
  signal?: AbortSignal,
  onProgress?: ListenerOf<Q>,
) => Promise<AnswerOf<Q>>;
