import type { AnswerView } from './answerView';
import type { CompareView } from './compareView';
import type { EmbeddingsView } from './embeddingsView';
import type { LeftOutWords } from './leftOutWords';
import type { MapView } from './map/mapView';
import type { Metric } from './metric';
import type { QueryView } from './queryView';
import type { SuggestionsView } from './suggestionsView';
import type { TokenView } from './tokenView';
import type { TokenPageView } from './tokenPageView';

/** Everything that the inspector shows. Always sent whole: a snapshot needs no other message to be understood. */
export interface PanelSnapshot {
  /** Grows with every snapshot of one panel, so that a late one can be told from a new one. */
  readonly revision: number;
  readonly embeddings: EmbeddingsView;
  /** What is asked; undefined while the panel is empty. */
  readonly query?: QueryView;
  /** The answer to `query`; undefined while it is computed or cannot be computed. */
  readonly answer?: AnswerView;
  /** Why the query could not be answered though embeddings are ready: one sentence. */
  readonly queryError?: string;
  /** What an empty query line offers. */
  readonly suggestions: SuggestionsView;
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  /** How many neighbours are asked for, 1 … 1000. */
  readonly k: number;
  /** Which of the four views is shown. */
  readonly view: PanelViewName;
  readonly metric: Metric;
  readonly filter: FilterView;
  /** The tokens of the filter's `excludedIds`, in their order. */
  readonly excludedTokens?: readonly TokenView[];
  /** Space and case variants are folded into one row that opens. */
  readonly isFolded: boolean;
  /** False while the panel follows the cursor of the active editor. */
  readonly isPinned: boolean;
  readonly leftOut: LeftOutWords;
  /** The texts that are compared; undefined until the view was opened. */
  readonly compare?: CompareView;
  /** The page of one token; undefined where the query is none (no query, several tokens). */
  readonly tokenPage?: TokenPageView;
  /** What the last Verify Similarity of this query found. */
  readonly verification?: VerificationView;
  /** The map of all tokens; undefined until the view was opened. */
  readonly map?: MapView;
}

export type PanelViewName = 'neighbors' | 'compare' | 'token' | 'map';

/** Which tokens may be answered. All of it is applied in the search but `minimumScore`, which cuts the answer. */
export interface FilterView {
  readonly space: 'any' | 'with' | 'without';
  /** Only tokens made of letters (after a space). */
  readonly wordLike: boolean;
  readonly hideByteFragments: boolean;
  /** Only tokens whose visible text holds this, whatever the case; empty for all. At most 100 characters. */
  readonly text: string;
  /** Only neighbors that score at least this (at most, for `euclidean`). */
  readonly minimumScore?: number;
  /** Tokens that are left out by hand, whatever else they are; at most {@link MAX_EXCLUDED_IDS}. */
  readonly excludedIds?: readonly number[];
}

/** More would be no filter but a list of its own. */
export const MAX_EXCLUDED_IDS = 200;

export const NO_FILTER: FilterView = { space: 'any', wordLike: false, hideByteFragments: false, text: '' };

/** The plain loop against the fast path. */
export interface VerificationView {
  readonly metric: Metric;
  readonly rows: number;
  readonly loopMilliseconds: number;
  readonly fastMilliseconds: number;
  /** Largest difference of a score between the two. */
  readonly largestDifference: number;
  /** Pearson correlation of all scores of the two. */
  readonly correlation: number;
  /** True when the k best are the same tokens in the same order. */
  readonly sameOrder: boolean;
}
