import type { AnswerOf, EngineQuestion, ListenerOf, ParametersOf } from '../questions/engineQuestions';
import type { NeighborAnswer } from '../questions/neighborAnswer';
import { compareQueries } from './analysis/compareQueries';
import { findEqualRows } from './analysis/findEqualRows';
import { measureAll } from './analysis/measureAll';
import { measureToken } from './analysis/measureToken';
import { measureTokens } from './analysis/measureTokens';
import type { ModelAnalysis } from './analysis/modelAnalysis';
import { rankTokens } from './analysis/rankTokens';
import { verifySearch } from './analysis/verifySearch';
import { writeTsv } from './analysis/writeTsv';
import { pathBetween } from './graph/pathBetween';
import type { LoadedModel } from './loadedModel';

/** Answers a question from the model that is loaded. */
type AnswerQuestion<Q extends EngineQuestion> = (
  model: LoadedModel,
  parameters: ParametersOf<Q>,
  signal: AbortSignal | undefined,
  onProgress: ListenerOf<Q> | undefined,
) => Promise<AnswerOf<Q>>;

/** The one function of each question. */
export const engineAnswers: { readonly [Q in EngineQuestion]: AnswerQuestion<Q> } = {
  neighbors: async (model, request, signal) => only(await model.answer([request], signal)),
  neighborsOfMany: (model, requests, signal) => model.answer(requests, signal),
  neighborsWithoutIndex: (model, requests) => model.answerWithoutIndex(requests),
  ranks: aboutRows(rankTokens),
  compare: aboutRows(compareQueries),
  measureToken: aboutRows(measureToken),
  tokenValues: aboutRows(measureTokens),
  valuesOfAll: aboutRows(measureAll),
  verify: aboutRows(verifySearch),
  embeddingsTsv: aboutRows(writeTsv),
  equalRows: aboutRows(findEqualRows),
  buildGraph: async (model, _, signal, onProgress) => {
    await model.work(({ graph }, ended) => graph.build(ended, onProgress), signal);
  },
  pathBetween: (model, request, signal) =>
    model.work(({ graph }, ended) => pathBetween(graph, request, ended), signal),
  linearMap: (model, _, signal) => model.work(({ linearMap }, ended) => linearMap.copy(ended), signal),
  layout: (model, _, signal, onProgress) =>
    model.work(({ layout }, ended) => layout.open(ended, onProgress), signal),
  keptLayout: (model, _, signal) => model.work(({ layout }, ended) => layout.openKept(ended), signal),
};

/**
 * The answer of a function about the rows, for which the index is read or built where it is not in memory.
 *
 * @param answer Its signal is aborted with the caller's, and when the model is closed.
 */
function aboutRows<Parameters, Answer>(
  answer: (analysis: ModelAnalysis, parameters: Parameters, signal: AbortSignal) => Promise<Answer>,
): (model: LoadedModel, parameters: Parameters, signal: AbortSignal | undefined) => Promise<Answer> {
  return (model, parameters, signal) =>
    model.analyze((analysis, ended) => answer(analysis, parameters, ended), signal);
}

function only([answer]: readonly NeighborAnswer[]): NeighborAnswer {
  if (answer === undefined) {
    throw new Error('The search gave no answer.');
  }
  return answer;
}
