import { codePointCount } from '../utf8';
import type { TokenRange } from '../encoding';
import type { ChunkList } from './chunkList';
import type { RecentEncodings } from './recentEncodings';

/** What of a document lies before a place in it. */
export interface TextBefore {
  /** Tokens that begin there. */
  readonly tokens: number;
  readonly codePoints: number;
}

interface ReachedChunk extends TextBefore {
  readonly index: number;
}

const BEGINNING: ReachedChunk = { index: 0, tokens: 0, codePoints: 0 };

/** Tells what lies before places of a document that is tokenized. Places in their order cost only what is between them. */
export class PlacesInText {
  /** The chunk that was asked for last. */
  private reached = BEGINNING;

  constructor(
    private readonly chunks: ChunkList,
    private readonly encodings: RecentEncodings,
  ) {}

  /** The text was edited. */
  forget(): void {
    this.reached = BEGINNING;
  }

  /** @param offset UTF-16 offset, 0 ≤ offset ≤ length. */
  before(offset: number): TextBefore {
    const { index, start } = this.chunks.locate(offset);
    const { tokens, codePoints } = this.beforeChunk(index);
    const chunk = this.chunks.at(index);
    if (chunk === undefined || offset === start) {
      return { tokens, codePoints };
    }
    return {
      tokens: tokens + firstStartingFrom(this.encodings.of(chunk).offsets, offset - start),
      codePoints: codePoints + codePointCount(chunk.text.slice(0, offset - start)),
    };
  }

  private beforeChunk(index: number): TextBefore {
    const from = this.reached.index > index ? BEGINNING : this.reached;
    let { tokens, codePoints } = from;
    for (let i = from.index; i < index; i++) {
      const chunk = this.chunks.at(i);
      tokens += chunk?.tokenCount ?? 0;
      codePoints += chunk?.codePoints ?? 0;
    }
    this.reached = { index, tokens, codePoints };
    return this.reached;
  }
}

/** Index of the first token that starts at a place or behind it: starts never decrease, so it is found by halving. */
function firstStartingFrom(offsets: readonly TokenRange[], place: number): number {
  let first = 0;
  let end = offsets.length;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (offsets[middle][0] >= place) {
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}
