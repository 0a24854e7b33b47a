import { CheckpointError } from '../../core/safetensors/checkpointError';
import { TokenizerDocumentError } from './documentFields';

/**
 * What is wrong with a document is said without the file's name, which is added here.
 *
 * @throws {CheckpointError} where `read` throws a {@link TokenizerDocumentError}.
 */
export async function namingFile<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TokenizerDocumentError) {
      throw new CheckpointError(error.reason, file, error.message, { cause: error });
    }
    throw error;
  }
}
