import fs from 'node:fs/promises';
import path from 'node:path';
import { shownName } from '../../core/foreignText/shownText';
import { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { embeddingCandidates } from '../embeddingNames';
import { readModelConfig } from '../modelConfig';
import type { ModelIdentity } from '../modelLocation';
import { isGpt2Vocabulary } from './gpt2Document';

/** Rows of a matrix for GPT-2's tokenizer: its 50,257 tokens, some of a trainer's own, and padding up to a multiple of 1,024. */
export const MOST_ROWS_FOR_GPT2 = 51_200;

/** Longest vocab.json that is compared. GPT-2's has one MB. */
const MAX_VOCABULARY_BYTES = 4 * 1024 * 1024;

/** Files of tokenizers that are none of GPT-2's, beside a checkpoint. */
const OTHER_TOKENIZERS =
  /^(?:tokenizer\.model(?:\.v\d+\w*)?|tekken(?:_\d+)?\.json|(?:spiece|spm|bpe|sentencepiece(?:\.bpe)?|ice_text)\.model|.*\.spm|vocab\.txt|.*_vocab_.*\.txt|.*\.tiktoken)$/i;

/** Says of which class a model's tokenizer is. */
const TOKENIZER_CONFIG_FILE = 'tokenizer_config.json';
const MAX_TOKENIZER_CONFIG_BYTES = 16 * 1024 * 1024;

/** Classes of tokenizers that may be GPT-2's; the last is what a tokenizer.json alone is. */
const GPT2_CLASSES = /^(?:GPT2|CodeGen|PreTrained)Tokenizer(?:Fast)?$/;

/** Model types that are published with GPT-2's tokenizer, some with a few tokens more. */
const GPT2_TYPES: ReadonlySet<string> = new Set(['gpt2', 'gpt_neo', 'gptj', 'codegen']);

/**
 * What speaks against GPT-2's tokenizer for a model beside which no tokenizer.json lies: other tokenizers' files, a vocabulary that is not
 * GPT-2's, the class of its tokenizer, the model's type and vocabulary size, how its tensor is named, and more rows than padding adds.
 *
 * @returns The end of a sentence, such as `tokenizer.model lies beside it`; undefined where nothing does.
 */
export async function evidenceAgainstGpt2({
  path: file,
  tensorName,
  rowCount,
  isVerified,
}: Pick<ModelIdentity, 'path' | 'tensorName' | 'rowCount' | 'isVerified'>): Promise<string | undefined> {
  if (isVerified) {
    return undefined;
  }
  const folder = path.dirname(file);
  const names: readonly string[] = await fs.readdir(folder).catch(() => []);
  const other = names.find((name) => OTHER_TOKENIZERS.test(name));
  if (other !== undefined) {
    return `${shownName(other)} lies beside it, the file of another tokenizer`;
  }
  const hasVocabulary = names.includes('vocab.json') ? await hasGpt2Vocabulary(folder) : undefined;
  if (hasVocabulary !== undefined) {
    return hasVocabulary ? undefined : 'vocab.json beside it is not that of GPT-2';
  }
  if (rowCount > MOST_ROWS_FOR_GPT2) {
    return `it has ${counted(rowCount)} rows, many more than GPT-2 has tokens`;
  }
  const { modelType, vocabularySizes } = await readModelConfig(folder);
  if (modelType !== undefined && !GPT2_TYPES.has(modelType)) {
    return `config.json says that it is of the type ${shownName(modelType)}`;
  }
  const tokenizerClass = await tokenizerClassIn(folder);
  if (tokenizerClass !== undefined && !GPT2_CLASSES.test(tokenizerClass)) {
    return `tokenizer_config.json says that its tokenizer is ${shownName(tokenizerClass)}`;
  }
  const [size] = vocabularySizes;
  if (size !== undefined && !vocabularySizes.some(isSizeForGpt2)) {
    return `config.json says that it has ${counted(size)} tokens`;
  }
  const isNamedAsOthers =
    embeddingCandidates([tensorName]).length > 0 && !/(?:^|\.)wte\.weight$/.test(tensorName);
  return modelType === undefined && isNamedAsOthers
    ? `its embedding is named ${shownName(tensorName)}, as GPT-2's is not`
    : undefined;
}

const isSizeForGpt2 = (size: number): boolean =>
  size >= Gpt2Tokenizer.shared().vocabularySize && size <= MOST_ROWS_FOR_GPT2;

/** `tokenizer_class` of a tokenizer_config.json; undefined where there is none that says it. */
async function tokenizerClassIn(folder: string): Promise<string | undefined> {
  const file = path.join(folder, TOKENIZER_CONFIG_FILE);
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats?.isFile() !== true || stats.size > MAX_TOKENIZER_CONFIG_BYTES) {
    return undefined;
  }
  try {
    const config: unknown = JSON.parse(await fs.readFile(file, 'utf8'));
    const name =
      typeof config === 'object' && config !== null && 'tokenizer_class' in config
        ? config.tokenizer_class
        : undefined;
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined where it cannot be read, and so says nothing. */
async function hasGpt2Vocabulary(folder: string): Promise<boolean | undefined> {
  const file = path.join(folder, 'vocab.json');
  const stats = await fs.stat(file).catch(() => undefined);
  if (stats?.isFile() !== true) {
    return undefined;
  }
  if (stats.size > MAX_VOCABULARY_BYTES) {
    return false;
  }
  try {
    return isGpt2Vocabulary(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
