import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { inSlices } from '../inSlices';
import { HuggingFaceTokenizer } from './huggingFaceTokenizer';
import { namingFile } from './namingFile';
import type { TokenizerTables } from './tokenizerTables';

/** Makes a tokenizer of its tables; see {@link MakeTokenizer}. */
export function makeTokenizer(
  file: string,
  name: string,
  tables: TokenizerTables,
  signal?: AbortSignal,
): Promise<Tokenizer> {
  return namingFile(file, () => inSlices(HuggingFaceTokenizer.of(name, tables), signal));
}
