import type { TextEdit } from '../tokenizer/documentTokens';

/** What a text can hold that is costly or odd for a tokenizer. */
export const SURPRISE_KINDS = [
  'manyTokens',
  'trailingSpace',
  'mixedIndentation',
  'invisibleCharacter',
  'hardlyTrained',
] as const;
export type SurpriseKind = (typeof SURPRISE_KINDS)[number];

/** A place of a text that is costly or odd for its tokenizer. */
export interface Surprise {
  readonly kind: SurpriseKind;
  /** UTF-16 range [start, end), never empty. */
  readonly start: number;
  readonly end: number;
  /** One to three plain sentences, with the tokens in question. */
  readonly message: string;
  readonly fix?: SurpriseFix;
}

/** A change that makes a surprise go, and adds no other of its kind. */
export interface SurpriseFix {
  /** For a menu, such as "Replace by a plain space". */
  readonly title: string;
  readonly edit: TextEdit;
}

/** What a rule finds, in the order of the text; undefined where it has worked for a while and may be interrupted. */
export type SurpriseSteps = Generator<Surprise | undefined, void>;
