import type { Encoding } from '../../core/tokenizer/encoding';
import type { EncodeOptions, Tokenizer } from '../../core/tokenizer/tokenizer';

/**
 * Tokens that are looked at in one go: what is asked of a whole vocabulary (classes, visible texts, an index of prefixes) takes
 * hundreds of milliseconds for 50,257 tokens, and nothing else can run meanwhile. A multiple of 32, so that
 * slices of bitmaps are whole words.
 */
export const SLICE_TOKENS = 512;

/** A part of a tokenizer's vocabulary as a tokenizer of its own: token ids are counted from its first. */
export class VocabularySlice implements Tokenizer {
  readonly vocabularySize: number;

  constructor(
    private readonly whole: Tokenizer,
    /** Token id of the first. */
    readonly start: number,
  ) {
    this.vocabularySize = Math.min(SLICE_TOKENS, whole.vocabularySize - start);
  }

  get name(): string {
    return this.whole.name;
  }

  /** Ids of tokens that are not in the slice are outside its vocabulary, negative ones too. */
  encode(text: string, options?: EncodeOptions): number[] {
    return this.whole.encode(text, options).map((id) => id - this.start);
  }

  encodeWithOffsets(text: string, options?: EncodeOptions): Encoding {
    const { ids, offsets } = this.whole.encodeWithOffsets(text, options);
    return { ids: ids.map((id) => id - this.start), offsets };
  }

  decode(ids: readonly number[]): string {
    return this.whole.decode(ids.map((id) => id + this.start));
  }

  hasToken(id: number): boolean {
    return id >= 0 && id < this.vocabularySize && this.whole.hasToken(id + this.start);
  }

  tokenBytes(id: number): Uint8Array {
    return this.whole.tokenBytes(id + this.start);
  }
}

/** A vocabulary cut into slices, by rising id. */
export function vocabularySlices(tokenizer: Tokenizer): VocabularySlice[] {
  const count = Math.ceil(tokenizer.vocabularySize / SLICE_TOKENS);
  return Array.from({ length: count }, (_, index) => new VocabularySlice(tokenizer, index * SLICE_TOKENS));
}
