import { type ChunkSizes, cutText, type Cutting, placeBetween } from './cutText';
import { DocumentChunk } from './documentChunk';

/** Most arguments that are handed to one call; engines allow some ten thousand. */
const MAX_SPREAD = 1024;

/**
 * The text of a document as a list of chunks that are tokenized each for itself. Between any two of them stands a cut in the
 * sense of `Tokenizer.nextCut`, so the tokens of the text are those of its chunks, one after the other.
 *
 * That is easy to keep: two code points decide whether a place is a cut, so an edit can only spoil cuts that it touches. What
 * it touches is joined and cut anew, together with neighbors where the place between is no cut any more.
 *
 * A run that has no cuts may be parted as well ({@link LongRuns} does so). An edit beside such a place leaves it open.
 */
export class ChunkList {
  private chunks: DocumentChunk[];
  private units: number;
  private tokens = 0;
  private tokenizedUnits = 0;

  // Where the latest search ended: edits and questions mostly come near those before them.
  private foundIndex = 0;
  private foundStart = 0;

  constructor(
    private readonly tokenizer: Cutting,
    text: string,
    private readonly sizes: ChunkSizes,
  ) {
    this.units = text.length;
    this.chunks = this.chunksOf(text);
  }

  /** UTF-16 length of the text. */
  get length(): number {
    return this.units;
  }

  /** UTF-16 length of the chunks that are tokenized. */
  get tokenizedLength(): number {
    return this.tokenizedUnits;
  }

  /** Tokens of the chunks that are tokenized. */
  get tokenCount(): number {
    return this.tokens;
  }

  /** Number of chunks; none of them is empty. */
  get size(): number {
    return this.chunks.length;
  }

  /** Tokens of the chunks [first, end), if all of them are tokenized. */
  tokensOf(first: number, end: number): number | undefined {
    let sum = 0;
    for (let i = first; i < end; i++) {
      const { tokenCount } = this.chunks[i];
      if (tokenCount === undefined) {
        return undefined;
      }
      sum += tokenCount;
    }
    return sum;
  }

  at(index: number): DocumentChunk | undefined {
    return this.chunks[index];
  }

  setTokenCount(chunk: DocumentChunk, count: number): void {
    if (chunk.tokenCount === undefined) {
      this.tokenizedUnits += chunk.length;
    }
    this.tokens += count - (chunk.tokenCount ?? 0);
    chunk.tokenCount = count;
  }

  /** Index and start of the chunk that holds the unit at `offset`; at the end of the text the last. */
  locate(offset: number): { readonly index: number; readonly start: number } {
    const { chunks } = this;
    let index = this.foundIndex;
    let start = this.foundStart;
    if (offset < start / 2) {
      index = 0;
      start = 0;
    }
    while (start > offset) {
      index--;
      start -= chunks[index].length;
    }
    while (index + 1 < chunks.length && start + chunks[index].length <= offset) {
      start += chunks[index].length;
      index++;
    }
    this.foundIndex = index;
    this.foundStart = start;
    return { index, start };
  }

  /**
   * @param start UTF-16 offset, 0 ≤ start.
   * @param end UTF-16 offset, start ≤ end ≤ length.
   */
  slice(start: number, end: number): string {
    let { index, start: chunkStart } = this.locate(start);
    let text = '';
    while (chunkStart < end) {
      const chunk = this.chunks[index];
      text += chunk.text.slice(Math.max(0, start - chunkStart), end - chunkStart);
      chunkStart += chunk.length;
      index++;
    }
    return text;
  }

  /**
   * Replaces `text[offset, offset + length)`.
   *
   * @returns Index from which on chunks may be new.
   * @throws {RangeError} when the range is not inside the text.
   */
  replace(offset: number, length: number, text: string): number {
    this.checkRange(offset, offset + length);
    const { chunks } = this;
    const { index: first, start } = this.locate(offset);
    let last = first;
    let lastStart = start;
    while (last + 1 < chunks.length && lastStart + chunks[last].length < offset + length) {
      lastStart += chunks[last].length;
      last++;
    }
    const before = chunks[first]?.text.slice(0, offset - start) ?? '';
    const after = chunks[last]?.text.slice(offset + length - lastStart) ?? '';
    const touched = { first, end: Math.min(last + 1, chunks.length), text: before + text + after };
    const joined = this.joinNeighbors(touched);
    for (let i = joined.first; i < first; i++) {
      this.foundStart -= chunks[i].length;
    }
    this.foundIndex = joined.first;
    this.units += text.length - length;
    const added = this.chunksOf(joined.text);
    this.substitute(joined.first, joined.end, added);
    this.lookAtStart(joined.first + added.length);
    return this.lookAtStart(joined.first) ? joined.first - 1 : joined.first;
  }

  /** Puts chunks in the place of chunks [first, end), of the same text. */
  repart(first: number, end: number, parts: readonly DocumentChunk[]): void {
    if (this.foundIndex > first) {
      this.foundIndex = 0;
      this.foundStart = 0;
    }
    this.substitute(first, end, parts);
  }

  /** The place where a chunk starts, inside a run, must be looked at: what is known of the tokens at both sides is not sure any more. */
  open(index: number): void {
    const { chunks } = this;
    chunks[index].start = 'open';
    this.forgetTokenCount(chunks[index - 1]);
    this.forgetTokenCount(chunks[index]);
  }

  /** @throws {RangeError} when [start, end) is no range of the text. */
  checkRange(start: number, end: number): void {
    const areWhole = Number.isInteger(start) && Number.isInteger(end);
    if (!areWhole || start < 0 || start > end || end > this.units) {
      throw new RangeError(`[${start}, ${end}) is no range of a text of ${this.units} UTF-16 units`);
    }
  }

  /** Takes the neighbors into a text that replaces chunks [first, end), until it can stand beside those that are left. */
  private joinNeighbors({ first, end, text }: Replacement): Replacement {
    const { chunks } = this;
    for (;;) {
      const left = first > 0 ? chunks[first - 1] : undefined;
      const right = end < chunks.length ? chunks[end] : undefined;
      const joined = this.neighborToJoin(text, left, right);
      if (joined === undefined) {
        return { first, end, text };
      }
      if (joined === left) {
        text = joined.text + text;
        first--;
      } else {
        text += joined.text;
        end++;
      }
    }
  }

  private neighborToJoin(
    text: string,
    left: DocumentChunk | undefined,
    right: DocumentChunk | undefined,
  ): DocumentChunk | undefined {
    const { tokenizer, sizes } = this;
    if (text === '') {
      return left && right && !placeBetween(tokenizer, left.text, right.text) ? left : undefined;
    }
    if (left && !placeBetween(tokenizer, left.text, text)) {
      return left;
    }
    if (right && !placeBetween(tokenizer, text, right.text)) {
      return right;
    }
    // Thousands of edits must not leave thousands of crumbs. Beside what cannot be cut they stay, or each edit would tokenize it.
    const shorter = left && right ? (left.length < right.length ? left : right) : (left ?? right);
    return text.length < sizes.shortest && shorter && shorter.length <= sizes.longest ? shorter : undefined;
  }

  /** A chunk at the place where one starts is new. @returns whether it is open */
  private lookAtStart(index: number): boolean {
    const { chunks, tokenizer } = this;
    if (index >= chunks.length) {
      return false;
    }
    if (index === 0 || placeBetween(tokenizer, chunks[index - 1].text, chunks[index].text) === 'cut') {
      chunks[index].start = 'cut';
      return false;
    }
    this.open(index);
    return true;
  }

  private forgetTokenCount(chunk: DocumentChunk): void {
    if (chunk.tokenCount !== undefined) {
      this.tokens -= chunk.tokenCount;
      this.tokenizedUnits -= chunk.length;
      chunk.tokenCount = undefined;
    }
  }

  private substitute(first: number, end: number, added: readonly DocumentChunk[]): void {
    const { chunks } = this;
    for (let i = first; i < end; i++) {
      this.forgetTokenCount(chunks[i]);
    }
    if (added.length <= MAX_SPREAD) {
      chunks.splice(first, end - first, ...added);
    } else {
      this.chunks = [...chunks.slice(0, first), ...added, ...chunks.slice(end)];
    }
    if (first >= this.chunks.length) {
      this.foundIndex = 0;
      this.foundStart = 0;
    }
  }

  private chunksOf(text: string): DocumentChunk[] {
    return cutText(this.tokenizer, text, this.sizes).map((piece) => new DocumentChunk(piece));
  }
}

/** A text in the place of chunks [first, end). */
interface Replacement {
  readonly first: number;
  readonly end: number;
  readonly text: string;
}
