import { randomBytes } from 'node:crypto';
import { hashKey } from '../../core/labels/keyedHash';
import { WordDictionary } from '../../core/labels/wordDictionary';
import { MissingTokenizer } from '../../core/tokenizer/missingTokenizer';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { inSlices } from '../inSlices';
import { readConvertedLabels } from './convertedFile';
import type { ConvertedVectors } from './convertVectors';

/** The labels of a converted file in place of a tokenizer, and what a user should know about them. */
export interface VectorLabels {
  readonly tokenizer: Tokenizer;
  readonly warning: string | undefined;
}

/**
 * Reads the labels of converted vectors and makes them ready to look words up.
 *
 * @param name What people call the vectors.
 * @throws {CheckpointError} when the converted file cannot be read.
 * @throws The signal's reason when it is aborted.
 */
export async function readVectorLabels(
  { path, labelKind }: Pick<ConvertedVectors, 'path' | 'labelKind'>,
  name: string,
  signal?: AbortSignal,
): Promise<VectorLabels> {
  const labels = await readConvertedLabels(path, signal);
  if (labels.count === 0) {
    const warning =
      'The rows have no labels and are shown by number, such as #12. Put a file with a line for each row beside the vectors, ' +
      'with their name and .labels.txt behind it.';
    return { tokenizer: new MissingTokenizer(warning), warning };
  }
  const random = randomBytes(8);
  const key = hashKey([random.readUInt32LE(), random.readUInt32LE(4)]);
  const dictionary = await inSlices(WordDictionary.of(name, labels, labelKind, key), signal);
  return { tokenizer: dictionary, warning: repeatedText(dictionary.repeated) };
}

function repeatedText(repeated: number): string | undefined {
  if (repeated === 0) {
    return undefined;
  }
  const rows = repeated === 1 ? '1 row has' : `${repeated.toLocaleString('en-US')} rows have`;
  return `${rows} the label of an earlier row: a word means the first row that has it, the others are reached by number, such as #12.`;
}
