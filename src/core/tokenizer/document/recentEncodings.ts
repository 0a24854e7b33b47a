import type { Encoding } from '../encoding';
import type { Tokenizer } from '../tokenizer';
import type { DocumentChunk } from './documentChunk';

/** What is kept: more chunks than a screen shows, but of long ones only few. */
const MAX_CHUNKS = 64;
const MAX_UNITS = 128 * 1024;
/**
 * What a chunk counts at most. One that cannot be cut may be longer than all that is kept, and takes longest to tokenize: it must not
 * be pushed out by the chunks beside it, which are asked for together with it. Two such are not kept.
 */
const MAX_COUNTED = 0.75 * MAX_UNITS;

/** The tokens of the chunks that were asked for last: what is on the screen is asked for again and again. */
export class RecentEncodings {
  /** The longest unused first. */
  private readonly encodings = new Map<DocumentChunk, Encoding>();
  private units = 0;

  constructor(private readonly tokenizer: Tokenizer) {}

  of(chunk: DocumentChunk): Encoding {
    const known = this.encodings.get(chunk);
    if (known !== undefined) {
      this.encodings.delete(chunk);
      this.encodings.set(chunk, known);
      return known;
    }
    const encoding = this.tokenizer.encodeWithOffsets(chunk.text);
    this.keep(chunk, encoding);
    return encoding;
  }

  /** Takes the tokens of a chunk that were worked out elsewhere. */
  keep(chunk: DocumentChunk, encoding: Encoding): void {
    this.encodings.set(chunk, encoding);
    this.units += countedLength(chunk);
    this.forgetOldest();
  }

  private forgetOldest(): void {
    for (const chunk of this.encodings.keys()) {
      const isMuch = this.encodings.size > MAX_CHUNKS || this.units > MAX_UNITS;
      if (!isMuch || this.encodings.size === 1) {
        return;
      }
      this.encodings.delete(chunk);
      this.units -= countedLength(chunk);
    }
  }
}

function countedLength({ length }: DocumentChunk): number {
  return Math.min(length, MAX_COUNTED);
}
