import { tooLarge } from './documentFields';

/** Objects and lists within each other. Published files have at most seven levels. */
const MAX_DEPTH = 32;

/**
 * Values and keys. The largest published vocabularies have a million tokens and as many merges, which are written as pairs: about six
 * million. Each costs up to a hundred bytes once it is parsed.
 */
const MAX_VALUES = 1 << 23;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Looks at a JSON text before it is parsed: a parser makes an object for each pair of brackets, and 64 MB of them take gigabytes. What is
 * no JSON is left to the parser.
 *
 * @param bytes UTF-8.
 * @throws {TokenizerDocumentError} `too-large` when it is nested too deep or has too many values.
 */
export function checkJsonBounds(bytes: Uint8Array): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = stringEnd(bytes, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        values++;
        if (++depth > MAX_DEPTH) {
          throw tooLarge(`it is nested more than ${String(MAX_DEPTH)} deep.`);
        }
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x2c: // ,
      case 0x3a: // :
        values++;
        break;
      default:
        break;
    }
    if (values > MAX_VALUES) {
      throw tooLarge(`it has more than ${String(MAX_VALUES)} values.`);
    }
  }
}

/** Where the quote is that ends a string; the last byte where there is none. */
function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return at;
}
