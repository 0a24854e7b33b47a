import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { Comparison } from '../../../engine/questions/comparison';
import type { QueryVector } from '../../../engine/questions/queryVector';
import { ModelUndecidedError } from '../../../engine/session/embeddingState';
import type { CompareMemento } from '../../../protocol/panelMessages';
import type { CompareItemView, CompareView, MatrixView, PairView } from '../../../protocol/compareView';
import type { ModelView } from '../../../protocol/embeddingsView';
import type { Metric } from '../../../protocol/metric';
import type { SyntaxErrorView } from '../../../protocol/queryView';
import { isCancellation } from '../../isCancellation';
import { nameOfLine } from '../nameOfLine';
import { loadedRowCount, messageOf, type PanelContext } from '../panelContext';
import { ranksIfDefined } from '../otherRanks';
import { resolveQuery, type ResolvedQuery } from '../../query/resolveQuery';
import { modelView } from '../../session/embeddingsView';
import { vectorOfTerms } from '../../query/vectorOfTerms';
import { pairView } from './pairView';
import { pairVariants, variantTableView, type PairVariants } from './variantTable';

/** A pair has up to 16 variants, and the engine compares 40 vectors at once. */
const MAX_WITH_VARIANTS = 24;

export interface CompareQuestion {
  readonly compare: CompareMemento;
  /** Of the matrix. */
  readonly metric: Metric;
}

/** What the engine was asked: first the items that have a vector, then the variants of the pair. */
interface Asked {
  readonly queries: readonly QueryVector[];
  /** For each item the number of its query. */
  readonly numbers: readonly (number | undefined)[];
  readonly variants: PairVariants | undefined;
  /** Number of the query of the first variant. */
  readonly firstVariant: number;
}

interface Found {
  readonly asked: Asked;
  readonly comparison: Comparison;
  readonly model: ModelView;
  readonly rankOfB: number | undefined;
}

/** The texts that an inspector compares, as a pair or as a matrix. */
export class TextComparison {
  private question: CompareQuestion | undefined;
  private running = new AbortController();
  private resolved: readonly (ResolvedQuery | undefined)[] = [];
  private found: Found | undefined;
  private error: string | undefined;

  constructor(private readonly context: PanelContext) {}

  /** What is shown; undefined until something was compared. */
  get view(): CompareView | undefined {
    return this.question && this.viewOf(this.question);
  }

  /** What is compared, as people call it. */
  get names(): string[] {
    const texts = this.question?.compare.texts ?? [];
    return texts.map((text, index) => nameOfLine(text, this.resolved[index]));
  }

  /** Compares. What is found later is told by `onChange`; an older comparison is never shown. */
  start(question: CompareQuestion): void {
    this.stop();
    this.running = new AbortController();
    this.question = question;
    this.found = undefined;
    this.error = undefined;
    this.resolve(question);
    if (this.resolved.filter((item) => item && item.terms.length > 0).length >= 2) {
      void this.find(question, this.running.signal);
    }
  }

  /** Another metric for the matrix: everything is there already. */
  showMetric(metric: Metric): void {
    this.question &&= { ...this.question, metric };
  }

  stop(): void {
    this.running.abort();
  }

  private resolve({ compare }: CompareQuestion): void {
    const { embeddings, tokenizer } = this.context;
    const rowCount = loadedRowCount(embeddings);
    this.resolved = compare.texts.map((text) =>
      resolveQuery(tokenizer(), { text, form: 'bare', vector: 'mean' }, rowCount),
    );
  }

  private async find(question: CompareQuestion, signal: AbortSignal): Promise<void> {
    const { embeddings, onChange, onFailure } = this.context;
    try {
      const model = await embeddings.ensureReady(signal);
      // A comparison that came in the same turn must not be overwritten by the one before it.
      signal.throwIfAborted();
      // The model that is ready now may have another tokenizer than the one before.
      this.resolve(question);
      const asked = this.ask(question, this.context.tokenizer(), model.rowCount);
      if (asked.firstVariant < 2) {
        onChange();
        return;
      }
      const comparison = await embeddings.ask('compare', asked.queries, signal);
      const rankOfB = await this.rankOfB(question, comparison, signal);
      if (!signal.aborted) {
        this.found = { asked, comparison, rankOfB, model: modelView(model) };
        onChange();
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof ModelUndecidedError || isCancellation(error))) {
        onFailure(error);
      }
      this.error = embeddings.state.state === 'ready' ? messageOf(error) : undefined;
      onChange();
    }
  }

  private ask({ compare }: CompareQuestion, tokenizer: Tokenizer, rowCount: number): Asked {
    const queries: QueryVector[] = [];
    const numbers = this.resolved.map((item) =>
      item && item.terms.length > 0 ? queries.push(vectorOfTerms(item.terms)) - 1 : undefined,
    );
    const firstVariant = queries.length;
    const [a, b] = compare.pairOf.map((index) => compare.texts[index]);
    // Beside many texts there is no room for variants in one question, and nobody looks at them.
    const variants =
      compare.mode === 'pair' &&
      compare.texts.length <= MAX_WITH_VARIANTS &&
      a !== undefined &&
      b !== undefined
        ? pairVariants(tokenizer, a, b, rowCount)
        : undefined;
    queries.push(...(variants?.ids ?? []).map((id) => vectorOfTerms([{ weight: 1, id }])));
    return { queries, numbers, variants, firstVariant };
  }

  /** Only of a pair whose second is one token, and whose rows are all ranked. */
  private async rankOfB(
    { compare }: CompareQuestion,
    comparison: Comparison,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const [first, second] = compare.pairOf.map((index) => this.resolved[index]);
    if (compare.mode !== 'pair' || !first || first.terms.length === 0 || second?.tokenId === undefined) {
      return undefined;
    }
    if ([first, second].some((item) => unrankedId(item, comparison) !== undefined)) {
      return undefined;
    }
    const answer = await ranksIfDefined(
      this.context.embeddings,
      { query: vectorOfTerms(first.terms), metric: 'cosine', ids: [second.tokenId] },
      signal,
    );
    return answer?.ranks[0];
  }

  private viewOf({ compare, metric }: CompareQuestion): CompareView {
    const { found, error } = this;
    const { mode, texts, pairOf } = compare;
    const pair = found && mode === 'pair' ? this.pairOf(found, pairOf) : undefined;
    const isMatrix = mode === 'matrix' || texts.length > 2;
    return {
      mode,
      items: texts.map((text, index) => itemView(text, this.resolved[index], found?.comparison)),
      pairOf,
      ...(pair && { pair }),
      ...(found && isMatrix && { matrix: matrixView(found, metric) }),
      ...(error !== undefined && { error }),
      ...(found && { model: found.model, milliseconds: found.comparison.milliseconds }),
    };
  }

  private pairOf(
    { asked, comparison, rankOfB }: Found,
    [a, b]: CompareMemento['pairOf'],
  ): PairView | undefined {
    const first = asked.numbers[a];
    const second = asked.numbers[b];
    if (first === undefined || second === undefined) {
      return undefined;
    }
    if ([a, b].some((index) => unrankedId(this.resolved[index], comparison) !== undefined)) {
      return undefined;
    }
    const { variants, firstVariant } = asked;
    const cosineOf = (one: number, two: number): number | undefined => {
      const [row, column] = [one, two].map((id) => variants?.ids.indexOf(id) ?? -1);
      return row === undefined || column === undefined || row < 0 || column < 0
        ? undefined
        : scoreAt(comparison.scores.cosine, asked, firstVariant + row, firstVariant + column);
    };
    return {
      ...pairView(comparison, first, second),
      ...(rankOfB !== undefined && { rankOfB }),
      ...(variants && { variants: variantTableView(this.context.tokenizer(), variants, cosineOf) }),
    };
  }
}

function itemView(
  text: string,
  resolved: ResolvedQuery | undefined,
  comparison: Comparison | undefined,
): CompareItemView {
  const syntaxError = resolved
    ? (resolved.view.syntaxError ?? unrankedError(text, resolved, comparison))
    : { message: 'There is nothing here to compare.', start: 0, end: text.length };
  return {
    text,
    pieces: resolved?.view.pieces ?? [],
    ...(resolved?.view.formula && { isFormula: true }),
    ...(syntaxError && { syntaxError }),
  };
}

function unrankedError(
  text: string,
  resolved: ResolvedQuery,
  comparison: Comparison | undefined,
): SyntaxErrorView | undefined {
  const id = comparison && unrankedId(resolved, comparison);
  return id === undefined
    ? undefined
    : { message: `The embedding of token id ${id} holds NaN or infinity.`, start: 0, end: text.length };
}

/** The first token of an item whose row holds NaN or infinity; undefined where there is none. */
function unrankedId(item: ResolvedQuery | undefined, { unrankedIds }: Comparison): number | undefined {
  return item?.terms.find(({ id }) => unrankedIds.includes(id))?.id;
}

/** The score of two queries; undefined where one of them has no vector. */
function scoreAt(scores: Float64Array, { queries }: Asked, row: number, column: number): number | undefined {
  const score = scores[row * queries.length + column];
  return score === undefined || Number.isNaN(score) ? undefined : score;
}

function matrixView({ asked, comparison }: Found, metric: Metric): MatrixView {
  const { numbers } = asked;
  const { averageCosine, averageCentered, scores } = comparison;
  const average = metric === 'cosine' ? averageCosine : metric === 'centered' ? averageCentered : undefined;
  return {
    metric,
    values: numbers.map((row) =>
      numbers.map((column) =>
        row === undefined || column === undefined
          ? null
          : (scoreAt(scores[metric], asked, row, column) ?? null),
      ),
    ),
    ...(average !== undefined && { average }),
  };
}
