import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { openFileByteReader } from '../fileByteReader';
import { repositoryOf } from '../huggingFaceCache';
import { TokenizerDocumentError } from './documentFields';
import { describesGpt2, GPT2_TOKENIZER_SHA256 } from './gpt2Document';
import { HuggingFaceTokenizer } from './huggingFaceTokenizer';
import { readTokenizerDocument } from './tokenizerTables';

/** Longest tokenizer.json. The longest published ones, for 262,144 tokens with their merges, have 33 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

export interface LoadTokenizerOptions {
  /** What to call it; the repository's or folder's name where nothing is given. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a tokenizer.json. Where it holds GPT-2's own tokenizer, the result is the shared {@link Gpt2Tokenizer}, which is
 * faster; else `@huggingface/tokenizers` is loaded for it.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export async function loadTokenizer(file: string, options: LoadTokenizerOptions = {}): Promise<Tokenizer> {
  const bytes = await readWhole(file, options.signal);
  if (createHash('sha256').update(bytes).digest('hex') === GPT2_TOKENIZER_SHA256) {
    return Gpt2Tokenizer.shared();
  }
  const json = parseJson(bytes, file);
  await nextTurn(undefined, { signal: options.signal });
  if (describesGpt2(json)) {
    return Gpt2Tokenizer.shared();
  }
  try {
    // Loaded when a model needs it: GPT-2 never does.
    const { BPE, SplitPreTokenizer } = await import('@huggingface/tokenizers');
    const document = await readTokenizerDocument(
      json,
      (pattern) => new SplitPreTokenizer({ type: 'Split', pattern, behavior: 'Isolated' }).pattern,
    );
    options.signal?.throwIfAborted();
    const name = options.name ?? repositoryOf(file) ?? path.basename(path.dirname(path.resolve(file)));
    return new HuggingFaceTokenizer(name, document, new BPE(document.model));
  } catch (error) {
    if (error instanceof TokenizerDocumentError) {
      throw new CheckpointError(error.reason, file, error.message, { cause: error });
    }
    throw error;
  }
}

async function readWhole(file: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const reader = await openFileByteReader(file);
  try {
    const size = await reader.size();
    if (size > MAX_TOKENIZER_BYTES) {
      throw new CheckpointError(
        'too-large',
        file,
        `the tokenizer has ${String(size)} bytes, more than the limit of ${String(MAX_TOKENIZER_BYTES)}.`,
      );
    }
    const bytes = new Uint8Array(size);
    await reader.read(0, bytes, signal);
    return bytes;
  } finally {
    await reader.close();
  }
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new CheckpointError('malformed', file, 'the tokenizer is not JSON in UTF-8.', { cause: error });
  }
}
