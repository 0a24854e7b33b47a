import { wholeCharacters } from './wholeCharacters';
import { isUnseen } from './unseenCharacters';

/**
 * A token as JSON (RFC 8259): a string where it is whole characters, else the array of its byte values, 0 … 255. Both are exact: the
 * string's UTF-8 bytes are the token's. Characters that cannot be seen are written as `\u200b`.
 */
export function jsonToken(bytes: Uint8Array): string {
  const text = wholeCharacters(bytes);
  if (text === undefined) {
    return `[${bytes.join(', ')}]`;
  }
  let literal = '';
  for (const character of JSON.stringify(text)) {
    literal += isUnseen(character) ? escapedUnits(character) : character;
  }
  return literal;
}

/** JSON escapes UTF-16 units, so a character above U+FFFF is two of them. */
function escapedUnits(character: string): string {
  let escapes = '';
  for (let at = 0; at < character.length; at++) {
    escapes += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}
