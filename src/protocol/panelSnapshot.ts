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
}

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
  readonly metric: 'cosine';
  readonly neighbors: readonly NeighborView[];
  /** Mean similarity of the query with all tokens, −1 … 1. */
  readonly averageSimilarity: number;
  readonly map?: MapView;
  /** Time in the engine in milliseconds. */
  readonly milliseconds: number;
  /** The model that gave this answer. */
  readonly model: ModelView;
}

export interface NeighborView {
  /** Counted from 1. */
  readonly rank: number;
  readonly token: TokenView;
  /** −1 … 1. */
  readonly score: number;
  readonly norm: number;
  /** True for the tokens of the query itself. */
  readonly isQuery: boolean;
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
