import type { Encoding } from './encoding';
import type { Tokenizer } from './tokenizer';

/**
 * Stands for the tokenizer of a model whose own is not at hand. No text has tokens, so nothing can name a wrong row; rows are asked for and shown
 * by their numbers.
 */
export class MissingTokenizer implements Tokenizer {
  readonly name = 'no tokenizer';
  readonly vocabularySize = 0;

  /** @param missing What is missing and where to get it, a sentence for people. */
  constructor(readonly missing: string) {}

  encode(): number[] {
    return [];
  }

  encodeWithOffsets(): Encoding {
    return { ids: [], offsets: [] };
  }

  decode(ids: readonly number[]): string {
    ids.forEach(refuse);
    return '';
  }

  hasToken(): boolean {
    return false;
  }

  tokenBytes(id: number): Uint8Array {
    return refuse(id);
  }
}

function refuse(id: number): never {
  throw new RangeError(`There is no tokenizer to say what token ${String(id)} is.`);
}
