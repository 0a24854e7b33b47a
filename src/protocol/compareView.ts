import type { ModelView } from './embeddingsView';
import type { Metric } from './metric';
import type { SyntaxErrorView } from './queryView';
import type { TokenView } from './tokenView';

/** Two or more texts side by side. */
export interface CompareView {
  readonly mode: 'pair' | 'matrix';
  readonly items: readonly CompareItemView[];
  /** Numbers of the two items that the pair is made of, counted from 0. */
  readonly pairOf: readonly [number, number];
  /** Undefined while it is computed, or fewer than two items have vectors. */
  readonly pair?: PairView;
  readonly matrix?: MatrixView;
  /** Why there is none: one sentence. */
  readonly error?: string;
  /** The model that gave the figures. */
  readonly model?: ModelView;
  readonly milliseconds?: number;
}

/** Most texts that are compared: a matrix of more could not be read. */
export const MAX_COMPARED = 40;

export interface CompareItemView {
  /** What was typed: a word, `" Mike"`, `#id` or a formula. */
  readonly text: string;
  /** Its tokens; empty where the text cannot be read. */
  readonly pieces: readonly TokenView[];
  /** Set where the vector is computed from rows, as of `2*king`: then a single piece is not what is compared. */
  readonly isFormula?: boolean;
  /** Why it has no vector: the text cannot be read, or one of its tokens has no row of numbers. */
  readonly syntaxError?: SyntaxErrorView;
}

/** The token whose row is compared; undefined where it is the mean of several, or a formula. */
export function comparedToken({ pieces, isFormula }: CompareItemView): TokenView | undefined {
  return pieces.length === 1 && isFormula !== true ? pieces[0] : undefined;
}

/** Everything about two vectors. */
export interface PairView {
  /** The values by dimension, as the checkpoint holds them; of several tokens the sum of unit vectors, as the cosine compares them. */
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** Under each metric the score that a list of neighbors shows: of several tokens only `cosine` is that of `a` and `b`. */
  readonly cosine: number;
  readonly centered: number;
  readonly dot: number;
  readonly euclidean: number;
  /** Pearson correlation of the values, −1 … 1. */
  readonly pearson: number;
  readonly norms: readonly [number, number];
  /** Shares of all tokens with a smaller norm, 0 … 1. */
  readonly normPercentiles: readonly [number, number];
  /** Rank of b among the neighbors of a by cosine, counted from 1; only where b is one token. */
  readonly rankOfB?: number;
  /** Mean of the metric over pairs of tokens of the vocabulary: what "unrelated" looks like. */
  readonly averageCosine: number;
  readonly averageCentered: number;
  /** The dimensions whose products are largest in magnitude, largest first. */
  readonly dimensions: readonly DimensionView[];
  /** The same pair with leading space and case variants, by cosine. */
  readonly variants?: VariantTableView;
}

export interface DimensionView {
  readonly dimension: number;
  readonly a: number;
  readonly b: number;
  /** What this dimension adds to the cosine: a · b / (‖a‖‖b‖). */
  readonly share: number;
}

export interface VariantTableView {
  readonly rows: readonly VariantView[];
  readonly columns: readonly VariantView[];
  /** By row, then column; null where either is more than one token, or has no row of numbers. */
  readonly cosines: readonly (readonly (number | null)[])[];
}

/** A spelling variant of a word. */
export interface VariantView {
  readonly text: string;
  readonly pieces: readonly TokenView[];
  readonly isOriginal: boolean;
}

export interface MatrixView {
  readonly metric: Metric;
  /** Scores by row, then column, in the order of the items; null where an item has no vector. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Mean over pairs of tokens of the vocabulary, for `cosine` and `centered`. */
  readonly average?: number;
}
