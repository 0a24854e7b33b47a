import type { TokenView } from './tokenView';

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

/** `automatic`: the form that is one token, where there is one. */
export type FormChoice = FormKind | 'automatic';

/** Why a form was taken that nobody chose. */
export const FORM_REASONS = ['oneTokenInDocument', 'oneToken', 'noneIsOneToken'] as const;
export type FormReason = (typeof FORM_REASONS)[number];

export interface FormView {
  /** `automatic` in formulas only: each word has its own. */
  readonly kind: FormChoice;
  readonly selected: boolean;
  readonly pieces: readonly TokenView[];
  /** Line of the document, counted from 1, for `inDocument`. */
  readonly line?: number;
  /** Set where it was taken by itself. */
  readonly reason?: FormReason;
}

export interface VectorView {
  /** `mean`, or the number of a piece counted from 0. */
  readonly choice: 'mean' | number;
  readonly selected: boolean;
  readonly pieces: readonly TokenView[];
}
