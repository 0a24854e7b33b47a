import type { WordForm } from '../../core/query/formula/wordForm';
import type { ModelIdentity } from '../../model/modelLocation';
import type { Metric } from '../../protocol/metric';
import type { FilterView } from '../../protocol/panelSnapshot';

/** What language models and other extensions ask, and what they are answered, before it takes the form that is theirs. */

export interface AnsweredToken {
  readonly id: number;
  /** One line for people: a space as `␣`, a line feed as `↵`, a tab as `→`, bytes as `\xe4`. */
  readonly label: string;
  /** As a string literal: `' Mike'`, `'\xe4'`. */
  readonly quoted: string;
}

export interface TokenInText extends AnsweredToken {
  /** UTF-16 range [start, end) of the text; tokens that share a character have the same or overlapping ranges. */
  readonly start: number;
  readonly end: number;
}

export interface Tokenization {
  /** Name of the tokenizer. */
  readonly tokenizer: string;
  readonly vocabularySize: number;
  /** Tokens of the text. */
  readonly count: number;
  /** The first of them. */
  readonly tokens: readonly TokenInText[];
}

export interface NeighborsQuestion {
  /** A query line: a word, `"a string"`, `#id` or a formula. */
  readonly query: string;
  readonly form: WordForm;
  readonly metric: Metric;
  readonly k: number;
  readonly space: FilterView['space'];
  readonly wordLike: boolean;
}

export const WORD_FORMS: readonly WordForm[] = ['bare', 'leadingSpace'];
export const SPACE_FILTERS: readonly NeighborsQuestion['space'][] = ['any', 'with', 'without'];

/** A query line with the tokens that it means. */
export interface AnsweredQuery {
  readonly text: string;
  readonly form: WordForm;
  /** In the order of the line; of a formula those of all operands. */
  readonly pieces: readonly AnsweredToken[];
  /** How many tokens the line would have in each form; undefined where no word of it can take another. */
  readonly tokenCounts: Readonly<Record<WordForm, number>> | undefined;
  readonly isFormula: boolean;
}

export interface AnsweredNeighbor extends AnsweredToken {
  /** From 1. */
  readonly rank: number;
  readonly score: number;
  /** Euclidean length of the row as the checkpoint holds it. */
  readonly norm: number;
  /** True for a token of the query itself. */
  readonly isQuery: boolean;
}

export interface NeighborsAnswer {
  readonly model: ModelIdentity;
  readonly query: AnsweredQuery;
  readonly metric: Metric;
  /** Best first; fewer than asked for where the filter lets fewer through. */
  readonly neighbors: readonly AnsweredNeighbor[];
  /** Mean score of the query over all tokens; for `euclidean` the root of the mean square. */
  readonly averageScore: number;
  /** Tokens of a formula, which the answer leaves out. */
  readonly excluded: readonly AnsweredToken[];
}

export interface ComparedText extends AnsweredQuery {
  /** Euclidean length of the vector that the cosine compares: a token's row as it is, or a sum of rows at unit length. */
  readonly norm: number;
}

export interface ComparedPair {
  /** Numbers of the texts, from 0; a < b. */
  readonly a: number;
  readonly b: number;
  readonly cosine: number;
  readonly centered: number;
  readonly dot: number;
  readonly euclidean: number;
  readonly pearson: number;
}

export interface ComparisonAnswer {
  readonly model: ModelIdentity;
  readonly texts: readonly ComparedText[];
  /** Every two of them, by a, then b. */
  readonly pairs: readonly ComparedPair[];
  /** Means over all pairs of tokens of the vocabulary: what "unrelated" looks like. */
  readonly averageCosine: number;
  readonly averageCentered: number;
}
