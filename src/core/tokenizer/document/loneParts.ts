import type { Tokenizer } from '../tokenizer';
import type { ChunkList } from './chunkList';
import { CODE_POINT_UNITS } from './cutText';
import type { ChunkStart } from './documentChunk';

/** How many seams are tried at each end of a part: the tokens beside the nearest may be others in the part, those of one of a few mostly are not. */
const TRIED_SEAMS = 4;

/** A chunk, and the UTF-16 offset at which it starts. */
interface Place {
  readonly index: number;
  readonly start: number;
}

/**
 * Counts the tokens of parts of a document, each as a text of its own.
 *
 * The cuts inside a part, away from its ends by a code point, are cuts of that text as well, and so are seams where the tokens beside
 * them stay apart. So only what is at both ends is tokenized anew.
 */
export class LoneParts {
  constructor(
    private readonly chunks: ChunkList,
    private readonly tokenizer: Tokenizer,
  ) {}

  /**
   * @param start UTF-16 offset, 0 ≤ start.
   * @param end UTF-16 offset, start ≤ end ≤ length of the document.
   * @returns undefined where the document is not yet tokenized so far.
   */
  count(start: number, end: number): number | undefined {
    const { chunks } = this;
    const head = this.firstPlaceIn(start);
    const tail = this.lastPlaceIn(end);
    // A seam was tried with whole chunks at its other side: where both places are one, that is not what stands there.
    const isOneSeam = head.start === tail.start && chunks.at(head.index)?.start === 'seam';
    if (head.start > tail.start || isOneSeam) {
      return this.countTokens(chunks.slice(start, end));
    }
    const between = chunks.tokensOf(head.index, tail.index);
    return between === undefined
      ? undefined
      : this.countTokens(chunks.slice(start, head.start)) +
          between +
          this.countTokens(chunks.slice(tail.start, end));
  }

  /** The first chunk that has the same tokens in a text that begins at `offset`; the end of the document, if there is none. */
  private firstPlaceIn(offset: number): Place {
    const { chunks } = this;
    let { index, start } = chunks.locate(offset);
    const isStill = this.test();
    for (let chunk = chunks.at(index); chunk !== undefined; chunk = chunks.at(++index)) {
      const { text } = chunk;
      if (isStill(chunk.start, start - offset, () => [chunks.slice(offset, start), text])) {
        break;
      }
      start += chunk.length;
    }
    return { index, start };
  }

  /** The last chunk before which all have the same tokens in a text that ends at `offset`; the start of the document, if there is none. */
  private lastPlaceIn(offset: number): Place {
    const { chunks } = this;
    if (offset === chunks.length) {
      return { index: chunks.size, start: offset };
    }
    let { index, start } = chunks.locate(offset);
    const isStill = this.test();
    for (let chunk = chunks.at(index); chunk !== undefined && index > 0; chunk = chunks.at(index)) {
      const before = chunks.at(index - 1)?.text ?? '';
      if (isStill(chunk.start, offset - start, () => [before, chunks.slice(start, offset)])) {
        break;
      }
      index--;
      start -= before.length;
    }
    return { index, start };
  }

  /** Whether tokens at both sides of a place are the same where the text ends so many units from it. */
  private test(): (start: ChunkStart, distance: number, sides: () => readonly [string, string]) => boolean {
    let tries = TRIED_SEAMS;
    return (start, distance, sides) => {
      if (start === 'open' || distance < 0) {
        return false;
      }
      if (distance === 0) {
        return true;
      }
      return start === 'cut' ? distance >= CODE_POINT_UNITS : tries-- > 0 && this.isSeam(...sides());
    };
  }

  private isSeam(left: string, right: string): boolean {
    const { tokenizer } = this;
    if (tokenizer.seams?.isInsideRun(left, right) !== true) {
      return false;
    }
    const last = tokenizer.encode(left).at(-1);
    return last !== undefined && tokenizer.seams.stayApart(last, tokenizer.encode(right)[0]);
  }

  private countTokens(text: string): number {
    return this.tokenizer.countTokens?.(text) ?? this.tokenizer.encode(text).length;
  }
}
