import type { FormulaError } from './formula';

/** A string of a line, read from its opening quote on. */
export interface StringLiteral {
  readonly text: string;
  /** UTF-16 position after the closing quote, or the limit where there is none. */
  readonly end: number;
  readonly isClosed: boolean;
  /** The first escape that means nothing, or the missing quote. */
  readonly error?: FormulaError;
}

/** Characters after a backslash that stand for one character. */
const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

/** `\x41`, ASCII only; `\u{1f600}`, a code point. */
const NUMBERED_ESCAPE = /\\(?:x([0-9a-f]{2})|u\{([0-9a-f]{1,6})\})/iy;

const HIGHEST_ASCII = 0x7f;
const HIGHEST_CODE_POINT = 0x10ffff;

/**
 * What is written with an escape: controls, format and bidirectional controls, separators other than U+0020, private use,
 * lone surrogates and default-ignorable characters, none of which a line shows as they are.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]/gu;

/**
 * Reads the string whose opening quote stands at `start`. Escapes: `\"`, `\\`, `\n`, `\t`, `\r`, `\x41` and `\u{e9}`.
 * `\x` goes up to 7f only: above it one could mean a byte, which is no text (byte tokens are written as `#id`), or a character
 * of Latin-1, which is written with `\u{…}`.
 *
 * @param limit Where reading ends, at most the length of the line.
 */
export function readString(line: string, start: number, limit: number): StringLiteral {
  const parts: string[] = [];
  let error: FormulaError | undefined;
  let from = start + 1;
  let at = from;
  while (at < limit) {
    const character = line[at];
    if (character === '"') {
      parts.push(line.slice(from, at));
      return { text: parts.join(''), end: at + 1, isClosed: true, ...(error !== undefined && { error }) };
    }
    if (character !== '\\') {
      at++;
      continue;
    }
    parts.push(line.slice(from, at));
    const escape = readEscape(line, at, limit);
    if (typeof escape.meaning === 'string') {
      parts.push(escape.meaning);
    } else {
      error ??= { ...escape.meaning, start: at, end: escape.end };
    }
    at = escape.end;
    from = at;
  }
  parts.push(line.slice(from, limit));
  error ??= { message: 'This quote is never closed.', start, end: limit };
  return { text: parts.join(''), end: limit, isClosed: false, error };
}

interface Escape {
  readonly meaning: string | { readonly message: string };
  readonly end: number;
}

function readEscape(line: string, at: number, limit: number): Escape {
  const simple = at + 1 < limit ? SIMPLE_ESCAPES.get(line[at + 1]) : undefined;
  if (simple !== undefined) {
    return { meaning: simple, end: at + 2 };
  }
  NUMBERED_ESCAPE.lastIndex = at;
  const numbered = NUMBERED_ESCAPE.exec(line);
  const end = at + (numbered?.[0].length ?? 0);
  if (numbered === null || end > limit) {
    return {
      meaning: {
        message: 'Unknown escape. A backslash is written \\\\; known are \\" \\n \\t \\r \\x41 \\u{e9}.',
      },
      end: Math.min(at + 2, limit),
    };
  }
  const byte = numbered.at(1);
  const codePoint = Number.parseInt(byte ?? numbered.at(2) ?? '', 16);
  if (byte !== undefined && codePoint > HIGHEST_ASCII) {
    return {
      meaning: {
        message: `A single byte above 7f is no text: write #id for a byte token, \\u{${byte}} for the character.`,
      },
      end,
    };
  }
  if (codePoint > HIGHEST_CODE_POINT || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
    return { meaning: { message: 'There is no such character.' }, end };
  }
  return { meaning: String.fromCodePoint(codePoint), end };
}

/** A text as a string that {@link readString} reads as exactly this text. Lone surrogates stay as they are. */
export function quoteString(text: string): string {
  const body = text
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replace(UNSEEN, (character) => {
      const codePoint = character.codePointAt(0) ?? 0;
      return codePoint <= HIGHEST_ASCII
        ? `\\x${codePoint.toString(16).padStart(2, '0')}`
        : `\\u{${codePoint.toString(16)}}`;
    });
  return `"${body}"`;
}
