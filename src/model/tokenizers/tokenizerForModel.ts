import path from 'node:path';
import { CheckpointError } from '../../core/safetensors/checkpointError';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { ModelIdentity } from '../modelLocation';
import { loadTokenizer, type ReadTokenizer } from './loadTokenizer';

const TOKENIZER_FILE = 'tokenizer.json';

/**
 * Most rows that a matrix for GPT-2's tokenizer has: its 50,257 tokens, some of a trainer's own, and padding up to a multiple
 * of 1,024.
 */
const MOST_ROWS_FOR_GPT2 = 51_200;

/**
 * The tokenizer of a model: that of the tokenizer.json beside its checkpoint, or GPT-2's for the sample vectors and where
 * there is no such file.
 *
 * @param options `read`: see {@link LoadTokenizerOptions.read}.
 * @throws {CheckpointError} when there is a tokenizer.json that cannot be used. There is no falling back then: ids
 *   of another tokenizer would name wrong rows.
 * @throws The signal's reason when it is aborted.
 */
export async function tokenizerForModel(
  identity: Pick<ModelIdentity, 'isSample' | 'path' | 'name'>,
  options: { readonly signal?: AbortSignal | undefined; readonly read?: ReadTokenizer | undefined } = {},
): Promise<Tokenizer> {
  if (identity.isSample || identity.path === '') {
    return Gpt2Tokenizer.shared();
  }
  const file = path.join(path.dirname(identity.path), TOKENIZER_FILE);
  try {
    return await loadTokenizer(file, { name: identity.name, ...options });
  } catch (error) {
    if (CheckpointError.is(error) && error.reason === 'not-found') {
      return Gpt2Tokenizer.shared();
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
  if (tokenizer.vocabularySize > rowCount) {
    return (
      `The tokenizer ${tokenizer.name} has ${counted(tokenizer.vocabularySize)} tokens ` +
      `and the matrix only ${counted(rowCount)} rows: ` +
      'tokens beyond them have no vector.'
    );
  }
  if (tokenizer instanceof Gpt2Tokenizer && rowCount > MOST_ROWS_FOR_GPT2) {
    return (
      `The matrix has ${counted(rowCount)} rows, many more than GPT-2's ${counted(tokenizer.vocabularySize)} tokens, ` +
      'and no tokenizer.json of its own lies beside it: texts are split as GPT-2 splits them, and ids may name wrong rows.'
    );
  }
  return undefined;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
