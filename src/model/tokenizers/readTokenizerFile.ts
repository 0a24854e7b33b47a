import { createHash, randomBytes } from 'node:crypto';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { openFileByteReader } from '../fileByteReader';
import { describesGpt2, GPT2_TOKENIZER_SHA256 } from './gpt2Document';
import { checkJsonBounds } from './jsonBounds';
import { namingFile } from './namingFile';
import type { TokenizerContents } from './tokenizerContents';
import { readTokenizerTables } from './tokenizerTables';

/** Longest tokenizer.json. The longest published ones, for 262,144 tokens with their merges, have 33 MB. */
export const MAX_TOKENIZER_BYTES = 64 * 1024 * 1024;

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
