/** The text of bytes that are whole UTF-8 characters; undefined where one of them is no valid character, or only a part of one. */
export function wholeCharacters(bytes: Uint8Array): string | undefined {
  try {
    // Without ignoreBOM a U+FEFF at the start would be swallowed.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
