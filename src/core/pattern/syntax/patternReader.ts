import { malformedPattern, unsupportedPattern } from '../patternError';

/** Greatest number in braces. Beyond U+10FFFF nothing matches, but a range may end there. */
const LAST_NUMBER = 0x7fffffff;

/** Reads a pattern one code point at a time. */
export class PatternReader {
  private at = 0;
  private readonly codePoints: readonly string[];

  constructor(source: string) {
    this.codePoints = Array.from(source);
  }

  get isAtEnd(): boolean {
    return this.at >= this.codePoints.length;
  }

  /** The character after `ahead` others, or an empty text at the end. */
  peek(ahead = 0): string {
    return this.codePoints.at(this.at + ahead) ?? '';
  }

  /** @throws {PatternError} at the end. */
  next(): string {
    if (this.isAtEnd) {
      throw malformedPattern('it ends too early');
    }
    return this.codePoints[this.at++];
  }

  /** Reads `text` where it comes next. */
  take(text: string): boolean {
    const characters = Array.from(text);
    if (!characters.every((character, ahead) => this.peek(ahead) === character)) {
      return false;
    }
    this.at += characters.length;
    return true;
  }

  /** Whether a character comes anywhere later. */
  holdsLater(character: string): boolean {
    return this.codePoints.includes(character, this.at);
  }

  /** Characters as long as `isWanted`, at most `limit` of them. */
  takeWhile(isWanted: RegExp, limit: number): string {
    let taken = '';
    for (let count = 0; count < limit && !this.isAtEnd && isWanted.test(this.peek()); count++) {
      taken += this.next();
    }
    return taken;
  }

  mark(): number {
    return this.at;
  }

  backTo(mark: number): void {
    this.at = mark;
  }
}

/**
 * Reads what follows a backslash where that gives one character: control characters, numbers, and any other character, which
 * stands for itself. The backslash is read already.
 *
 * @returns A code point. A number may also give one that no text holds: a surrogate, or one beyond Unicode.
 * @throws {PatternError}
 */
export function readEscapedCharacter(reader: PatternReader): number {
  const character = reader.next();
  switch (character) {
    case 'n':
      return 0x0a;
    case 't':
      return 0x09;
    case 'r':
      return 0x0d;
    case 'f':
      return 0x0c;
    case 'v':
      return 0x0b;
    case 'a':
      return 0x07;
    case 'b':
      return 0x08;
    case 'e':
      return 0x1b;
    case 'x':
      if (reader.isAtEnd) {
        return codePointOf('x');
      }
      return reader.peek() === '{'
        ? (readBraced(reader, 16, 8) ?? codePointOf('x'))
        : readBytes(reader, readNumber(reader, 16, 2), 16);
    case 'o':
      return (reader.peek() === '{' ? readBraced(reader, 8, 11) : undefined) ?? codePointOf('o');
    case 'u': {
      // At the end of the pattern it is a letter.
      if (reader.isAtEnd) {
        return codePointOf('u');
      }
      const digits = reader.takeWhile(/[\da-f]/i, 4);
      if (digits.length < 4) {
        throw malformedPattern(String.raw`\u is not followed by four hexadecimal digits`);
      }
      return Number.parseInt(digits, 16);
    }
    case 'c':
      return controlCharacter(reader);
    case 'C':
      if (reader.next() !== '-') {
        throw malformedPattern(String.raw`\C is not followed by a hyphen`);
      }
      return controlCharacter(reader);
    case 'M':
      throw unsupportedPattern(String.raw`a meta character (\M-x)`);
    default:
      return codePointOf(character);
  }
}

/** Octal digits after a backslash, at most `most` of them; none stands for zero. */
export function readOctalCharacter(reader: PatternReader, most: number): number {
  return readBytes(reader, readNumber(reader, 8, most), 8);
}

function controlCharacter(reader: PatternReader): number {
  const character = reader.next();
  if (character === '\\') {
    throw unsupportedPattern('a control character that is escaped itself');
  }
  return character === '?' ? 0x7f : codePointOf(character) & 0x9f;
}

function readBraced(reader: PatternReader, base: 8 | 16, most: number): number | undefined {
  const before = reader.mark();
  reader.next();
  const digits = reader.takeWhile(base === 16 ? /[\da-f]/i : /[0-7]/, most);
  if (digits === '') {
    reader.backTo(before);
    return undefined;
  }
  if (!reader.take('}')) {
    throw /\s/.test(reader.peek())
      ? unsupportedPattern('a list of code points in braces')
      : malformedPattern('a code point in braces is too long or has no end');
  }
  return checked(Number.parseInt(digits, base));
}

function readNumber(reader: PatternReader, base: 8 | 16, most: number): number {
  const digits = reader.takeWhile(base === 16 ? /[\da-f]/i : /[0-7]/, most);
  return digits === '' ? 0 : Number.parseInt(digits, base);
}

/** A number of two digits is a byte of UTF-8: from 0x80 on others of the same base must follow. */
function readBytes(reader: PatternReader, first: number, base: 8 | 16): number {
  if (first > 0xff) {
    throw malformedPattern('an octal number is greater than 377');
  }
  const bytes = [first];
  const count =
    first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  while (bytes.length < count && reader.take(base === 16 ? String.raw`\x` : '\\')) {
    bytes.push(readNumber(reader, base, base === 16 ? 2 : 3));
  }
  const codePoint = bytes.length === count ? decoded(Uint8Array.from(bytes)) : undefined;
  if (codePoint === undefined) {
    throw unsupportedPattern('bytes by number that are no character');
  }
  return codePoint;
}

function decoded(bytes: Uint8Array): number | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).codePointAt(0);
  } catch {
    return undefined;
  }
}

function checked(codePoint: number): number {
  if (codePoint > LAST_NUMBER) {
    throw malformedPattern('a code point in braces is too great');
  }
  return codePoint;
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
