import type { Encoding } from '../encoding';
import type { RunSeams } from '../runSeams';
import type { Tokenizer } from '../tokenizer';
import type { ChunkList } from './chunkList';
import { type ChunkSizes, placeBetween } from './cutText';
import { type ChunkStart, DocumentChunk } from './documentChunk';
import type { RecentEncodings } from './recentEncodings';

/** UTF-16 units at both sides of a place that decide whether it is inside a run. */
const LOOKED_AT = 8;

/** How many chunks' worth of a long run are tokenized at a stretch, for all but the last to become chunks. */
const AT_A_STRETCH = 8;

/**
 * Parts what has no cuts, such as a megabyte of letters or digits in a row, between tokens: so it is tokenized in steps, and an
 * edit tokenizes a chunk or two as everywhere else.
 *
 * Where a long chunk is parted, only some of what follows was looked at, and an edit may change the tokens before and behind it. So each
 * such place is looked at when both its sides are known. Where the tokens there are not those of both together, both chunks are
 * joined and parted elsewhere; then the next place is looked at, until one is right. In a run of one letter that may be none up to
 * the end: there indeed all tokens have moved.
 *
 * Texts are parted between characters only. One whose tokens hardly ever end with one stays whole, as does 怶 repeated: of its bytes
 * E6 80 B6 the last is merged with the first of the next.
 */
export class LongRuns {
  constructor(
    private readonly chunks: ChunkList,
    private readonly tokenizer: Tokenizer,
    private readonly seams: RunSeams,
    private readonly encodings: RecentEncodings,
    private readonly sizes: ChunkSizes,
  ) {}

  /**
   * Makes a chunk's tokens those that the whole text has there. The chunk starts at no open place; afterwards it ends at none.
   *
   * @returns Its index, lower where chunks before it were joined to it. From there on chunks may be new.
   */
  settle(index: number): number {
    let settled = index;
    this.partLong(settled);
    // Ends: what is joined reaches further each time.
    while (this.chunks.at(settled + 1)?.start === 'open') {
      this.partLong(settled + 1);
      const next = this.chunks.at(settled + 1);
      if (next && this.isSeam(settled + 1)) {
        next.start = 'seam';
      } else {
        settled = this.join(settled);
      }
    }
    return settled;
  }

  private isSeam(index: number): boolean {
    const chunk = this.chunks.at(index);
    return chunk !== undefined && this.staysApart(index, this.encodings.of(chunk));
  }

  private staysApart(index: number, { ids }: Encoding): boolean {
    const before = this.chunks.at(index - 1);
    const last = before && this.encodings.of(before).ids.at(-1);
    return last !== undefined && ids.length > 0 && this.seams.stayApart(last, ids[0]);
  }

  /** Takes the first parts from a chunk that is too long. What follows may change the last tokens of the last of them. */
  private partLong(index: number): void {
    const chunk = this.chunks.at(index);
    const { longest, target } = this.sizes;
    if (chunk === undefined || chunk.isWhole || chunk.length <= longest) {
      return;
    }
    const head = chunk.text.slice(0, AT_A_STRETCH * target);
    const parts = this.partsOf(head, this.tokenizer.encodeWithOffsets(head), chunk.start);
    const last = parts.pop();
    if (last === undefined || parts.length === 0) {
      chunk.isWhole = true;
      return;
    }
    const taken = parts.reduce((sum, { length }) => sum + length, 0);
    const rest = new DocumentChunk(chunk.text.slice(taken), last.start === 'cut' ? 'cut' : 'open');
    this.chunks.repart(index, index + 1, [...parts, rest]);
  }

  /** Joins two chunks that do not have the tokens of both together, and what must be joined to them, and parts them elsewhere. */
  private join(index: number): number {
    const { chunks, tokenizer } = this;
    let first = index;
    const end = index + 2;
    let text = this.textOf(first, end);
    let encoding = tokenizer.encodeWithOffsets(text);
    while (chunks.at(first)?.start === 'seam' && !this.staysApart(first, encoding)) {
      first--;
      text = this.textOf(first, end);
      encoding = tokenizer.encodeWithOffsets(text);
    }
    const parts = this.partsOf(text, encoding, chunks.at(first)?.start ?? 'cut');
    chunks.repart(first, end, parts);
    const next = first + parts.length;
    if (next < chunks.size && chunks.at(next)?.start !== 'cut') {
      chunks.open(next);
    }
    return first;
  }

  /** @param start How the first part starts. */
  private partsOf(text: string, { offsets }: Encoding, start: ChunkStart): DocumentChunk[] {
    const { tokenizer } = this;
    const { target, shortest } = this.sizes;
    const parts: DocumentChunk[] = [];
    let from = 0;
    let tokensBefore = 0;
    let kind = start;
    const take = (end: number, tokensUntil: number): void => {
      const part = new DocumentChunk(text.slice(from, end), kind);
      part.ownTokenCount = tokensUntil - tokensBefore;
      parts.push(part);
      from = end;
      tokensBefore = tokensUntil;
    };
    for (let i = 1; i < offsets.length && text.length - offsets[i][0] >= shortest; i++) {
      const place = offsets[i][0];
      const isCharacterCut = offsets[i - 1][1] > place;
      if (place - from < target || isCharacterCut) {
        continue;
      }
      const found = placeBetween(
        tokenizer,
        text.slice(Math.max(0, place - LOOKED_AT), place),
        text.slice(place, place + LOOKED_AT),
      );
      if (found !== undefined) {
        take(place, i);
        // The tokens at both sides are known.
        kind = found === 'open' ? 'seam' : found;
      }
    }
    take(text.length, offsets.length);
    return parts;
  }

  private textOf(first: number, end: number): string {
    let text = '';
    for (let i = first; i < end; i++) {
      text += this.chunks.at(i)?.text ?? '';
    }
    return text;
  }
}
