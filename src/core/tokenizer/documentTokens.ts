import { ChunkList } from './document/chunkList';
import { wordsOf, WordSum } from './document/chunkWords';
import { type ChunkSizes, DOCUMENT_CHUNKS } from './document/cutText';
import type { DocumentChunk } from './document/documentChunk';
import { LoneParts } from './document/loneParts';
import { LongRuns } from './document/longRuns';
import { RecentEncodings } from './document/recentEncodings';
import { PlacesInText, type TextBefore } from './document/placesInText';
import type { Encoding, TokenRange } from './encoding';
import type { Tokenizer } from './tokenizer';
import type { Steps } from '../work/steps';

/** A change of a text: its UTF-16 range [offset, offset + length) becomes `text`. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** A token of a document. */
export interface DocumentToken {
  readonly id: number;
  /** UTF-16 range [start, end) of the document; tokens that share a character have overlapping ranges. */
  readonly start: number;
  readonly end: number;
  /** How many tokens of the document come before it. */
  readonly index: number;
}

/** How the words of a document, as `wordsOfText` takes them, fall into tokens. */
export interface WordStatistics {
  readonly words: number;
  /** Words that are one token, which may hold the space before them. */
  readonly singleTokenWords: number;
}

/** Text that is tokenized between two questions whether to go on, in UTF-16 units: a fraction of a millisecond. */
const STEP_UNITS = 4096;

/**
 * The tokens of a text that is being edited. Always those that encoding the whole text would give.
 *
 * The text is kept in chunks that are tokenized each for itself (see {@link ChunkList}); an edit replaces those that it touches. Of
 * a chunk only the number of tokens is kept, ids and offsets are computed again for the ranges that are asked for. A tokenizer
 * that has no `nextCut` leaves the text in one chunk, so that each edit costs as much as tokenizing everything: documents must
 * be limited in size then.
 *
 * Work is done in steps that the caller paces: an edit only notes what it touches, {@link advance} tokenizes.
 */
export class DocumentTokens {
  private readonly chunks: ChunkList;
  private readonly encodings: RecentEncodings;
  private readonly runs: LongRuns | undefined;
  private readonly parts: LoneParts;
  private readonly places: PlacesInText;
  /** A chunk that is tokenized in steps. */
  private underWay: { readonly chunk: DocumentChunk; readonly steps: Steps<Encoding> } | undefined;
  /** No chunk before this one waits for being tokenized. */
  private firstPending = 0;
  /** The words of all chunks before this one are known. */
  private firstUnread = 0;

  constructor(
    private readonly tokenizer: Tokenizer,
    text: string,
    sizes: ChunkSizes = DOCUMENT_CHUNKS,
  ) {
    this.chunks = new ChunkList(tokenizer, text, sizes);
    this.encodings = new RecentEncodings(tokenizer);
    if (tokenizer.seams) {
      this.runs = new LongRuns(this.chunks, tokenizer, tokenizer.seams, this.encodings, sizes);
    }
    this.parts = new LoneParts(this.chunks, tokenizer);
    this.places = new PlacesInText(this.chunks, this.encodings);
  }

  /** UTF-16 length of the text. */
  get length(): number {
    return this.chunks.length;
  }

  /** Code points of the text; a lone surrogate is one. After an edit only those of what it touched are counted. */
  get codePoints(): number {
    let sum = 0;
    for (let i = 0; i < this.chunks.size; i++) {
      sum += this.chunks.at(i)?.codePoints ?? 0;
    }
    return sum;
  }

  /**
   * Applies edits one after the other, each to the text that the one before it left.
   *
   * @throws {RangeError} when an edit's range is not inside the text; those before it are applied, those after it are not.
   */
  apply(edits: readonly TextEdit[]): void {
    this.places.forget();
    for (const { offset, length, text } of edits) {
      const first = this.chunks.replace(offset, length, text);
      this.firstPending = Math.min(this.firstPending, first);
      this.firstUnread = Math.min(this.firstUnread, first);
    }
  }

  /**
   * Tokenizes what is not yet, from the beginning.
   *
   * @param mayGoOn Asked after each step of some kilobytes; false interrupts.
   * @returns Whether all is tokenized.
   */
  advance(mayGoOn: () => boolean = () => true): boolean {
    let units = 0;
    for (;;) {
      const chunk = this.settlePending();
      if (chunk === undefined) {
        return true;
      }
      if (chunk.tokenCount === undefined) {
        if (!this.encodeInSteps(chunk, mayGoOn)) {
          return false;
        }
        this.chunks.setTokenCount(chunk, this.countTokens(chunk));
        units += chunk.length;
      }
      this.firstPending++;
      if (units >= STEP_UNITS) {
        units = 0;
        if (!mayGoOn()) {
          return this.isComplete;
        }
      }
    }
  }

  /**
   * Looks for what {@link advance} tokenizes next.
   *
   * @returns UTF-16 units that it tokenizes at a stretch: those of a chunk; 0 where all is tokenized.
   */
  prepareNext(): number {
    for (;;) {
      const chunk = this.settlePending();
      if (chunk?.tokenCount === undefined) {
        return chunk?.length ?? 0;
      }
      this.firstPending++;
    }
  }

  get isComplete(): boolean {
    return this.chunks.tokenizedLength === this.chunks.length;
  }

  /** Share of the text that is tokenized, 0 … 1; 1 for an empty text. */
  get progress(): number {
    return this.isComplete ? 1 : this.chunks.tokenizedLength / this.chunks.length;
  }

  /** Tokens of the whole text; undefined until all is tokenized. */
  get count(): number | undefined {
    return this.isComplete ? this.chunks.tokenCount : undefined;
  }

  /**
   * The tokens that hold a part of [start, end), in the order of the text; of an empty range those at the character behind it.
   *
   * @returns undefined where the text is not yet tokenized so far.
   * @throws {RangeError} when [start, end) is no range of the text.
   */
  tokensIn(start: number, end: number): readonly DocumentToken[] | undefined {
    const { chunks } = this;
    chunks.checkRange(start, end);
    const first = chunks.locate(start);
    let tokensBefore = chunks.tokensOf(0, first.index);
    // An empty range is taken for the unit behind it.
    const last = Math.max(end, start + 1);
    const found: DocumentToken[] = [];
    for (let i = first.index, chunkStart = first.start; chunkStart < last; i++) {
      const chunk = chunks.at(i);
      if (chunk === undefined) {
        break;
      }
      if (tokensBefore === undefined || chunk.tokenCount === undefined) {
        return undefined;
      }
      this.collect(chunk, start - chunkStart, last - chunkStart, chunkStart, tokensBefore, found);
      chunkStart += chunk.length;
      tokensBefore += chunk.tokenCount;
    }
    return found;
  }

  /**
   * What lies before a place. The difference of two places is what begins between them, so parts that touch add up. Places in their order
   * are answered without adding up all that lies before each.
   *
   * @returns undefined until all is tokenized.
   * @throws {RangeError} when `offset` is no place in the text.
   */
  before(offset: number): TextBefore | undefined {
    this.chunks.checkRange(offset, offset);
    return this.isComplete ? this.places.before(offset) : undefined;
  }

  /**
   * How many tokens [start, end) would have if it were a text of its own: what copying a selection gives.
   *
   * @returns undefined where the text is not yet tokenized so far.
   * @throws {RangeError} when [start, end) is no range of the text.
   */
  countAlone(start: number, end: number): number | undefined {
    this.chunks.checkRange(start, end);
    return this.parts.count(start, end);
  }

  /**
   * Takes a second look at what is tokenized, so it is asked for only where it is shown.
   *
   * @param mayGoOn As for {@link advance}; the next call goes on.
   * @returns undefined until all is tokenized and looked at.
   */
  wordStatistics(mayGoOn: () => boolean = () => true): WordStatistics | undefined {
    if (!this.isComplete || !this.readWords(mayGoOn)) {
      return undefined;
    }
    const sum = new WordSum();
    for (let i = 0; i < this.chunks.size; i++) {
      const words = this.chunks.at(i)?.words;
      if (words !== undefined) {
        sum.add(words);
      }
    }
    return { words: sum.words, singleTokenWords: sum.singleTokenWords };
  }

  /** Whether a chunk is so long, as none is that can be cut, that it is tokenized in steps. Its tokens are kept then. */
  private hasSteps({ length }: DocumentChunk): boolean {
    return this.tokenizer.encodeInSteps !== undefined && length > STEP_UNITS;
  }

  /** Tokenizes a chunk, if it is tokenized in steps. @returns Whether it is not, or is done; false when interrupted. */
  private encodeInSteps(chunk: DocumentChunk, mayGoOn: () => boolean): boolean {
    if (!this.hasSteps(chunk)) {
      return true;
    }
    if (this.underWay?.chunk !== chunk) {
      const steps = this.tokenizer.encodeInSteps?.(chunk.text);
      this.underWay = steps && { chunk, steps };
    }
    for (let step = this.underWay?.steps.next(); step; step = this.underWay?.steps.next()) {
      if (step.done === true) {
        this.underWay = undefined;
        this.encodings.keep(chunk, step.value);
        return true;
      }
      if (!mayGoOn()) {
        return false;
      }
    }
    return true;
  }

  /** The chunk that is to be tokenized next, as the whole text has it, or one that is tokenized. */
  private settlePending(): DocumentChunk | undefined {
    const { chunks, runs } = this;
    if (runs && chunks.at(this.firstPending)?.tokenCount === undefined && this.firstPending < chunks.size) {
      this.firstPending = runs.settle(this.firstPending);
      this.firstUnread = Math.min(this.firstUnread, this.firstPending);
    }
    return chunks.at(this.firstPending);
  }

  /** Looks at the words of chunks that are new. Whether all are known; false when interrupted. */
  private readWords(mayGoOn: () => boolean): boolean {
    let units = 0;
    for (;;) {
      const chunk = this.chunks.at(this.firstUnread);
      if (chunk === undefined) {
        return true;
      }
      if (units >= STEP_UNITS) {
        units = 0;
        if (!mayGoOn()) {
          return false;
        }
      }
      if (chunk.words === undefined) {
        const encoding = this.hasSteps(chunk)
          ? this.encodings.of(chunk)
          : this.tokenizer.encodeWithOffsets(chunk.text);
        chunk.words = wordsOf(chunk.text, encoding);
        units += chunk.length;
      }
      this.firstUnread++;
    }
  }

  private collect(
    chunk: DocumentChunk,
    start: number,
    end: number,
    chunkStart: number,
    tokensBefore: number,
    found: DocumentToken[],
  ): void {
    const { ids, offsets } = this.encodings.of(chunk);
    for (let i = firstEndingBehind(offsets, start); i < ids.length; i++) {
      const [tokenStart, tokenEnd] = offsets[i];
      if (tokenStart >= end) {
        break;
      }
      found.push({
        id: ids[i],
        start: chunkStart + tokenStart,
        end: chunkStart + tokenEnd,
        index: tokensBefore + i,
      });
    }
  }

  private countTokens(chunk: DocumentChunk): number {
    // Where counting is no cheaper than encoding, the tokens are kept for those who ask for them next.
    return (chunk.ownTokenCount ??=
      this.tokenizer.countTokens?.(chunk.text) ?? this.encodings.of(chunk).ids.length);
  }
}

/**
 * Index of the first token that ends behind a place. Neither starts nor ends of tokens ever decrease, so it is found by halving: a text
 * that cannot be cut is one chunk of up to millions of tokens, which are asked for a screen at a time.
 */
function firstEndingBehind(offsets: readonly TokenRange[], place: number): number {
  let first = 0;
  let end = offsets.length;
  while (first < end) {
    const middle = (first + end) >> 1;
    if (offsets[middle][1] > place) {
      end = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}
