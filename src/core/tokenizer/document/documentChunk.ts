import { codePointCount } from '../utf8';
import type { ChunkWords } from './chunkWords';

/**
 * What is known of the place where a chunk starts.
 *
 * - `cut`: two code points decide that the tokens of what comes before and of what follows are those of both together. So it is
 *   at the text's beginning.
 * - `seam`: inside a run that has no cuts; the tokens at both sides were looked at, and are those of both together as well.
 * - `open`: inside a run, not looked at yet. Neither the tokens of the chunk nor those of the one before are known.
 */
export type ChunkStart = 'cut' | 'seam' | 'open';

/** A part of a document that is tokenized for itself. An edit replaces chunks; their text never changes. */
export class DocumentChunk {
  /** How many tokens the whole text has here. Undefined until the chunk is tokenized. */
  tokenCount: number | undefined;
  /** How many tokens the chunk's text has, where that is known; they become those of the whole text once it ends at no open place. */
  ownTokenCount: number | undefined;
  /** Undefined until its words are asked for. */
  words: ChunkWords | undefined;
  /** Whether it was found that the chunk cannot be parted, long as it is: so that nobody looks again. */
  isWhole = false;

  private knownCodePoints: number | undefined;

  constructor(
    readonly text: string,
    public start: ChunkStart = 'cut',
  ) {}

  get length(): number {
    return this.text.length;
  }

  /** No chunk starts inside a code point. */
  get codePoints(): number {
    return (this.knownCodePoints ??= codePointCount(this.text));
  }
}
