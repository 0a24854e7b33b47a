import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { TokenizerTables } from './tokenizerTables';

/** What a tokenizer.json holds: GPT-2's own tokenizer, which is built in, or the tables of another. */
export type TokenizerContents = 'gpt2' | TokenizerTables;

/** Reads a tokenizer.json, wherever that may take its time. Throws as `readTokenizerFile`. */
export type ReadTokenizer = (file: string, signal?: AbortSignal) => Promise<TokenizerContents>;

/**
 * Makes the tokenizer of a tokenizer.json of what was read from it.
 *
 * @param file Where the tables are from, for errors.
 * @param name What to call the tokenizer.
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export type MakeTokenizer = (
  file: string,
  name: string,
  tables: TokenizerTables,
  signal?: AbortSignal,
) => Promise<Tokenizer>;
