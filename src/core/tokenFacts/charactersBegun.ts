/**
 * How many characters begin in a token: its bytes that do not go on with one. The tokens of a text have as many together as the text has;
 * of a character that several tokens share, the first has it.
 *
 * @param bytes UTF-8, which may begin or end inside of a character.
 */
export function charactersBegun(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    if ((byte & 0xc0) !== 0x80) {
      count++;
    }
  }
  return count;
}
