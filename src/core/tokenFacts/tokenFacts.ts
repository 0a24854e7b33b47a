import type { Tokenizer } from '../tokenizer/tokenizer';
import { isSpecialToken } from './isSpecialToken';
import { mergesOf, mergeTree, type MergeTree } from './mergeTree';
import { spellingVariants, type SpellingVariant } from './spellingVariants';

/** What can be said of a token without its vector. */
export interface TokenFacts {
  readonly id: number;
  /** Empty for a hole, an id that no token has. */
  readonly bytes: Uint8Array;
  /** The token decoded on its own, with U+FFFD for bytes that form no character. */
  readonly text: string;
  /** Whether its bytes are no valid UTF-8 on their own. */
  readonly isByteFragment: boolean;
  /** Whether it is a control token such as `<|endoftext|>`. */
  readonly isSpecial: boolean;
  /** How the merges make it; undefined for special tokens and where the tokenizer's merges are not known. */
  readonly mergeTree: MergeTree | undefined;
  /** Other ways to write it. Empty for byte fragments, special tokens and holes. */
  readonly variants: readonly SpellingVariant[];
  readonly roundTrip: RoundTrip;
}

/** What becomes of a token's text when it is encoded again. */
export interface RoundTrip {
  /** The text's tokens; of a special token, without asking for special tokens, as in any text that a user types. */
  readonly ids: readonly number[];
  /** Whether they are exactly the token. If not, no text made of this token alone gives it: it cannot be typed. */
  readonly isSame: boolean;
}

/** @throws {RangeError} when the id is not an integer from 0 to vocabularySize − 1. */
export function tokenFacts(id: number, tokenizer: Tokenizer): TokenFacts {
  const bytes = tokenizer.tokenBytes(id);
  const valid = validText(bytes);
  const text = valid ?? new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const isSpecial = valid !== undefined && isSpecialToken(id, valid, tokenizer);
  const merges = isSpecial || bytes.length === 0 ? undefined : mergesOf(tokenizer);
  return {
    id,
    bytes,
    text,
    isByteFragment: valid === undefined,
    isSpecial,
    mergeTree: merges === undefined ? undefined : mergeTree(id, merges),
    variants: valid === undefined || isSpecial ? [] : spellingVariants(text, tokenizer),
    roundTrip: roundTrip(id, text, tokenizer),
  };
}

function roundTrip(id: number, text: string, tokenizer: Tokenizer): RoundTrip {
  const ids = tokenizer.encode(text);
  return { ids, isSame: ids.length === 1 && ids[0] === id };
}

function validText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
