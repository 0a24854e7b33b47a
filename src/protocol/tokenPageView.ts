import type { DistributionView } from './answerView';
import type { VariantView } from './compareView';
import type { ModelView } from './embeddingsView';
import type { Metric } from './metric';
import type { TokenView } from './tokenView';

/** Bytes of a token that its page shows, in its label as well: more than in lists. */
export const MOST_PAGE_BYTES = 1_000;

/** Tokens that are listed of a text that does not become the token again. */
export const MOST_ENCODED = 100;

/** All about one token. */
export interface TokenPageView {
  readonly token: TokenView;
  /** Its first bytes, at most {@link MOST_PAGE_BYTES}. */
  readonly bytes: readonly number[];
  /** How many bytes it has. */
  readonly byteLength: number;
  /** UTF-16 units of its text; the text itself is in the token's label. */
  readonly characters: number;
  readonly isByteFragment: boolean;
  readonly isSpecial: boolean;
  /** How the tokenizer's merges make it, in the order in which they apply; undefined where the tokenizer has none. */
  readonly merges?: MergeTreeView;
  readonly roundTrip: RoundTripView;
  /** Measured from the matrix; undefined while embeddings are not loaded. */
  readonly measures?: TokenMeasuresView;
  readonly variants: readonly TokenVariantView[];
  /** Neighbors under two metrics, once they are there. */
  readonly neighbors?: readonly [MetricNeighborsView, MetricNeighborsView];
  readonly model?: ModelView;
  readonly milliseconds?: number;
}

export interface MergeTreeView {
  readonly steps: readonly MergeStepView[];
  /** All nodes, bytes first, then by step. */
  readonly nodes: readonly MergeNodeView[];
}

export interface MergeStepView {
  readonly left: TokenView;
  readonly right: TokenView;
  readonly result: TokenView;
  /** Number of the merge rule, counted from 1. */
  readonly rule: number;
}

export interface MergeNodeView {
  readonly token: TokenView;
  /** Range of the token's bytes that it covers. */
  readonly start: number;
  readonly end: number;
  /** 0 for a single byte, else one more than the deeper of its two parts. */
  readonly level: number;
}

export interface RoundTripView {
  /** What encoding the token's text gives: the first of the tokens, at most {@link MOST_ENCODED}. */
  readonly encodesTo: readonly TokenView[];
  /** How many they are. */
  readonly encodedCount: number;
  /** Whether that is just this token: others cannot be typed. */
  readonly isSame: boolean;
}

export interface TokenMeasuresView {
  readonly norm: number;
  /** Share of all tokens with a smaller norm, 0 … 1. */
  readonly normPercentile: number;
  readonly norms: DistributionView;
  /** Distance from the mean of all rows. */
  readonly centroidDistance: number;
  readonly centroidPercentile: number;
  /** A sentence where the row lies so near the centroid that it was hardly trained, by measured distance. */
  readonly underTrained?: string;
}

export interface TokenVariantView extends VariantView {
  /** Cosine with the token; undefined where the variant is more than one token, its row is not ranked, or nothing is loaded. */
  readonly cosine?: number;
}

export interface MetricNeighborsView {
  readonly metric: Metric;
  /** Why there are none though all is loaded: a sentence. */
  readonly refusal?: string;
  readonly neighbors: readonly {
    readonly rank: number;
    readonly token: TokenView;
    readonly score: number;
    /** Rank under the other of the two metrics, counted from 1. */
    readonly otherRank: number;
  }[];
}
