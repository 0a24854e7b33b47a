import { unsplitText } from '../../core/labels/unsplitText';
import type { WordForm } from '../../core/query/formula/wordForm';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { DownloadOffer } from '../../engine/session/embeddingState';
import type { ModelIdentity } from '../../model/modelLocation';
import { NO_FILTER } from '../../protocol/panelSnapshot';
import type { EmbeddingQuestions } from '../session/embeddingQuestions';
import { resolveQuery, type ResolvedQuery } from '../query/resolveQuery';
import { vectorOfTerms } from '../query/vectorOfTerms';
import type { VocabularyFilters } from '../vocabulary/vocabularyFilters';
import { AnswerError } from './answerError';
import { answeredQuery, comparisonAnswer, neighborsAnswer, tokenization } from './answersOfTokens';
import { askLocally, type LocalEmbeddings } from './askLocally';
import { shown } from './checkedValues';
import type { ComparisonAnswer, NeighborsAnswer, NeighborsQuestion, Tokenization } from './tokenAnswers';

/** How often a question is asked anew because the user changed the model meanwhile. */
const MOST_ATTEMPTS = 3;

export interface TokenQuestionServices {
  readonly embeddings: Pick<EmbeddingQuestions, 'ensureReady' | 'ask'> & LocalEmbeddings;
  readonly tokenizers: { readonly current: Tokenizer };
  readonly filters: VocabularyFilters;
  /** What would have to be downloaded before the model can be loaded; undefined where it is at hand. */
  readonly missingModel: () => Promise<DownloadOffer | undefined>;
}

/** A model with the tokenizer that belongs to it. */
interface ReadyModel {
  readonly model: ModelIdentity;
  readonly tokenizer: Tokenizer;
}

/**
 * Questions of language models and other extensions. Those about the embeddings load a model that is on this machine, as the panel
 * does, and never download one.
 *
 * All reject with an {@link AnswerError}, or with the reason of their signal.
 */
export class TokenQuestions {
  constructor(private readonly services: TokenQuestionServices) {}

  /** The model that is loaded. */
  get model(): ModelIdentity | undefined {
    const { state } = this.services.embeddings;
    return state.state === 'ready' ? state.model : undefined;
  }

  /** That of the model that was loaded last; GPT-2's until then. */
  get tokenizer(): Tokenizer {
    return this.services.tokenizers.current;
  }

  /**
   * What splits texts.
   *
   * @throws {AnswerError} where texts are looked up, and none is split.
   */
  get splitter(): Tokenizer {
    const { tokenizer } = this;
    const unsplit = unsplitText(tokenizer);
    if (unsplit !== undefined) {
      throw new AnswerError('failed', unsplit);
    }
    return tokenizer;
  }

  onDidChangeState(listener: () => void): { dispose(): void } {
    return this.services.embeddings.onDidChangeState(listener);
  }

  /**
   * The text as it is: a special token that is written out is text. Lone surrogates are taken for U+FFFD.
   *
   * @param most Tokens that are told; all are counted.
   */
  async tokenize(text: string, most: number, signal?: AbortSignal): Promise<Tokenization> {
    return tokenization(this.splitter, text, most, signal);
  }

  neighbors(question: NeighborsQuestion, signal?: AbortSignal): Promise<NeighborsAnswer> {
    const { embeddings, filters } = this.services;
    const { query, form, metric, k, space, wordLike } = question;
    return this.ask(async ({ model, tokenizer }, asked) => {
      const resolved = resolvedLine(tokenizer, query, form, model.rowCount);
      const filter = { ...NO_FILTER, space, wordLike };
      const excluded = resolved.excludedIds;
      const allowed = await filters.allowed(tokenizer, filter, model.rowCount, excluded, asked);
      const answer = await embeddings.ask(
        'neighbors',
        { query: vectorOfTerms(resolved.terms), metric, k, distribution: true, ...(allowed && { allowed }) },
        asked,
      );
      return neighborsAnswer(tokenizer, model, answeredQuery(tokenizer, resolved, form), resolved, answer);
    }, signal);
  }

  /** @param lines Query lines, at least two and no more than are compared at once. */
  compare(lines: readonly string[], form: WordForm, signal?: AbortSignal): Promise<ComparisonAnswer> {
    return this.ask(async ({ model, tokenizer }, asked) => {
      const resolved = lines.map((line) => resolvedLine(tokenizer, line, form, model.rowCount));
      const comparison = await this.services.embeddings.ask(
        'compare',
        resolved.map(({ terms }) => vectorOfTerms(terms)),
        asked,
      );
      const [unranked] = comparison.unrankedIds;
      if (unranked !== undefined) {
        throw new AnswerError(
          'invalid-query',
          `The embedding of token id ${unranked} holds NaN or infinity.`,
        );
      }
      const texts = resolved.map((query) => answeredQuery(tokenizer, query, form));
      return comparisonAnswer(model, texts, comparison);
    }, signal);
  }

  /** Asks with a model and its tokenizer, once more where the user changed the model meanwhile: ids of one mean nothing in another. */
  private ask<Answer>(
    question: (ready: ReadyModel, signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const { embeddings, missingModel } = this.services;
    return askLocally(
      embeddings,
      missingModel,
      async (asked) => {
        for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
          const model = await embeddings.ensureReady(asked);
          asked.throwIfAborted();
          const isStill = (): boolean => this.model === undefined || this.model === model;
          try {
            const answer = await question({ model, tokenizer: this.tokenizer }, asked);
            if (isStill()) {
              return answer;
            }
          } catch (error) {
            if (asked.aborted || isStill()) {
              throw error;
            }
          }
        }
        throw new AnswerError('failed', 'The model was changed while the question was answered. Ask again.');
      },
      signal,
    );
  }
}

/** @throws {AnswerError} for a line that cannot be read or means no token of the matrix. */
function resolvedLine(tokenizer: Tokenizer, text: string, form: WordForm, rowCount: number): ResolvedQuery {
  const resolved = resolveQuery(tokenizer, { text, form, vector: 'mean' }, rowCount);
  const error = resolved?.view.syntaxError;
  if (error) {
    const where = error.end > error.start ? ` (${shown(text.slice(error.start, error.end))})` : '';
    throw new AnswerError(
      'invalid-query',
      `The query ${shown(text)} cannot be read: ${error.message}${where}`,
    );
  }
  if (!resolved || resolved.terms.length === 0) {
    throw new AnswerError(
      'invalid-query',
      `The query ${shown(text)} has no token to search. White space is written in double quotes, such as "\\n".`,
    );
  }
  return resolved;
}
