import type { TokenLabel } from './tokenLabel';

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
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
  /** How many neighbours are asked for, 1 … 1000. */
  readonly k: number;
  /** Which of the three views over one query is shown. */
  readonly view: PanelViewName;
  readonly metric: Metric;
  readonly filter: FilterView;
  /** Space and case variants are folded into one row that opens. */
  readonly isFolded: boolean;
  /** False while the panel follows the cursor of the active editor. */
  readonly isPinned: boolean;
  /** The texts that are compared; undefined until the view was opened. */
  readonly compare?: CompareView;
  /** The page of one token; undefined where the query is none (no query, several tokens). */
  readonly tokenPage?: TokenPageView;
  /** What the last Verify Similarity of this query found. */
  readonly verification?: VerificationView;
}

export type PanelViewName = 'neighbors' | 'compare' | 'token';

/** How alike two vectors are; `euclidean` is a distance, the smallest is the best. */
export type Metric = 'cosine' | 'centered' | 'dot' | 'euclidean';

export const METRICS: readonly Metric[] = ['cosine', 'centered', 'dot', 'euclidean'];

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
}

export const NO_FILTER: FilterView = { space: 'any', wordLike: false, hideByteFragments: false, text: '' };

/** State of the embeddings, as in the status bar. */
export type EmbeddingsView =
  | { readonly state: 'none' }
  | { readonly state: 'locating' }
  /** No model is at hand: the panel asks what to do, and nothing happens before the answer. */
  | { readonly state: 'undecided'; readonly offer: DownloadOfferView }
  | { readonly state: 'downloading'; readonly download: DownloadView }
  | {
      readonly state: 'building';
      readonly model: ModelView;
      readonly rowsDone: number;
      readonly rowCount: number;
    }
  | { readonly state: 'ready'; readonly model: ModelView }
  | FailedView;

export interface FailedView {
  readonly state: 'failed';
  /** One sentence that names the file or server and the cause. */
  readonly reason: string;
  /** What was kept or tried, such as `64.8 of 154.4 MB are kept.` */
  readonly detail?: string;
  /** The server cannot send a part of the file: the user may decide to have all of it sent. */
  readonly wholeFile?: { readonly bytes: number };
}

/** What a download would fetch. */
export interface DownloadOfferView {
  /** Such as `GPT-2 (124M)`. */
  readonly name: string;
  /** Such as `openai-community/gpt2`. */
  readonly repository: string;
  /** Host of the server, such as `huggingface.co`. */
  readonly host: string;
  /** True where the model's own tokenizer is fetched as well. */
  readonly fetchesTokenizer?: boolean;
  /** Bytes that would be fetched, of a file of `fileBytes`; undefined where that is not known before the first request. */
  readonly tensorBytes?: number;
  readonly fileBytes?: number;
}

export interface DownloadView extends DownloadOfferView {
  /** Commit or branch, shortened for people. */
  readonly revision: string;
  readonly tensorName?: string;
  readonly bytesDone: number;
  /** 0 while it is not known yet. */
  readonly bytesTotal: number;
  /** 0 while it is not known yet. */
  readonly bytesPerSecond: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
  /** Why it does not go on just now, such as `huggingface.co asks to wait 30 s.` */
  readonly waiting?: string;
}

export interface ModelView {
  readonly name: string;
  /** True: every number comes from sample vectors, and the panel says so in a notice that cannot be closed. */
  readonly isSample: boolean;
  /** True when the values agree with the published fingerprint of GPT-2 small. */
  readonly isVerified: boolean;
  readonly path: string;
  readonly tensorName: string;
  readonly dtype: string;
  readonly rowCount: number;
  readonly dimension: number;
  readonly warnings: readonly string[];
}

export interface QueryView {
  /** What the user typed or pointed at, such as `banana` or `#16073`. */
  readonly text: string;
  /** Tokens of the chosen form, in order. */
  readonly pieces: readonly TokenView[];
  /** The forms that can be meant, the chosen one marked. Empty for `#id`. */
  readonly forms: readonly FormView[];
  /**
   * The vectors that can be searched for the chosen form; one entry when it is a single token, else the mean of the
   * pieces first, then each piece alone.
   */
  readonly vectors: readonly VectorView[];
  /** Set where the text is a formula of several operands, such as `king - man + woman`. Then `pieces` are all of its tokens. */
  readonly formula?: FormulaView;
  /** Why the text cannot be read: points at a part of it. Then nothing is searched. */
  readonly syntaxError?: SyntaxErrorView;
}

export interface FormulaView {
  /** Each word, string or id of the formula in its order, with the tokens that it became and its weight. */
  readonly operands: readonly OperandView[];
  /** The answer leaves the tokens of the formula itself out. */
  readonly excludesInputs: boolean;
}

export interface OperandView {
  /** UTF-16 range in the text. */
  readonly start: number;
  readonly end: number;
  readonly weight: number;
  readonly pieces: readonly TokenView[];
}

export interface SyntaxErrorView {
  readonly message: string;
  /** UTF-16 range in the text; empty at its end where something is missing. */
  readonly start: number;
  readonly end: number;
}

export type FormKind = 'bare' | 'leadingSpace' | 'inDocument';

export interface FormView {
  readonly kind: FormKind;
  readonly selected: boolean;
  readonly pieces: readonly TokenView[];
  /** Line of the document, counted from 1, for `inDocument`. */
  readonly line?: number;
}

export interface VectorView {
  /** `mean`, or the number of a piece counted from 0. */
  readonly choice: 'mean' | number;
  readonly selected: boolean;
  readonly pieces: readonly TokenView[];
}

export interface TokenView {
  readonly id: number;
  readonly label: TokenLabel;
  /** The token with visible white space on one line (`␣Mike`, `↵`, `\xe4`), for names, tooltips and copying as text. */
  readonly plain: string;
  /** For screen readers, such as `space Mike`. */
  readonly spoken: string;
}

export interface AnswerView {
  readonly metric: Metric;
  readonly neighbors: readonly NeighborView[];
  /** Mean score of the query over all tokens; for `euclidean` the root of the mean square. */
  readonly averageScore: number;
  /** How the scores of all tokens are distributed. */
  readonly distribution?: DistributionView;
  readonly map?: MapView;
  /** The metric whose ranks `previousRank` tells: the one shown before, for the same query. */
  readonly previousMetric?: Metric;
  /** What gave the answer. */
  readonly source: 'graph' | 'index' | 'loop';
  /** Time in the engine in milliseconds. */
  readonly milliseconds: number;
  /** The model that gave this answer. */
  readonly model: ModelView;
}

export interface NeighborView {
  /** Counted from 1. */
  readonly rank: number;
  readonly token: TokenView;
  /** By the metric of the answer. */
  readonly score: number;
  readonly norm: number;
  /** True for the tokens of the query itself. */
  readonly isQuery: boolean;
  /** Spelling without leading space and case: equal ones fold into one row. Empty for tokens that never fold. */
  readonly foldKey: string;
  /** Rank under `previousMetric`, counted from 1. */
  readonly previousRank?: number;
  /** Score and rank under each metric, once they were asked for (the selected row asks). */
  readonly underMetrics?: readonly MetricPlaceView[];
}

export interface MetricPlaceView {
  readonly metric: Metric;
  readonly score: number;
  /** Counted from 1, among all tokens that are ranked. */
  readonly rank: number;
}

/** How many tokens score how much. */
export interface DistributionView {
  /** The scores from which the first bin begins and at which the last one ends. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  /** How many tokens are counted. */
  readonly total: number;
}

/** The neighbourhood on its two first principal components. */
export interface MapView {
  readonly query: readonly [number, number];
  /** One point a neighbour, best first; may be fewer than the neighbours. */
  readonly points: readonly (readonly [number, number])[];
  /** Shares of the spread on the two axes, 0 … 1. */
  readonly explained: readonly [number, number];
  /** Drawn hollow: the map shows this point beside others than its true neighbours. */
  readonly misplaced: readonly boolean[];
}

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
  readonly syntaxError?: SyntaxErrorView;
}

/** Everything about two vectors. */
export interface PairView {
  /** The values by dimension, as the checkpoint holds them; of several tokens their mean of unit vectors. */
  readonly a: readonly number[];
  readonly b: readonly number[];
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
  /** By row, then column; null where either is more than one token. */
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

/** All about one token. */
export interface TokenPageView {
  readonly token: TokenView;
  /** Its bytes. */
  readonly bytes: readonly number[];
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
  /** Ids that encoding the token's text gives. */
  readonly encodesTo: readonly TokenView[];
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
  /** Cosine with the token; undefined where the variant is more than one token or nothing is loaded. */
  readonly cosine?: number;
}

export interface MetricNeighborsView {
  readonly metric: Metric;
  readonly neighbors: readonly {
    readonly rank: number;
    readonly token: TokenView;
    readonly score: number;
    /** Rank under the other of the two metrics, counted from 1. */
    readonly otherRank: number;
  }[];
}

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
