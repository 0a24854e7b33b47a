import { AverageCosines } from '../../../core/embedding/analysis/averageCosines';
import { clippedHistogramOf, histogramOf } from '../../../core/embedding/analysis/histogram';
import { SortedValues } from '../../../core/embedding/analysis/sortedValues';
import type { EmbeddingSearch } from '../../../core/embedding/search/embeddingSearch';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import type { ScoreDistribution } from '../../questions/scoreDistribution';
import { eachRowWindow } from '../rowWindows';
import { SimilarityValues } from './similarityValues';

/** Bars of the two histograms of a token page, which are small. */
const DISTRIBUTION_BINS = 60;

/** Values of all ranked rows, and their histogram. */
export interface Measured {
  readonly ofRows: Float64Array;
  readonly sorted: SortedValues;
  readonly distribution: ScoreDistribution;
}

/** What questions about the rows of one model work with. What belongs to the model alone is worked out once. */
export class ModelAnalysis {
  readonly similarities: SimilarityValues;
  private measuredNorms: Measured | undefined;
  private measuredDistances: Measured | undefined;
  private averages: Promise<AverageCosines> | undefined;

  /**
   * @param centerRows Makes `search` know the distances of all rows from the mean row.
   * @param closing Ends what is worked out for all who ask.
   */
  constructor(
    readonly source: EmbeddingSource,
    readonly search: EmbeddingSearch,
    private readonly centerRows: () => Promise<void>,
    private readonly closing: AbortSignal,
  ) {
    this.similarities = new SimilarityValues(search);
  }

  /**
   * Makes the distances of all rows from the mean row known, which the metric `centered` needs too.
   *
   * @throws The signal's reason when it is aborted meanwhile.
   */
  async measureCentered(signal: AbortSignal): Promise<void> {
    await this.centerRows();
    signal.throwIfAborted();
  }

  get norms(): Measured {
    return (this.measuredNorms ??= measured(this.search.norms, clippedHistogramOf));
  }

  /** Distances from the mean row, which must be known: see {@link measureCentered}. */
  get centroidDistances(): Measured {
    return (this.measuredDistances ??= measured(this.search.centroidDistances(), histogramOf));
  }

  averageCosines(): Promise<AverageCosines> {
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

function measured(
  ofRows: Float64Array,
  distributionOf: (values: Float64Array, bins: number) => ScoreDistribution,
): Measured {
  const sorted = new SortedValues(ofRows);
  return { ofRows, sorted, distribution: distributionOf(ofRows, DISTRIBUTION_BINS) };
}
