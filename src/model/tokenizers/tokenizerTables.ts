import { type AddedToken, readAddedTokens } from './addedTokens';
import { type BpeModel, checkTokenId, readBpeModel } from './bpeModel';
import { isObject, listOf, malformed, named, objectOf } from './documentFields';
import { type Normalize, readNormalization, readPrependScheme } from './normalization';
import { type PreTokenize, readPreTokenization } from './preTokenization';
import type { TranslatePattern } from './searchPattern';

/**
 * A tokenizer.json, checked and made ready. The format is that of Hugging Face's library `tokenizers`; fields that only
 * matter for whole model inputs (truncation, padding, post-processor) are not read.
 */
export interface TokenizerDocument {
  readonly normalize: readonly Normalize[];
  readonly preTokenize: readonly PreTokenize[];
  readonly model: BpeModel;
  readonly addedTokens: readonly AddedToken[];
  /** Each token as the file spells it, by id; undefined at ids that no token has. */
  readonly tokens: readonly (string | undefined)[];
  /** Whether tokens are spelled in GPT-2's byte alphabet. Else they are text with single bytes as `<0xE4>`. */
  readonly isByteLevel: boolean;
  /** The character that stands for a space in tokens, such as `▁`. */
  readonly spaceStandIn: string | undefined;
  /** Whether decoding drops a space at the beginning, which encoding has put there. */
  readonly dropsFirstSpace: boolean;
}

/** @throws {TokenizerDocumentError} */
export async function readTokenizerDocument(
  json: unknown,
  translate: TranslatePattern,
): Promise<TokenizerDocument> {
  if (!isObject(json)) {
    throw malformed('it is not a JSON object.');
  }
  const normalization = readNormalization(json.normalizer, translate);
  const preTokenization = readPreTokenization(json.pre_tokenizer, translate);
  const { isByteLevel } = preTokenization;
  const { model, idsByToken } = await readBpeModel(json.model, isByteLevel);
  const addedTokens = readAddedTokens(json.added_tokens, checkTokenId);
  return {
    normalize: normalization.steps,
    preTokenize: preTokenization.steps,
    model,
    addedTokens,
    tokens: tokensById(idsByToken, addedTokens),
    isByteLevel,
    spaceStandIn: preTokenization.spaceStandIn ?? normalization.spaceStandIn,
    dropsFirstSpace: !isByteLevel && dropsFirstSpace(json.decoder),
  };
}

function tokensById(
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

/** True for a `Strip` at the start within a sequence, and for `Metaspace` where that prepends. */
function dropsFirstSpace(decoder: unknown): boolean {
  if (decoder === undefined || decoder === null) {
    return false;
  }
  const step = objectOf(decoder, 'the decoder');
  switch (step.type) {
    case 'Sequence':
      // One level: published files have no sequence within a sequence.
      return listOf(step.decoders, 'the list of decoders').some(
        (each) => isObject(each) && each.type !== 'Sequence' && dropsFirstSpace(each),
      );
    case 'Strip':
      return step.content === ' ' && typeof step.start === 'number' && step.start > 0;
    case 'Metaspace':
      return readPrependScheme(step) !== 'never';
    default:
      return false;
  }
}
