import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { NeighborRequest } from '../../engine/questions/neighborAnswer';
import { ModelUndecidedError } from '../../engine/session/embeddingState';
import type { QueryMemento } from '../../protocol/panelMessages';
import type { AnswerView } from '../../protocol/answerView';
import type { LeftOutWords } from '../../protocol/leftOutWords';
import type { Metric } from '../../protocol/metric';
import type { FilterView } from '../../protocol/panelSnapshot';
import { isCancellation } from '../isCancellation';
import { placesUnderMetrics, ranksUnder, type SearchedRows } from './otherRanks';
import { loadedRowCount, messageOf, type PanelContext } from './panelContext';
import { resolveQuery, type ResolvedQuery } from '../query/resolveQuery';
import { answerView } from '../query/answerView';
import { vectorOfTerms } from '../query/vectorOfTerms';
import { tableRows } from './tableRows';

/** How often labels are fetched for one question. */
const MOST_ROUNDS = 4;

export interface NeighborQuestion {
  readonly query: QueryMemento;
  readonly k: number;
  readonly metric: Metric;
  readonly filter: FilterView;
  readonly leftOut: LeftOutWords;
}

/** The neighbors of an inspector's query. The answer of an older question is never shown. */
export class NeighborSearch {
  private question: NeighborQuestion | undefined;
  private running = new AbortController();
  private searched: SearchedRows | undefined;
  /** The metric shown before, for the same query. */
  private previousMetric: Metric | undefined;
  private currentResolved: ResolvedQuery | undefined;
  private currentAnswer: AnswerView | undefined;
  private currentError: string | undefined;

  constructor(private readonly context: PanelContext) {}

  /** What the question means to the current tokenizer; undefined where nothing is asked. */
  get resolved(): ResolvedQuery | undefined {
    return this.currentResolved;
  }

  get answer(): AnswerView | undefined {
    return this.currentAnswer;
  }

  /** Why there is no answer though embeddings are ready: one sentence. */
  get error(): string | undefined {
    return this.currentError;
  }

  /**
   * Resolves and searches. The caller shows what is known at once; what is found later is told by `onChange`.
   *
   * @returns whether embeddings are ready that are being asked.
   */
  start(question: NeighborQuestion | undefined): boolean {
    this.stop();
    this.notePreviousMetric(question);
    this.question = question;
    this.running = new AbortController();
    this.searched = undefined;
    this.currentAnswer = undefined;
    this.currentError = undefined;
    this.currentResolved = question && this.resolve(question);
    if (this.currentResolved && this.context.tokenizer().findAsked !== undefined) {
      // What is not known yet may be found.
      const { syntaxError: _unknown, ...view } = this.currentResolved.view;
      this.currentResolved = { ...this.currentResolved, view };
    }
    if (!question || !this.currentResolved || this.currentResolved.view.syntaxError) {
      return false;
    }
    const isReady = this.context.embeddings.state.state === 'ready';
    void this.find(question, this.running.signal);
    return isReady;
  }

  stop(): void {
    this.running.abort();
  }

  /** Gives up a search that has no answer yet, and says so. */
  cancel(): void {
    if (this.question && !this.currentAnswer && this.currentError === undefined) {
      this.stop();
      this.currentError = 'The search was canceled. Enter in the query line searches again.';
      this.context.onChange();
    }
  }

  /** Adds score and rank under each metric to a neighbor of the answer; nothing where it is none. */
  async placeUnderMetrics(id: number): Promise<void> {
    const { signal } = this.running;
    if (!this.searched || !this.currentAnswer?.neighbors.some(({ token }) => token.id === id)) {
      return;
    }
    const { embeddings, onChange } = this.context;
    const underMetrics = await placesUnderMetrics(embeddings, this.searched, id, signal);
    if (!signal.aborted) {
      this.amendNeighbors((neighbor) =>
        neighbor.token.id === id ? { ...neighbor, underMetrics } : neighbor,
      );
      onChange();
    }
  }

  /** What the engine is asked for a question, once its embeddings are ready. */
  async request(signal: AbortSignal): Promise<NeighborRequest | undefined> {
    const { question, context } = this;
    if (!question) {
      return undefined;
    }
    const { rowCount } = await context.embeddings.ensureReady(signal);
    const tokenizer = context.tokenizer();
    const resolved = await this.resolveWith(tokenizer, question, rowCount, signal);
    if (!resolved || resolved.terms.length === 0) {
      return undefined;
    }
    return this.requestFor(question, resolved, tokenizer, rowCount, signal);
  }

  private notePreviousMetric(question: NeighborQuestion | undefined): void {
    const before = this.question;
    if (!before || !question || JSON.stringify(before.query) !== JSON.stringify(question.query)) {
      this.previousMetric = undefined;
    } else if (before.metric !== question.metric) {
      this.previousMetric = before.metric;
    }
  }

  /** Finds the tokens that a question means to the current tokenizer. */
  private resolve(question: NeighborQuestion): ResolvedQuery | undefined {
    const { embeddings, tokenizer } = this.context;
    return resolveQuery(tokenizer(), question.query, loadedRowCount(embeddings), question.leftOut);
  }

  /** Of labels that lie elsewhere those are fetched that the question asks about. */
  private async resolveWith(
    tokenizer: Tokenizer,
    { query, leftOut }: NeighborQuestion,
    rowCount: number,
    signal: AbortSignal,
  ): Promise<ResolvedQuery | undefined> {
    // Ids of a table need not be dense.
    const idCount = tokenizer.findAsked === undefined ? rowCount : Number.POSITIVE_INFINITY;
    let resolved = resolveQuery(tokenizer, query, idCount, leftOut);
    // What was found leads to other spellings of it, which are looked up as well.
    for (let round = 0; round < MOST_ROUNDS && (await tokenizer.findAsked?.(signal)) === true; round++) {
      resolved = resolveQuery(tokenizer, query, idCount, leftOut);
    }
    return resolved;
  }

  private async find(question: NeighborQuestion, signal: AbortSignal): Promise<void> {
    const { embeddings, onChange } = this.context;
    try {
      const { rowCount } = await embeddings.ensureReady(signal);
      // A question that came in the same turn must not be overwritten by the one before it.
      signal.throwIfAborted();
      // The model that is ready now may have another tokenizer than the one before, and other rows.
      const tokenizer = this.context.tokenizer();
      const resolved = await this.resolveWith(tokenizer, question, rowCount, signal);
      signal.throwIfAborted();
      this.currentResolved = resolved;
      if (!resolved || resolved.view.syntaxError) {
        onChange();
        return;
      }
      if (resolved.terms.length === 0) {
        throw new RangeError('This text has no token to search.');
      }
      const request = await this.requestFor(question, resolved, tokenizer, rowCount, signal);
      const answer = await embeddings.ask(
        'neighbors',
        { ...request, projection: true, distribution: true },
        signal,
      );
      if (signal.aborted) {
        return;
      }
      this.searched = request;
      this.currentAnswer = answerView(answer, {
        tokenizer,
        queryIds: new Set(resolved.terms.map(({ id }) => id)),
        minimumScore: question.filter.minimumScore,
      });
      onChange();
      await this.addPreviousRanks(request, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.fail(error);
      }
    }
  }

  private async requestFor(
    { k, metric, filter }: NeighborQuestion,
    { terms, excludedIds }: ResolvedQuery,
    tokenizer: Tokenizer,
    rowCount: number,
    signal: AbortSignal,
  ): Promise<NeighborRequest> {
    if (tokenizer.findAsked !== undefined) {
      return { query: vectorOfTerms(terms), metric, k, tableRows: tableRows(filter, excludedIds) };
    }
    const { filters } = this.context;
    const allowed = await filters.allowed(tokenizer, filter, rowCount, excludedIds, signal);
    return { query: vectorOfTerms(terms), metric, k, ...(allowed && { allowed }) };
  }

  /** A second step, so that the answer need not wait for it. */
  private async addPreviousRanks(searched: SearchedRows, signal: AbortSignal): Promise<void> {
    const { previousMetric, currentAnswer } = this;
    if (previousMetric === undefined || !currentAnswer || previousMetric === currentAnswer.metric) {
      return;
    }
    const ids = currentAnswer.neighbors.map(({ token }) => token.id);
    const ranks = await ranksUnder(this.context.embeddings, previousMetric, searched, ids, signal);
    if (signal.aborted || ranks.size === 0) {
      return;
    }
    this.amendNeighbors((neighbor) => {
      const previousRank = ranks.get(neighbor.token.id);
      return previousRank === undefined ? neighbor : { ...neighbor, previousRank };
    });
    this.currentAnswer &&= { ...this.currentAnswer, previousMetric };
    this.context.onChange();
  }

  private amendNeighbors(
    amend: (neighbor: AnswerView['neighbors'][number]) => AnswerView['neighbors'][number],
  ): void {
    this.currentAnswer &&= { ...this.currentAnswer, neighbors: this.currentAnswer.neighbors.map(amend) };
  }

  private fail(error: unknown): void {
    const { embeddings, onChange, onFailure } = this.context;
    if (!(error instanceof ModelUndecidedError || isCancellation(error))) {
      onFailure(error);
    }
    // A failed load is the session's state, and shown as such; what remains is about this query.
    this.currentError = embeddings.state.state === 'ready' ? messageOf(error) : undefined;
    onChange();
  }
}
