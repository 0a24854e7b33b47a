import { byteTokenIds, bytesInTokenOrder } from '../../core/tokenizer/byteAlphabet';
import type { TokenRange } from '../../core/tokenizer/encoding';
import { utf8Length } from '../../core/tokenizer/utf8';
import type { Steps } from '../../core/work/steps';
import type { PartChanges } from './partChanges';

/** Bytes that byte-level BPE writes as the character of the same number; all others are U+0100 and up. */
const VISIBLE_BYTES = 94 + 12 + 82;

const UTF8 = new TextEncoder();

/** Changes between two steps. */
const CHANGES_AT_ONCE = 1 << 11;

/**
 * A text on its way through normalizer and pre-tokenizer, which knows for each of its UTF-16 units the UTF-16 range of the
 * original text that it came from. Both units of a surrogate pair have the whole character's range.
 */
export class AlignedText {
  private constructor(
    readonly text: string,
    /** By unit, from {@link first} on: shared by the parts of a text, which are many. */
    private readonly starts: Int32Array,
    private readonly ends: Int32Array,
    private readonly first = 0,
  ) {}

  /** A text without lone surrogates that stands for itself. */
  static of(text: string): AlignedText {
    const starts = new Int32Array(text.length);
    const ends = new Int32Array(text.length);
    for (let at = 0; at < text.length;) {
      const to = at + widthAt(text, at);
      for (const from = at; at < to; at++) {
        starts[at] = from;
        ends[at] = to;
      }
    }
    return new AlignedText(text, starts, ends);
  }

  /** Texts one after the other, as one. */
  static joined(texts: readonly AlignedText[]): AlignedText {
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const starts = new Int32Array(length);
    const ends = new Int32Array(length);
    let written = 0;
    for (const { text, starts: from, ends: to, first } of texts) {
      starts.set(from.subarray(first, first + text.length), written);
      ends.set(to.subarray(first, first + text.length), written);
      written += text.length;
    }
    return new AlignedText(texts.map(({ text }) => text).join(''), starts, ends);
  }

  get length(): number {
    return this.text.length;
  }

  /** Original offset at which unit `at` starts. */
  startAt(at: number): number {
    return this.starts[this.first + at] ?? 0;
  }

  /** The original range of units [from, to), from < to. */
  rangeOf(from: number, to: number): TokenRange {
    return [this.starts[this.first + from] ?? 0, this.ends[this.first + to - 1] ?? 0];
  }

  slice(from: number, to: number): AlignedText {
    if (from === 0 && to === this.length) {
      return this;
    }
    return new AlignedText(this.text.slice(from, to), this.starts, this.ends, this.first + from);
  }

  /** Writes `prefix` in front. What is invented has the range of the first character, as in Hugging Face's library. */
  prepend(prefix: string): AlignedText {
    if (this.length === 0 || prefix === '') {
      return this;
    }
    const [start, end] = this.rangeOf(0, 1);
    const starts = new Int32Array(prefix.length + this.length).fill(start, 0, prefix.length);
    const ends = new Int32Array(prefix.length + this.length).fill(end, 0, prefix.length);
    starts.set(this.starts.subarray(this.first, this.first + this.length), prefix.length);
    ends.set(this.ends.subarray(this.first, this.first + this.length), prefix.length);
    return new AlignedText(prefix + this.text, starts, ends);
  }

  /**
   * Writes something else for some parts. Each new unit has the whole range of the part that it stands for.
   */
  *replaceParts(changes: PartChanges): Steps<AlignedText> {
    const parts: string[] = [];
    let pieces: string[] = [];
    const starts = new Int32Array(this.length + changes.growth);
    const ends = new Int32Array(this.length + changes.growth);
    let read = 0;
    let written = 0;
    const copyUpTo = (limit: number): void => {
      pieces.push(this.text.slice(read, limit));
      starts.set(this.starts.subarray(this.first + read, this.first + limit), written);
      ends.set(this.ends.subarray(this.first + read, this.first + limit), written);
      written += limit - read;
      read = limit;
    };
    for (let index = 0; index < changes.count; index++) {
      if (index % CHANGES_AT_ONCE === CHANGES_AT_ONCE - 1) {
        parts.push(pieces.join(''));
        pieces = [];
        yield;
      }
      const from = changes.from(index);
      const to = changes.to(index);
      const text = changes.text(index);
      copyUpTo(from);
      // What is written between two characters has no original; it goes with the one before it.
      const [start, end] = to > from ? this.rangeOf(from, to) : this.rangeOf(Math.max(from - 1, 0), from);
      pieces.push(text);
      starts.fill(start, written, written + text.length);
      ends.fill(end, written, written + text.length);
      written += text.length;
      read = to;
    }
    copyUpTo(this.length);
    parts.push(pieces.join(''));
    return new AlignedText(parts.join(''), starts, ends);
  }

  /** The UTF-8 bytes, each as its character of GPT-2's byte alphabet; each has its whole character's range. */
  toByteAlphabet(): AlignedText {
    const { text } = this;
    const bytes = UTF8.encode(text);
    const spelled = spellingOfBytes(bytes);
    if (bytes.length === text.length) {
      return new AlignedText(spelled, this.starts, this.ends, this.first);
    }
    const starts = new Int32Array(bytes.length);
    const ends = new Int32Array(bytes.length);
    let written = 0;
    for (let at = 0; at < text.length;) {
      const codePoint = text.codePointAt(at) ?? 0;
      const from = at;
      at += codePoint > 0xffff ? 2 : 1;
      const [start, end] = this.rangeOf(from, at);
      for (let rest = utf8Length(codePoint); rest > 0; rest--) {
        starts[written] = start;
        ends[written++] = end;
      }
    }
    return new AlignedText(spelled, starts, ends);
  }
}

/** GPT-2's printable stand-in for each byte (`bytes_to_unicode` in openai/gpt-2, `src/encoder.py`). */
export const CHARACTER_OF_BYTE: readonly string[] = Array.from(byteTokenIds(), (id, byte) =>
  String.fromCharCode(id < VISIBLE_BYTES ? byte : 0x100 + id - VISIBLE_BYTES),
);

const UNIT_OF_BYTE = Uint16Array.from(CHARACTER_OF_BYTE, (character) => character.charCodeAt(0));

/** Bytes spelled at once: fewer than a call may have parameters. */
const BYTES_AT_ONCE = 1 << 12;

/** Bytes in GPT-2's byte alphabet. Not character by character: of a million that would make a rope of a million parts. */
function spellingOfBytes(bytes: Uint8Array): string {
  let spelled = '';
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    const units = Array.from(bytes.subarray(at, at + BYTES_AT_ONCE), (byte) => UNIT_OF_BYTE[byte] ?? 0);
    spelled += String.fromCharCode(...units);
  }
  return spelled;
}

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = new Map(
  Array.from(bytesInTokenOrder(), (byte) => [CHARACTER_OF_BYTE[byte] ?? '', byte]),
);

/** The bytes that a text spells in the byte alphabet, or undefined when it holds another character. */
export function bytesSpelledBy(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const byte = BYTE_OF_CHARACTER.get(text.charAt(at));
    if (byte === undefined) {
      return undefined;
    }
    bytes[at] = byte;
  }
  return bytes;
}

/** UTF-16 units of the character at an offset: 1 or 2. */
export function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
