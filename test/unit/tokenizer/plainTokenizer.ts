import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';

/** The same tokenizer, of which nothing is known but what every tokenizer has: neither where a text may be cut, nor steps. */
export function plainTokenizer(tokenizer: Tokenizer): Tokenizer {
  return {
    name: 'plain',
    vocabularySize: tokenizer.vocabularySize,
    encode: (text) => tokenizer.encode(text),
    encodeWithOffsets: (text) => tokenizer.encodeWithOffsets(text),
    decode: (ids) => tokenizer.decode(ids),
    hasToken: (id) => tokenizer.hasToken(id),
    tokenBytes: (id) => tokenizer.tokenBytes(id),
  };
}
