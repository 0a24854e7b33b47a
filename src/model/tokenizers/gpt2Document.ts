import { GPT2_MERGES_BASE64 } from '../../core/tokenizer/generated/gpt2Merges';
import { END_OF_TEXT_ID, Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import { BYTE_TOKEN_COUNT } from '../../core/tokenizer/byteAlphabet';
import { MergeTable } from '../../core/tokenizer/mergeTable';
import { bytesSpelledBy } from './alignedText';
import { isObject, type JsonObject } from './documentFields';

/** SHA-256 of the tokenizer.json that is published with all sizes of GPT-2. */
export const GPT2_TOKENIZER_SHA256 = '8414cab924d8b9b33013f0d221c5862f365ee9be39c5c2bfae8a5a9e970478a6';

/**
 * Whether a tokenizer.json, however it is laid out, describes GPT-2's tokenizer: the same tokens, merges and steps. Later
 * versions of Hugging Face's library write the same tokenizer with other fields and pairs instead of lines for merges.
 */
export function describesGpt2(json: unknown): boolean {
  if (!isObject(json) || !isObject(json.model) || !isObject(json.model.vocab)) {
    return false;
  }
  const { model } = json;
  return (
    (model.type ?? 'BPE') === 'BPE' &&
    (model.byte_fallback ?? false) === false &&
    (json.normalizer ?? null) === null &&
    isPlainByteLevel(json.pre_tokenizer) &&
    hasOnlyEndOfText(json.added_tokens) &&
    hasGpt2Merges(json.model.vocab, model.merges)
  );
}

function isPlainByteLevel(step: unknown): boolean {
  return (
    isObject(step) &&
    step.type === 'ByteLevel' &&
    step.add_prefix_space === false &&
    (step.use_regex ?? true) === true
  );
}

function hasOnlyEndOfText(tokens: unknown): boolean {
  const [token, ...others] = Array.isArray(tokens) ? (tokens as readonly unknown[]) : [];
  return (
    others.length === 0 &&
    isObject(token) &&
    token.id === END_OF_TEXT_ID &&
    token.content === '<|endoftext|>' &&
    token.special === true &&
    ['lstrip', 'rstrip', 'single_word'].every((key) => (token[key] ?? false) === false)
  );
}

/** Whether a vocabulary, such as that of a vocab.json, is GPT-2's: its tokens with their ids, and no others. */
export function isGpt2Vocabulary(vocab: unknown): boolean {
  const entries = isObject(vocab) ? Object.entries(vocab) : [];
  // Before anything is made: most files end here.
  if (entries.length !== END_OF_TEXT_ID + 1) {
    return false;
  }
  const gpt2 = Gpt2Tokenizer.shared();
  return entries.every(([token, id]) => {
    const bytes = bytesSpelledBy(token);
    return (
      typeof id === 'number' &&
      gpt2.hasToken(id) &&
      bytes !== undefined &&
      Buffer.from(gpt2.tokenBytes(id)).equals(bytes)
    );
  });
}

function hasGpt2Merges(vocab: JsonObject, merges: unknown): boolean {
  if (!Array.isArray(merges) || !isGpt2Vocabulary(vocab)) {
    return false;
  }
  const table = MergeTable.fromBase64(GPT2_MERGES_BASE64);
  return (
    merges.length === table.tokenCount - BYTE_TOKEN_COUNT &&
    (merges as readonly unknown[]).every((merge, rank) => {
      const pair: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
      const id = BYTE_TOKEN_COUNT + rank;
      return (
        Array.isArray(pair) &&
        pair.length === 2 &&
        vocab[String(pair[0])] === table.leftOf(id) &&
        vocab[String(pair[1])] === table.rightOf(id)
      );
    })
  );
}
