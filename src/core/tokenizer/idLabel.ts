import type { Tokenizer } from './tokenizer';
import {
  LONGEST_LABEL_BYTES,
  plainToken,
  quotedToken,
  spokenToken,
  tokenLabel,
  type TokenLabel,
} from './tokenLabel';

/** What a label needs to know of a tokenizer. */
export type LabellingTokenizer = Pick<Tokenizer, 'hasToken' | 'tokenBytes' | 'missing' | 'labelKind'>;

/** How an id of a matrix is shown: by its token, or by the sentence that none has it. Never empty. */
export interface IdLabel {
  readonly label: TokenLabel;
  /** One line of plain text, see {@link plainToken}. */
  readonly plain: string;
  /** For a screen reader, see {@link spokenToken}. */
  readonly spoken: string;
  /** As a string literal, see {@link quotedToken}; in parentheses where there is no text to quote. */
  readonly quoted: string;
}

/**
 * The one way from an id to what is shown of it.
 *
 * @param id Any row of a matrix: it may be a hole of the vocabulary, or lie behind its end.
 * @param longest Bytes of the token that are shown.
 */
export function idLabel(tokenizer: LabellingTokenizer, id: number, longest = LONGEST_LABEL_BYTES): IdLabel {
  const unnamed = unnamedId(tokenizer, id);
  if (unnamed !== undefined) {
    return {
      label: { segments: [{ kind: 'cut', text: unnamed }] },
      plain: unnamed,
      spoken: tokenizer.missing === undefined ? unnamed : `row ${String(id)}`,
      quoted: `(${unnamed})`,
    };
  }
  const bytes = tokenizer.tokenBytes(id);
  return {
    label: tokenLabel(bytes, longest),
    plain: plainToken(bytes, longest),
    spoken: spokenToken(bytes, longest),
    quoted: quotedToken(bytes),
  };
}

/**
 * What stands for an id that has no text, whatever the reason: a hole of the vocabulary or padding behind it, a token of no bytes, or a model
 * without its tokenizer, whose rows have numbers alone. Undefined for an id that has a text.
 */
export function unnamedId(tokenizer: LabellingTokenizer, id: number): string | undefined {
  if (tokenizer.missing !== undefined) {
    return `#${String(id)}`;
  }
  if (!tokenizer.hasToken(id)) {
    return tokenizer.labelKind === undefined ? `no token, id ${String(id)}` : `no label, row ${String(id)}`;
  }
  return tokenizer.tokenBytes(id).length === 0
    ? `empty ${tokenizer.labelKind === undefined ? 'token, id' : 'label, row'} ${String(id)}`
    : undefined;
}
