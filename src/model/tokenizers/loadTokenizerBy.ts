import path from 'node:path';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { repositoryOf } from '../huggingFaceCache';
import type { MakeTokenizer, ReadTokenizer } from './tokenizerContents';

export interface LoadTokenizerOptions {
  /** What to call it; the repository's or folder's name where nothing is given. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads the tokenizer of a tokenizer.json. Where that holds GPT-2's own, it is the shared {@link Gpt2Tokenizer}, which is faster.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export type LoadTokenizer = (file: string, options?: LoadTokenizerOptions) => Promise<Tokenizer>;

/** Loads by parts that are given, which may run in another thread or be fetched when the first tokenizer needs them. */
export function loadTokenizerBy({
  read,
  make,
}: {
  readonly read: ReadTokenizer;
  readonly make: MakeTokenizer;
}): LoadTokenizer {
  return async (file, { name, signal } = {}) => {
    const contents = await read(file, signal);
    signal?.throwIfAborted();
    return contents === 'gpt2' ? Gpt2Tokenizer.shared() : make(file, name ?? nameOf(file), contents, signal);
  };
}

function nameOf(file: string): string {
  return repositoryOf(file) ?? path.basename(path.dirname(path.resolve(file)));
}
