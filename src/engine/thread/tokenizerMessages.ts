import type { TokenizerContents } from '../../model/tokenizers/tokenizerContents';
import type { SerializedError } from './serializedError';

/** What the thread of a tokenizer.json is told. */
export interface ToTokenizerThread {
  readonly file: string;
}

/** What it answers. */
export type FromTokenizerThread = { readonly ok: TokenizerContents } | { readonly err: SerializedError };
