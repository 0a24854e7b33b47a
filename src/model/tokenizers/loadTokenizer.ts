import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { openFileByteReader } from '../fileByteReader';
import { repositoryOf } from '../huggingFaceCache';
import { TokenizerDocumentError } from './documentFields';
import { describesGpt2, GPT2_TOKENIZER_SHA256 } from './gpt2Document';
import { inSlices } from '../inSlices';
import { HuggingFaceTokenizer } from './huggingFaceTokenizer';
import { checkJsonBounds } from './jsonBounds';
import { readTokenizerTables, type TokenizerTables } from './tokenizerTables';

/** Longest tokenizer.json. The longest published ones, for 262,144 tokens with their merges, have 33 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

/** What a tokenizer.json holds: GPT-2's own tokenizer, which is built in, or the tables of another. */
export type TokenizerContents = 'gpt2' | TokenizerTables;

/** Reads a tokenizer.json, wherever that may take its time. Throws as {@link readTokenizerFile}. */
export type ReadTokenizer = (file: string, signal?: AbortSignal) => Promise<TokenizerContents>;

export interface LoadTokenizerOptions {
  /** What to call it; the repository's or folder's name where nothing is given. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** {@link readTokenizerFile} where it is not given: in this thread, which it blocks. */
  readonly read?: ReadTokenizer | undefined;
}

/**
 * The tokenizer of a tokenizer.json. Where that holds GPT-2's own, it is the shared {@link Gpt2Tokenizer}, which is faster.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted.
 */
export async function loadTokenizer(file: string, options: LoadTokenizerOptions = {}): Promise<Tokenizer> {
  const { name, signal, read = readTokenizerFile } = options;
  const contents = await read(file, signal);
  signal?.throwIfAborted();
  return contents === 'gpt2'
    ? Gpt2Tokenizer.shared()
    : namingFile(file, () => inSlices(HuggingFaceTokenizer.of(name ?? nameOf(file), contents), signal));
}

/**
 * Reads and checks a tokenizer.json: for 64 MB that takes seconds and a gigabyte, and nothing else runs in the thread meanwhile.
 *
 * @throws {CheckpointError} naming the file and what is wrong with it.
 * @throws The signal's reason when it is aborted while the file is read.
 */
export async function readTokenizerFile(file: string, signal?: AbortSignal): Promise<TokenizerContents> {
  const bytes = await readWhole(file, signal);
  if (createHash('sha256').update(bytes).digest('hex') === GPT2_TOKENIZER_SHA256) {
    return 'gpt2';
  }
  return namingFile(file, () => {
    checkJsonBounds(bytes);
    const json = parseJson(bytes, file);
    return Promise.resolve(
      describesGpt2(json) ? 'gpt2' : readTokenizerTables(json, randomBytes(4).readUInt32LE()),
    );
  });
}

function nameOf(file: string): string {
  return repositoryOf(file) ?? path.basename(path.dirname(path.resolve(file)));
}

/** What is wrong with a document is said without the file's name, which is added here. */
async function namingFile<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
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
