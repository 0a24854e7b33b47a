const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const FIRST_PRINTABLE = 0x20;

/** Digits of Number.MAX_SAFE_INTEGER; a longer number is refused before it is read to its end. */
const MAX_DIGITS = 16;

/** Nesting of a value that is passed over. */
const MAX_SKIPPED_DEPTH = 16;

/** Characters of a number that is passed over. */
const MAX_PLAIN_VALUE = 64;

/** A number, or one of the three words, by RFC 8259. */
const PLAIN_VALUE = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/;

/** Strings up to this length are made from char codes, which is faster than a decoder for the usual short names. */
const SHORT_STRING_BYTES = 64;

/** Characters of a foreign text that an error message repeats: it must stay readable whatever the file holds. */
const MAX_QUOTED_LENGTH = 80;

/** A text of a file as an error message shows it: in quotes, escaped, cut. */
export function quoted(text: string): string {
  const shown = text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;
  return JSON.stringify(shown);
}

/**
 * Reads the JSON forms of a safetensors header (RFC 8259) straight from UTF-8 bytes: objects, strings, and lists of
 * non-negative integers. Any other form is an error where it starts, so depth is bounded by the caller's code.
 */
export class JsonScanner {
  private position = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /** @param fail Makes the error for a sentence about what is wrong. */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly fail: (detail: string) => Error,
  ) {}

  /** The very first byte must be this one: unlike JSON, the format allows no white space in front. */
  requireStart(character: string): void {
    if (this.bytes[0] !== character.charCodeAt(0)) {
      throw this.fail(`the header does not start with "${character}".`);
    }
  }

  /** Nothing but white space may follow: writers pad headers with spaces. */
  requireEnd(): void {
    this.skipWhiteSpace();
    if (this.position < this.bytes.length) {
      throw this.unexpected('the end of the header');
    }
  }

  /** Reads an object; `onKey` is called behind each colon and must read the value. */
  object(onKey: (key: string) => void): void {
    this.expect(0x7b, '{');
    if (this.accept(0x7d)) {
      return;
    }
    do {
      const key = this.string(() => 'a key');
      this.expect(COLON, ':');
      onKey(key);
    } while (this.accept(COMMA));
    this.expect(0x7d, '}');
  }

  /** Reads a string. @param what What errors call it; asked for only then. */
  string(what: () => string): string {
    this.skipWhiteSpace();
    if (this.bytes[this.position] !== QUOTE) {
      throw this.unexpected(`${what()}, which is a string`);
    }
    const { bytes } = this;
    const start = ++this.position;
    let escaped = false;
    let ascii = true;
    for (let i = start; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === QUOTE) {
        this.position = i + 1;
        return this.decode(start, i, escaped, ascii, what);
      }
      if (byte === BACKSLASH) {
        escaped = true;
        i++;
      } else if (byte < FIRST_PRINTABLE) {
        this.position = i;
        throw this.unexpected(`a character of ${what()}`);
      } else if (byte > 0x7f) {
        ascii = false;
      }
    }
    throw this.fail(`the header ends within ${what()}.`);
  }

  /**
   * Reads a list of non-negative integers.
   *
   * @param what What errors call it; asked for only then.
   * @param limit Most numbers in the list.
   */
  integers(what: () => string, limit: number): number[] {
    const values: number[] = [];
    this.skipWhiteSpace();
    if (this.bytes[this.position] !== 0x5b) {
      throw this.unexpected(`${what()}, which is a list of integers`);
    }
    this.position++;
    if (this.accept(0x5d)) {
      return values;
    }
    do {
      if (values.length === limit) {
        throw this.fail(`${what()}: more than ${String(limit)} numbers.`);
      }
      values.push(this.integer(what));
    } while (this.accept(COMMA));
    this.expect(0x5d, ']');
    return values;
  }

  /** Passes over `null`, if that comes next. */
  acceptNull(): boolean {
    this.skipWhiteSpace();
    const isNull = [0x6e, 0x75, 0x6c, 0x6c].every((byte, at) => this.bytes[this.position + at] === byte);
    this.position += isNull ? 4 : 0;
    return isNull;
  }

  /**
   * Passes over a value of any form.
   *
   * @param what What errors call it; asked for only then.
   * @param deepest Objects and lists that may lie within each other.
   */
  skip(what: () => string, deepest = MAX_SKIPPED_DEPTH): void {
    this.skipWhiteSpace();
    const byte = this.bytes[this.position];
    if (byte === QUOTE) {
      this.string(what);
    } else if (byte === 0x7b || byte === 0x5b) {
      if (deepest === 0) {
        throw this.fail(`${what()} is nested more than ${String(MAX_SKIPPED_DEPTH)} levels deep.`);
      }
      if (byte === 0x7b) {
        this.object(() => this.skip(what, deepest - 1));
      } else {
        this.position++;
        this.skipRestOfList(what, deepest - 1);
      }
    } else {
      this.skipPlainValue(what);
    }
  }

  private skipRestOfList(what: () => string, deepest: number): void {
    if (this.accept(0x5d)) {
      return;
    }
    do {
      this.skip(what, deepest);
    } while (this.accept(COMMA));
    this.expect(0x5d, ']');
  }

  /** A number, `true`, `false` or `null`. */
  private skipPlainValue(what: () => string): void {
    let end = this.position;
    while (
      end - this.position < MAX_PLAIN_VALUE &&
      /[\w+.-]/.test(String.fromCharCode(this.bytes[end] ?? 0))
    ) {
      end++;
    }
    const text = String.fromCharCode(...this.bytes.subarray(this.position, end));
    if (!PLAIN_VALUE.test(text)) {
      throw this.unexpected(`a value of ${what()}`);
    }
    this.position = end;
  }

  private integer(what: () => string): number {
    this.skipWhiteSpace();
    const { bytes } = this;
    const start = this.position;
    let value = 0;
    let end = start;
    while (
      end < bytes.length &&
      bytes[end] >= DIGIT_0 &&
      bytes[end] <= DIGIT_9 &&
      end - start <= MAX_DIGITS
    ) {
      value = value * 10 + (bytes[end] - DIGIT_0);
      end++;
    }
    const digits = end - start;
    if (digits === 0) {
      throw this.unexpected(`a non-negative integer in ${what()}`);
    }
    if (digits > MAX_DIGITS || value > Number.MAX_SAFE_INTEGER) {
      throw this.fail(`${what()}: a number is beyond 2^53 − 1.`);
    }
    if (digits > 1 && bytes[start] === DIGIT_0) {
      throw this.fail(`${what()}: a number has a leading zero.`);
    }
    this.position = end;
    return value;
  }

  private decode(start: number, end: number, escaped: boolean, ascii: boolean, what: () => string): string {
    if (ascii && !escaped && end - start <= SHORT_STRING_BYTES) {
      return String.fromCharCode.apply(null, this.bytes.subarray(start, end) as unknown as number[]);
    }
    let text: string;
    try {
      text = this.decoder.decode(this.bytes.subarray(start, end));
    } catch {
      throw this.fail(`${what()} is not valid UTF-8.`);
    }
    return escaped ? this.unescape(text, what) : text;
  }

  private unescape(text: string, what: () => string): string {
    let value: unknown;
    try {
      value = JSON.parse(`"${text}"`);
    } catch {
      value = undefined;
    }
    if (typeof value !== 'string') {
      throw this.fail(`${what()} has an escape that JSON does not know.`);
    }
    if (/\p{Surrogate}/u.test(value)) {
      throw this.fail(`${what()} has an escape for half a character.`);
    }
    return value;
  }

  private skipWhiteSpace(): void {
    const { bytes } = this;
    let i = this.position;
    while (
      i < bytes.length &&
      (bytes[i] === 0x20 || bytes[i] === 0x0a || bytes[i] === 0x0d || bytes[i] === 0x09)
    ) {
      i++;
    }
    this.position = i;
  }

  private accept(byte: number): boolean {
    this.skipWhiteSpace();
    if (this.bytes[this.position] !== byte) {
      return false;
    }
    this.position++;
    return true;
  }

  private expect(byte: number, character: string): void {
    if (!this.accept(byte)) {
      throw this.unexpected(`"${character}"`);
    }
  }

  private unexpected(expected: string): Error {
    if (this.position >= this.bytes.length) {
      return this.fail(`the header ends where ${expected} should be.`);
    }
    const byte = this.bytes[this.position];
    const printable = byte >= FIRST_PRINTABLE && byte < 0x7f;
    const found = printable
      ? `"${String.fromCharCode(byte)}"`
      : `the byte 0x${byte.toString(16).padStart(2, '0')}`;
    return this.fail(`the header has ${found} at byte ${String(this.position)}, expected ${expected}.`);
  }
}
