import type { TokenRange } from './encoding';
import type { TokenBytes } from './tokenBytes';
import { scalarValueAt, utf8Length } from './utf8';

/** Collects the UTF-16 range of each token while a text is being encoded. */
export class TokenRanges {
  constructor(
    private readonly tokens: TokenBytes,
    private readonly ranges: TokenRange[],
  ) {}

  /** One token that stands for the whole of `[start, end)`. */
  addWhole(start: number, end: number): void {
    this.ranges.push([start, end]);
  }

  /**
   * The tokens of one pre-token.
   *
   * @param start UTF-16 offset of the pre-token.
   * @param end UTF-16 offset after it.
   * @param ids Holds its tokens: `count` ids from index `first` on.
   */
  add(text: string, start: number, end: number, ids: Uint16Array, first: number, count: number): void {
    if (count === 1) {
      this.ranges.push([start, end]);
      return;
    }
    let byteCount = 0;
    for (let i = first; i < first + count; i++) {
      byteCount += this.tokens.lengthOf(ids[i]);
    }
    // Every character but ASCII has more UTF-8 bytes than UTF-16 units, so equal lengths mean one byte a unit.
    if (byteCount === end - start) {
      let at = start;
      for (let i = first; i < first + count; i++) {
        const from = at;
        at += this.tokens.lengthOf(ids[i]);
        this.ranges.push([from, at]);
      }
    } else {
      this.addByCharacters(text, start, end, ids, first, count);
    }
  }

  /** Walks characters and tokens together; a token reaches from the character of its first byte to that of its last. */
  private addByCharacters(
    text: string,
    start: number,
    end: number,
    ids: Uint16Array,
    first: number,
    count: number,
  ): void {
    // The current character: where it starts and ends, in UTF-16 units, and the byte after it.
    let from = start;
    let to = start;
    let byteEnd = 0;
    // Moves on to the character that holds the byte, counted from the pre-token's first.
    const seek = (byte: number): void => {
      while (byteEnd <= byte) {
        const codePoint = scalarValueAt(text, to, end);
        from = to;
        to += codePoint > 0xffff ? 2 : 1;
        byteEnd += utf8Length(codePoint);
      }
    };
    let byte = 0;
    for (let i = first; i < first + count; i++) {
      seek(byte);
      const rangeStart = from;
      byte += this.tokens.lengthOf(ids[i]);
      seek(byte - 1);
      this.ranges.push([rangeStart, to]);
    }
  }
}
