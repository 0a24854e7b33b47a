import { RankedMerges, type RankedMergesData } from '../../core/tokenizer/tables/rankedMerges';
import { VocabularyTable, type VocabularyTableData } from '../../core/tokenizer/tables/vocabularyTable';
import { readAddedTokens, type AddedToken } from './addedTokens';
import { checkTokenId, readBpeModel } from './bpeModel';
import { isObject, malformed, named, tooLarge } from './documentFields';
import { readTokenizerSteps } from './tokenizerSteps';

/** Longest text of normalizer, pre-tokenizer and decoder together, in UTF-16 units. The longest published ones have about 2,000. */
const MAX_STEPS_LENGTH = 1 << 17;

/** Most characters of all tokens together, in UTF-16 units. A quarter million of them have about two million. */
const MAX_SPELLINGS_LENGTH = 1 << 24;

/**
 * What a tokenizer.json holds, checked: flat memory and little else, so that it is read in one thread and used in another as it is. The
 * format is that of Hugging Face's library `tokenizers`; fields that only matter for whole model inputs (truncation, padding,
 * post-processor) are not read.
 */
export interface TokenizerTables {
  /** Each token as the file spells it. */
  readonly vocabulary: VocabularyTableData;
  readonly merges: RankedMergesData;
  readonly byteFallback: boolean;
  readonly ignoresMerges: boolean;
  readonly addedTokens: readonly AddedToken[];
  /** Ids of those that the model itself does not have. */
  readonly besideModel: readonly number[];
  /** JSON of an object with `normalizer`, `pre_tokenizer` and `decoder`, as the file has them. */
  readonly steps: string;
}

/**
 * @param seed See {@link VocabularyTable.dataOf}.
 * @throws {TokenizerDocumentError}
 */
export function readTokenizerTables(json: unknown, seed: number): TokenizerTables {
  if (!isObject(json)) {
    throw malformed('it is not a JSON object.');
  }
  const { normalizer, pre_tokenizer, decoder } = json;
  const steps = JSON.stringify({ normalizer, pre_tokenizer, decoder });
  if (steps.length > MAX_STEPS_LENGTH) {
    throw tooLarge(
      `its normalizer, pre-tokenizer and decoder have more than ${String(MAX_STEPS_LENGTH)} characters.`,
    );
  }
  // Read for their errors, so that those come before the long work.
  const { isByteLevel } = readTokenizerSteps({ normalizer, pre_tokenizer, decoder });
  const model = readBpeModel(json.model, isByteLevel);
  const addedTokens = readAddedTokens(json.added_tokens, checkTokenId);
  const spellings = spellingsById(model.idsByToken, addedTokens);
  if (spellings.reduce((sum, spelling) => sum + (spelling?.length ?? 0), 0) > MAX_SPELLINGS_LENGTH) {
    throw tooLarge(`its tokens have more than ${String(MAX_SPELLINGS_LENGTH)} characters together.`);
  }
  return {
    vocabulary: VocabularyTable.dataOf(spellings, seed),
    merges: RankedMerges.dataOf(model.pairs, model.merged, seed),
    byteFallback: model.byteFallback,
    ignoresMerges: model.ignoresMerges,
    addedTokens,
    besideModel: addedTokens.filter(({ content }) => !model.idsByToken.has(content)).map(({ id }) => id),
    steps,
  };
}

/** The memory of tables that is handed over to another thread. */
export function buffersOfTables({ vocabulary, merges }: TokenizerTables): ArrayBuffer[] {
  return [
    ...[vocabulary.units.buffer, vocabulary.ends.buffer, vocabulary.isToken.buffer, vocabulary.slots.buffer],
    ...[merges.ranks.pairs.buffer, merges.ranks.slots.buffer, merges.merged.buffer],
  ];
}

function spellingsById(
  idsByToken: ReadonlyMap<string, number>,
  addedTokens: readonly AddedToken[],
): (string | undefined)[] {
  let highest = 0;
  for (const id of idsByToken.values()) {
    highest = Math.max(highest, id);
  }
  for (const { id } of addedTokens) {
    highest = Math.max(highest, id);
  }
  const tokens = new Array<string | undefined>(highest + 1).fill(undefined);
  for (const [token, id] of idsByToken) {
    tokens[id] = token;
  }
  for (const { id, content } of addedTokens) {
    const other = tokens[id];
    if ((other !== undefined && other !== content) || (idsByToken.get(content) ?? id) !== id) {
      throw malformed(
        `the added token ${named(content)} and the vocabulary disagree about its id ${String(id)}.`,
      );
    }
    tokens[id] = content;
  }
  return tokens;
}
