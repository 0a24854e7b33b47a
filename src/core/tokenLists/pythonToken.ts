import { wholeCharacters } from './wholeCharacters';
import { isUnseen } from './unseenCharacters';

/** Escapes that Python's `repr` writes by name. */
const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\\', '\\\\'],
]);

/**
 * A token as a literal of Python 3: a `str` where it is whole characters, else `bytes`, such as `b'\xe6\x97'`. Quoted as `repr` quotes
 * (Python Language Reference, 2.4.1): single quotes, or double ones around text that holds only single ones.
 */
export function pythonToken(bytes: Uint8Array): string {
  const text = wholeCharacters(bytes);
  return text === undefined ? bytesLiteral(bytes) : textLiteral(text);
}

function textLiteral(text: string): string {
  const quote = quoteFor(text);
  let literal = '';
  for (const character of text) {
    literal += escapedCharacter(character, quote);
  }
  return `${quote}${literal}${quote}`;
}

function escapedCharacter(character: string, quote: string): string {
  if (character === quote) {
    return `\\${character}`;
  }
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined || !isUnseen(character)) {
    return named ?? character;
  }
  const code = character.codePointAt(0) ?? 0;
  const [letter, width] =
    code < 0x100 ? (['x', 2] as const) : code < 0x10000 ? (['u', 4] as const) : (['U', 8] as const);
  return `\\${letter}${code.toString(16).padStart(width, '0')}`;
}

/** A bytes literal holds ASCII alone; every other byte is an escape. */
function bytesLiteral(bytes: Uint8Array): string {
  const quote = quoteFor(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  let literal = '';
  for (const byte of bytes) {
    literal +=
      byte < 0x80
        ? escapedCharacter(String.fromCharCode(byte), quote)
        : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `b${quote}${literal}${quote}`;
}

function quoteFor(text: string): string {
  return text.includes("'") && !text.includes('"') ? '"' : "'";
}
