import type { CharacterSet } from '../sets/characterSet';

const PAGE_BITS = 8;
const PAGE_SIZE = 1 << PAGE_BITS;
const PAGE_COUNT = 0x110000 >> PAGE_BITS;
const REPLACEMENT_CHARACTER = 0xfffd;
/** Letters are kept in 16 bits. All properties of Unicode together distinguish some thousands. */
const MOST_LETTERS = 0xffff;

/** A text as the letters of an {@link Alphabet}: one for each code point. */
export interface LetteredText {
  /** Longer than the text: its first `length` are meant. Good until the next text. */
  readonly letters: Uint16Array;
  readonly length: number;
  /** UTF-16 offset by position, the end's too; undefined where they are the same. */
  readonly offsets: Int32Array | undefined;
}

/**
 * What a pattern distinguishes: characters that are in the same of its sets are one letter. Each character is looked at when it
 * occurs for the first time; from then on a set holds it or not by one look into a table.
 */
export class Alphabet {
  /** Letter by code point, 0 for those that have not occurred. */
  private readonly pages = new Array<Uint16Array | undefined>(PAGE_COUNT).fill(undefined);
  private readonly lettersByMembership = new Map<string, number>();
  private letterCount = 0;
  private rowLength = 64;
  /** Whether set s holds letter l: at s * rowLength + l. */
  private table: Uint8Array;
  private letters = new Uint16Array(0);
  private offsets = new Int32Array(0);

  constructor(private readonly sets: readonly CharacterSet[]) {
    this.table = new Uint8Array(sets.length * this.rowLength);
  }

  /** Whether set s holds letter l: at s << {@link rowBits} | l. Good until the next text. */
  get memberships(): Uint8Array {
    return this.table;
  }

  get rowBits(): number {
    return Math.log2(this.rowLength);
  }

  /** @param text Lone surrogates count as U+FFFD. */
  spell(text: string): LetteredText {
    const { length } = text;
    if (this.letters.length < length) {
      this.letters = new Uint16Array(Math.max(length, 2 * this.letters.length));
    }
    const { letters } = this;
    let hasPairs = false;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if ((unit & 0xf800) === 0xd800) {
        hasPairs = true;
        break;
      }
      letters[at] = this.letterOf(unit);
    }
    return hasPairs ? this.spellPairs(text) : { letters, length, offsets: undefined };
  }

  private spellPairs(text: string): LetteredText {
    if (this.offsets.length <= text.length) {
      this.offsets = new Int32Array(this.letters.length + 1);
    }
    const { letters, offsets } = this;
    let length = 0;
    for (let at = 0; at < text.length;) {
      let codePoint = text.codePointAt(at) ?? 0;
      offsets[length] = at;
      at += codePoint > 0xffff ? 2 : 1;
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
        codePoint = REPLACEMENT_CHARACTER;
      }
      letters[length++] = this.letterOf(codePoint);
    }
    offsets[length] = text.length;
    return { letters, length, offsets };
  }

  private letterOf(codePoint: number): number {
    const page = this.pages[codePoint >> PAGE_BITS];
    const letter = page === undefined ? 0 : page[codePoint & (PAGE_SIZE - 1)];
    return letter === 0 ? this.learn(codePoint) : letter;
  }

  private learn(codePoint: number): number {
    let membership = '';
    for (const set of this.sets) {
      membership += set.has(codePoint) ? '1' : '0';
    }
    const letter = this.lettersByMembership.get(membership) ?? this.addLetter(membership);
    const page = (this.pages[codePoint >> PAGE_BITS] ??= new Uint16Array(PAGE_SIZE));
    page[codePoint & (PAGE_SIZE - 1)] = letter;
    return letter;
  }

  private addLetter(membership: string): number {
    // From 1 on: 0 stands for what is not known.
    const letter = ++this.letterCount;
    if (letter > MOST_LETTERS) {
      throw new RangeError('A pattern distinguishes more than 65,535 kinds of characters');
    }
    if (letter >= this.rowLength) {
      this.widen();
    }
    for (let set = 0; set < this.sets.length; set++) {
      this.table[set * this.rowLength + letter] = membership.charCodeAt(set) & 1;
    }
    this.lettersByMembership.set(membership, letter);
    return letter;
  }

  private widen(): void {
    const { table, rowLength } = this;
    this.rowLength = 2 * rowLength;
    this.table = new Uint8Array(2 * table.length);
    for (let set = 0; set < this.sets.length; set++) {
      this.table.set(table.subarray(set * rowLength, (set + 1) * rowLength), set * this.rowLength);
    }
  }
}
