import type * as vscode from 'vscode';

/**
 * What Tokenscope offers to other extensions: types alone, to be copied into an extension as they are. docs/api.md shows how to get
 * a {@link TokenscopeApi}, and says what stays as it is.
 *
 * Everything that is returned is plain, frozen data. Text positions are UTF-16 units, as everywhere in VS Code.
 */
export interface TokenscopeApi {
  /** Grows when something that is here changes its meaning or goes. Additions do not change it. */
  readonly apiVersion: 1;

  /**
   * The tokens of a text, by the tokenizer of the model that was loaded last; GPT-2's until then. No model is loaded for this.
   * Special tokens that are written out, such as `<|endoftext|>`, are text.
   *
   * @param text At most 1,000,000 UTF-16 units.
   */
  tokenize(text: string): Promise<TokenscopeTokenization>;

  /** As many as {@link tokenize} gives, for less work. */
  countTokens(text: string): Promise<number>;

  /**
   * The text of some token ids. Bytes that form no character become U+FFFD.
   *
   * @param ids At most 1,000,000.
   * @throws {RangeError} for an id that the tokenizer does not have.
   */
  decode(ids: readonly number[]): Promise<string>;

  /** The model whose embeddings are loaded; undefined while none is. Loads nothing. */
  currentModel(): TokenscopeModel | undefined;

  /** After {@link currentModel} has changed, with what it is now. {@link tokenize} may give other tokens from then on. */
  readonly onDidChangeModel: vscode.Event<TokenscopeModel | undefined>;

  /**
   * The tokens whose embeddings are nearest to a query's, exact over the whole vocabulary. Loads the user's model where it is on this
   * machine, which may take seconds at the first time; downloads nothing.
   *
   * @param query At most 10,000 UTF-16 units, as in the inspector: a word, a `"string"` with its spaces, a token id (`#16073`) or a
   *   formula (`king - man + woman`). Of several tokens the mean is searched. The tokens of a formula are left out of its answer.
   * @throws {TokenscopeError}
   */
  findNeighbors(query: string, options?: TokenscopeNeighborOptions): Promise<TokenscopeNeighbors>;

  /**
   * How alike the embeddings of two queries are. Loads the model as {@link findNeighbors} does.
   *
   * @throws {TokenscopeError}
   */
  compare(a: string, b: string, options?: TokenscopeQueryOptions): Promise<TokenscopeComparison>;
}

/**
 * Promises are rejected with this where there is no answer; with a TypeError or RangeError for arguments that are not as described
 * here, and with a `vscode.CancellationError` after a cancellation.
 *
 * - `no-model`: no model is on this machine; the command `tokenscope.chooseModel` lets the user choose one
 * - `downloading`: the model is being downloaded at the user's request
 * - `invalid-query`: a query that cannot be read, or that the model cannot answer
 * - `failed`: the model could not be loaded or asked
 */
export interface TokenscopeError extends Error {
  readonly name: 'TokenscopeError';
  readonly code: 'no-model' | 'downloading' | 'invalid-query' | 'failed';
}

export interface TokenscopeToken {
  readonly id: number;
  /** One line for people: a space as `␣`, a line feed as `↵`, a tab as `→`, bytes that are no visible text as `\xe4`. */
  readonly label: string;
}

export interface TokenscopeTokenInText extends TokenscopeToken {
  /** The token's range [start, end) in the text. Tokens that hold parts of one character all have its range. */
  readonly start: number;
  readonly end: number;
}

export interface TokenscopeTokenization {
  /** Name of the tokenizer, such as `GPT-2`. */
  readonly tokenizer: string;
  readonly ids: readonly number[];
  /** One for each id. */
  readonly tokens: readonly TokenscopeTokenInText[];
}

export interface TokenscopeModel {
  /** A short name, such as `gpt2`. */
  readonly name: string;
  /** True for the built-in sample vectors, which are not GPT-2: say so wherever you show a number. */
  readonly isSample: boolean;
  /** True where the values agree with the published fingerprint of GPT-2 small. */
  readonly isVerified: boolean;
  /** Name of the file, without its folder; empty for the sample vectors. */
  readonly file: string;
  /** Name of the embedding tensor, such as `wte.weight`. */
  readonly tensor: string;
  readonly dtype: 'F32' | 'F16' | 'BF16';
  /** Number of rows. */
  readonly vocabularySize: number;
  /** Values in a row. */
  readonly dimension: number;
}

export interface TokenscopeQueryOptions {
  /** How bare words are meant: as they stand (`bare`, the default), or with a space before them, as inside a sentence. */
  readonly form?: 'bare' | 'leadingSpace' | undefined;
  readonly cancellation?: vscode.CancellationToken | undefined;
}

/**
 * `cosine` (−1 … 1), `centered` (the cosine after the mean of all rows is taken away), `dot` (product), `euclidean` (a distance: the
 * smallest is the best).
 */
export type TokenscopeMetric = 'cosine' | 'centered' | 'dot' | 'euclidean';

export interface TokenscopeNeighborOptions extends TokenscopeQueryOptions {
  /** How many, 1 … 1,000; 20 where it is not given. */
  readonly k?: number | undefined;
  /** `cosine` where it is not given. */
  readonly metric?: TokenscopeMetric | undefined;
  /** Only tokens with a leading space, or only those without. */
  readonly space?: 'any' | 'with' | 'without' | undefined;
  /** Only tokens that are letters, after a space or not. */
  readonly wordLike?: boolean | undefined;
}

export interface TokenscopeNeighbor extends TokenscopeToken {
  /** From 1. */
  readonly rank: number;
  readonly score: number;
  /** Euclidean length of the token's embedding. */
  readonly norm: number;
}

export interface TokenscopeNeighbors {
  readonly model: TokenscopeModel;
  readonly metric: TokenscopeMetric;
  /** The tokens that the query means. */
  readonly query: readonly TokenscopeToken[];
  /** Best first; equal scores by id. */
  readonly neighbors: readonly TokenscopeNeighbor[];
  /** The query's mean score over all tokens: what "unrelated" looks like. For `euclidean` the root of the mean square. */
  readonly averageScore: number;
}

export interface TokenscopeComparison {
  readonly model: TokenscopeModel;
  /** The tokens that the queries mean. */
  readonly tokens: readonly [readonly TokenscopeToken[], readonly TokenscopeToken[]];
  readonly cosine: number;
  readonly centered: number;
  readonly dot: number;
  readonly euclidean: number;
  /** Pearson correlation of the values of the two vectors. */
  readonly pearson: number;
  /** Euclidean lengths: of a token's row as the checkpoint holds it; of several tokens that of the sum of their rows at unit length. */
  readonly norms: readonly [number, number];
  /** Means over all pairs of tokens of the vocabulary: what "unrelated" looks like. */
  readonly averageCosine: number;
  readonly averageCentered: number;
}
