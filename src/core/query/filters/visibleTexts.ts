import { plainToken } from '../../tokenizer/tokenLabel';
import type { Tokenizer } from '../../tokenizer/tokenizer';

/**
 * The visible text of every token, whole, as `plainToken` writes it: a space as `␣`, a newline as `↵`, bytes that are no text as `\xe4`.
 *
 * @returns By id, vocabularySize of them; empty for an id that no token has.
 */
export function visibleTexts(tokenizer: Tokenizer): string[] {
  return Array.from({ length: tokenizer.vocabularySize }, (_, id) => {
    if (!tokenizer.hasToken(id)) {
      return '';
    }
    const bytes = tokenizer.tokenBytes(id);
    return printableAscii(bytes) ?? plainToken(bytes, bytes.length);
  });
}

/** The text of bytes that are all printable ASCII, as most tokens are: ten times faster than the general way. */
function printableAscii(bytes: Uint8Array): string | undefined {
  let text = '';
  for (const byte of bytes) {
    if (byte < 0x20 || byte > 0x7e) {
      return undefined;
    }
    text += byte === 0x20 ? '␣' : String.fromCharCode(byte);
  }
  return text;
}
