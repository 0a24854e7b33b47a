import { AverageCosines } from '../../../core/embedding/analysis/averageCosines';
import { histogramOf } from '../../../core/embedding/analysis/histogram';
import { SortedValues } from '../../../core/embedding/analysis/sortedValues';
import { checkRow } from '../../../core/embedding/queryVector';
import type { EmbeddingSearch } from '../../../core/embedding/search/embeddingSearch';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import type {
  Comparison,
  NeighborRequest,
  QueryVector,
  RankAnswer,
  RankRequest,
  ScoreDistribution,
  TokenMeasure,
  TokenMeasures,
  TokenValues,
  Verification,
} from '../../questions/embeddingEngine';
import { compareQueries } from './compareQueries';
import { rankTokens } from './rankTokens';
import { eachRowWindow } from '../rowWindows';
import { checkMeasuredCount, SimilarityValues, valuesOf } from './similarityValues';
import { verifySearch } from './verifySearch';
import { writeTsv } from './writeTsv';

/** Bars of the two histograms of a token page, which are small. */
const DISTRIBUTION_BINS = 60;

/** Values of all ranked rows, and their histogram. */
interface Measured {
  readonly ofRows: Float64Array;
  readonly sorted: SortedValues;
  readonly distribution: ScoreDistribution;
}

/** What can be asked about the rows of one model beside its nearest rows. What belongs to the model alone is worked out once. */
export class ModelAnalysis {
  private norms: Measured | undefined;
  private centroidDistances: Measured | undefined;
  private averages: Promise<AverageCosines> | undefined;
  private readonly similarities: SimilarityValues;

  /**
   * @param measureCentered Makes `search` know the distances of all rows from the mean row.
   * @param closing Ends what is worked out for all who ask.
   */
  constructor(
    private readonly source: EmbeddingSource,
    private readonly search: EmbeddingSearch,
    private readonly measureCentered: () => Promise<void>,
    private readonly closing: AbortSignal,
  ) {
    this.similarities = new SimilarityValues(search);
  }

  async ranks(request: RankRequest, signal: AbortSignal): Promise<RankAnswer> {
    if (request.metric === 'centered') {
      await this.measureCentered();
      signal.throwIfAborted();
    }
    return rankTokens(this.search, request, signal);
  }

  async compare(queries: readonly QueryVector[], signal: AbortSignal): Promise<Comparison> {
    const start = performance.now();
    const compared = compareQueries(this.search, queries, this.measuredNorms().sorted);
    const { averageCosine, averageCentered } = await this.averageCosines();
    signal.throwIfAborted();
    return { ...compared, averageCosine, averageCentered, milliseconds: performance.now() - start };
  }

  async measureToken(id: number, signal: AbortSignal): Promise<TokenMeasures> {
    checkRow(this.search.norms, id);
    await this.measureCentered();
    signal.throwIfAborted();
    const norms = this.measuredNorms();
    const distances = this.measuredDistances();
    const norm = norms.ofRows[id] ?? NaN;
    const centroidDistance = distances.ofRows[id] ?? NaN;
    return {
      norm,
      normPercentile: norms.sorted.shareBelow(norm),
      norms: norms.distribution,
      centroidDistance,
      centroidPercentile: distances.sorted.shareBelow(centroidDistance),
      centroidDistances: distances.distribution,
    };
  }

  async tokenValues(
    measure: TokenMeasure,
    ids: readonly number[],
    signal: AbortSignal,
  ): Promise<TokenValues> {
    checkMeasuredCount(ids);
    if (
      measure.kind === 'centroidDistance' ||
      (measure.kind === 'similarity' && measure.metric === 'centered')
    ) {
      await this.measureCentered();
      signal.throwIfAborted();
    }
    switch (measure.kind) {
      case 'norm':
        return valuesAmong(this.measuredNorms(), ids);
      case 'centroidDistance':
        return valuesAmong(this.measuredDistances(), ids);
      case 'similarity':
        return this.similarities.measure(measure.query, measure.metric, ids, signal);
    }
  }

  async verify(request: NeighborRequest, signal: AbortSignal): Promise<Verification> {
    if (request.metric === 'centered') {
      await this.measureCentered();
      signal.throwIfAborted();
    }
    return verifySearch(this.source, this.search, request, signal);
  }

  embeddingsTsv(ids: readonly number[], signal: AbortSignal): Promise<string> {
    return writeTsv(this.search, ids, signal);
  }

  private measuredNorms(): Measured {
    return (this.norms ??= measured(this.search.norms));
  }

  /** The distances from the mean row must be known. */
  private measuredDistances(): Measured {
    return (this.centroidDistances ??= measured(this.search.centroidDistances()));
  }

  private averageCosines(): Promise<AverageCosines> {
    this.averages ??= this.readAverages().catch((error: unknown) => {
      // The next comparison tries again.
      this.averages = undefined;
      throw error;
    });
    return this.averages;
  }

  private async readAverages(): Promise<AverageCosines> {
    const averages = new AverageCosines(this.search.meanRow);
    await eachRowWindow(this.source, this.closing, (rows) => {
      averages.add(rows);
    });
    return averages;
  }
}

function measured(ofRows: Float64Array): Measured {
  const sorted = new SortedValues(ofRows);
  return { ofRows, sorted, distribution: histogramOf(ofRows, DISTRIBUTION_BINS) };
}

function valuesAmong({ ofRows, sorted }: Measured, ids: readonly number[]): TokenValues {
  return { values: valuesOf(ofRows, ids), percentiles: sorted.percentiles() };
}
