import * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { abortSignalOf } from '../answers/abortSignalOf';
import { answeredToken } from '../answers/answersOfTokens';
import type { AnsweredToken, ComparisonAnswer, NeighborsAnswer } from '../answers/tokenAnswers';
import type { TokenQuestions } from '../answers/tokenQuestions';
import { countInSlices, tokensInSlices } from '../tokens/tokensInSlices';
import {
  checkedApiQuery,
  checkedApiText,
  checkedIds,
  checkedNeighborOptions,
  checkedQueryOptions,
} from './apiArguments';
import { apiModel } from './apiModel';
import { frozen } from './frozen';
import type { ModelChanges } from './modelChanges';
import type {
  TokenscopeApi,
  TokenscopeComparison,
  TokenscopeNeighbors,
  TokenscopeToken,
  TokenscopeTokenInText,
  TokenscopeTokenization,
} from './tokenscopeApi';

/** What other extensions get from `activate`. Functions and frozen data alone, so that it may be copied and leads nowhere else. */
export function createApi(questions: TokenQuestions, changes: ModelChanges): TokenscopeApi {
  // Arguments come from code that need not be type-checked: an async function turns every error into a rejection.
  return Object.freeze<TokenscopeApi>({
    apiVersion: 1,
    tokenize: async (text) => apiTokenization(questions.splitter, checkedApiText(text)),
    countTokens: async (text) => countInSlices(questions.splitter, checkedApiText(text)),
    // eslint-disable-next-line @typescript-eslint/require-await -- asynchronous for the day when it has to be
    decode: async (ids) => questions.tokenizer.decode(checkedIds(ids, questions.tokenizer.vocabularySize)),
    currentModel: () => questions.model && apiModel(questions.model),
    onDidChangeModel: changes.event,
    findNeighbors: async (query, options) => {
      const { cancellation, ...asked } = checkedNeighborOptions(options);
      const question = { ...asked, query: checkedApiQuery(query, 'query') };
      return canceledBy(cancellation, async (signal) =>
        apiNeighbors(await questions.neighbors(question, signal)),
      );
    },
    compare: async (a, b, options) => {
      const { cancellation, form } = checkedQueryOptions(options);
      const lines = [checkedApiQuery(a, 'a'), checkedApiQuery(b, 'b')];
      return canceledBy(cancellation, async (signal) =>
        apiComparison(await questions.compare(lines, form, signal)),
      );
    },
  });
}

async function canceledBy<Answer>(
  cancellation: vscode.CancellationToken | undefined,
  question: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const { signal, dispose } = abortSignalOf(cancellation);
  try {
    return await question(signal);
  } catch (error) {
    throw signal.aborted ? new vscode.CancellationError() : error;
  } finally {
    dispose();
  }
}

function apiToken({ id, label }: AnsweredToken): TokenscopeToken {
  return { id, label };
}

async function apiTokenization(tokenizer: Tokenizer, text: string): Promise<TokenscopeTokenization> {
  const ids: number[] = [];
  const tokens: TokenscopeTokenInText[] = [];
  // Texts repeat their tokens, and a label takes longer than an id.
  const labels = new Map<number, string>();
  for await (const some of tokensInSlices(tokenizer, text)) {
    for (const { id, start, end } of some) {
      const label = labels.get(id) ?? answeredToken(tokenizer, id).label;
      labels.set(id, label);
      ids.push(id);
      tokens.push(Object.freeze({ id, label, start, end }));
    }
  }
  return Object.freeze({ tokenizer: tokenizer.name, ids: Object.freeze(ids), tokens: Object.freeze(tokens) });
}

function apiNeighbors({
  model,
  query,
  metric,
  neighbors,
  averageScore,
}: NeighborsAnswer): TokenscopeNeighbors {
  return frozen({
    model: apiModel(model),
    metric,
    query: query.pieces.map(apiToken),
    neighbors: neighbors.map(({ id, label, rank, score, norm }) => ({ id, label, rank, score, norm })),
    averageScore,
  });
}

function apiComparison({
  model,
  texts,
  pairs,
  averageCosine,
  averageCentered,
}: ComparisonAnswer): TokenscopeComparison {
  const [a, b] = texts;
  const [pair] = pairs;
  if (!a || !b || !pair) {
    throw new Error('Two queries were compared, and one pair is missing.');
  }
  const { cosine, centered, dot, euclidean, pearson } = pair;
  return frozen({
    model: apiModel(model),
    tokens: [a.pieces.map(apiToken), b.pieces.map(apiToken)] as const,
    cosine,
    centered,
    dot,
    euclidean,
    pearson,
    norms: [a.norm, b.norm] as const,
    averageCosine,
    averageCentered,
  });
}
