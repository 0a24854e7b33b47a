import path from 'node:path';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { MissingTokenizer } from '../../core/tokenizer/missingTokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { ModelIdentity } from '../modelLocation';
import { evidenceAgainstGpt2 } from './gpt2Evidence';
import type { LoadTokenizer } from './loadTokenizerBy';

const TOKENIZER_FILE = 'tokenizer.json';

/**
 * The tokenizer of a model: that of the tokenizer.json beside its checkpoint, or GPT-2's for the sample vectors and where
 * there is no such file and nothing speaks against it ({@link evidenceAgainstGpt2}); else a {@link MissingTokenizer}.
 *
 * @param load Loads a tokenizer.json.
 * @throws {CheckpointError} when there is a tokenizer.json that cannot be used. There is no falling back then: ids
 *   of another tokenizer would name wrong rows.
 * @throws The signal's reason when it is aborted.
 */
export async function tokenizerForModel(
  identity: Pick<ModelIdentity, 'isSample' | 'isVerified' | 'path' | 'name' | 'tensorName' | 'rowCount'>,
  load: LoadTokenizer,
  signal?: AbortSignal,
): Promise<Tokenizer> {
  if (identity.isSample || identity.path === '') {
    return Gpt2Tokenizer.shared();
  }
  const file = path.join(path.dirname(identity.path), TOKENIZER_FILE);
  try {
    return await load(file, { name: identity.name, signal });
  } catch (error) {
    if (CheckpointError.is(error) && error.reason === 'not-found') {
      const against = await evidenceAgainstGpt2(identity);
      return against === undefined ? Gpt2Tokenizer.shared() : new MissingTokenizer(missingText(against));
    }
    throw error;
  }
}

/**
 * What a user should know about a tokenizer and a matrix that do not seem to belong together. More rows than tokens are
 * normal: matrices are padded.
 *
 * @returns A sentence, or undefined when nothing is odd.
 */
export function vocabularyWarning(
  tokenizer: Tokenizer,
  { rowCount }: Pick<ModelIdentity, 'rowCount'>,
): string | undefined {
  if (tokenizer.missing !== undefined) {
    return tokenizer.missing;
  }
  if (tokenizer.vocabularySize > rowCount) {
    return (
      `The tokenizer ${tokenizer.name} has ${counted(tokenizer.vocabularySize)} tokens ` +
      `and the matrix only ${counted(rowCount)} rows: ` +
      'tokens beyond them have no vector.'
    );
  }
  return undefined;
}

/** @param against The end of a sentence that says what speaks against GPT-2's. */
function missingText(against: string): string {
  return (
    `The model's tokenizer is not at hand, and GPT-2's is not taken for it: ${against}. Its rows are shown by number, such as #12. ` +
    'Put the tokenizer.json of the same model beside the checkpoint; SentencePiece files such as tokenizer.model are not read.'
  );
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
