import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import { ModelUndecidedError } from '../../../engine/session/embeddingState';
import type { Metric } from '../../../protocol/metric';
import type { TokenMeasuresView, TokenPageView, TokenVariantView } from '../../../protocol/tokenPageView';
import { isCancellation } from '../../isCancellation';
import { loadedRowCount, type PanelContext } from '../panelContext';
import { distributionView } from '../../query/answerView';
import { modelView } from '../../session/embeddingsView';
import { vectorOfTerms } from '../../query/vectorOfTerms';
import { neighborsUnderTwo } from './neighborsUnderTwo';
import { tokenFactsView } from './tokenFactsView';
import { underTrainedSentence } from '../../tokens/underTrained';

/** The page of the token that an inspector's query means: facts at once, what is measured when it arrives. */
export class TokenPage {
  private running = new AbortController();
  private page: TokenPageView | undefined;
  private tokenizer: Tokenizer | undefined;

  constructor(private readonly context: PanelContext) {}

  get view(): TokenPageView | undefined {
    return this.page;
  }

  /**
   * @param id Undefined for a query that is not one token.
   * @param metrics See {@link measure}; undefined where nobody looks at the page, and nothing need be measured.
   */
  start(id: number | undefined, metrics: readonly [Metric, Metric] | undefined): void {
    this.stop();
    this.tokenizer = this.context.tokenizer();
    this.page = id === undefined ? undefined : tokenFactsView(this.tokenizer, id);
    if (metrics) {
      this.measure(metrics);
    }
  }

  /** Measures what the page shows of the matrix. @param metrics Of the two lists of neighbors. */
  measure(metrics: readonly [Metric, Metric]): void {
    this.stop();
    this.running = new AbortController();
    if (this.page) {
      void this.addMeasured(this.page.token.id, metrics, this.running.signal);
    }
  }

  stop(): void {
    this.running.abort();
  }

  private async addMeasured(
    id: number,
    metrics: readonly [Metric, Metric],
    signal: AbortSignal,
  ): Promise<void> {
    const { embeddings, onFailure } = this.context;
    try {
      const model = await embeddings.ensureReady(signal);
      // A token that came in the same turn must not be overwritten by the one before it.
      signal.throwIfAborted();
      if (id >= (loadedRowCount(embeddings) ?? Number.POSITIVE_INFINITY)) {
        return;
      }
      const tokenizer = this.context.tokenizer();
      if (tokenizer !== this.tokenizer) {
        this.tokenizer = tokenizer;
        this.page = tokenFactsView(tokenizer, id);
      }
      this.amend({ model: modelView(model) }, signal);
      const start = performance.now();
      await Promise.all([
        // Only of tokens it is known what a row so near the mean says, and sample vectors were never trained.
        this.addMeasures(id, !model.isSample && model.vectors === undefined, signal),
        this.addCosines(id, model.rowCount, signal),
        this.addNeighbors(id, metrics, signal),
      ]);
      this.amend({ milliseconds: performance.now() - start }, signal);
    } catch (error) {
      if (!signal.aborted && !(error instanceof ModelUndecidedError || isCancellation(error))) {
        onFailure(error);
      }
    }
  }

  private async addMeasures(id: number, judges: boolean, signal: AbortSignal): Promise<void> {
    const measured = await this.context.embeddings.ask('measureToken', id, signal);
    const { norm, normPercentile, norms, centroidDistance, centroidPercentile } = measured;
    const underTrained = judges ? underTrainedSentence(measured) : undefined;
    const measures: TokenMeasuresView = {
      norm,
      normPercentile,
      norms: distributionView(norms),
      centroidDistance,
      centroidPercentile,
      ...(underTrained !== undefined && { underTrained }),
    };
    this.amend({ measures }, signal);
  }

  private async addCosines(id: number, rowCount: number, signal: AbortSignal): Promise<void> {
    const variants = this.page?.variants ?? [];
    // A tokenizer may have more tokens than the matrix has rows.
    const others = variants.flatMap(({ pieces: [piece, ...rest] }) =>
      piece && rest.length === 0 && piece.id < rowCount ? piece.id : [],
    );
    if (others.length === 0) {
      return;
    }
    const queries = [id, ...others].map((token) => vectorOfTerms([{ weight: 1, id: token }]));
    const { scores } = await this.context.embeddings.ask('compare', queries, signal);
    const cosines = new Map(others.map((other, index) => [other, scores.cosine[index + 1]]));
    const withCosines = variants.map((variant): TokenVariantView => {
      const [piece, ...rest] = variant.pieces;
      const cosine = piece && rest.length === 0 ? cosines.get(piece.id) : undefined;
      return { ...variant, ...(cosine !== undefined && !Number.isNaN(cosine) && { cosine }) };
    });
    this.amend({ variants: withCosines }, signal);
  }

  private async addNeighbors(
    id: number,
    metrics: readonly [Metric, Metric],
    signal: AbortSignal,
  ): Promise<void> {
    const { embeddings, tokenizer } = this.context;
    this.amend({ neighbors: await neighborsUnderTwo(embeddings, tokenizer(), id, metrics, signal) }, signal);
  }

  private amend(part: Partial<TokenPageView>, signal: AbortSignal): void {
    if (this.page && !signal.aborted) {
      this.page = { ...this.page, ...part };
      this.context.onChange();
    }
  }
}
