import { LineParser, textEnd } from './text/textLine';
import type { Word2vecHeader } from './word2vecBinary';

const SPACE = 0x20;
const LINE_FEED = 0x0a;

/*
 * Whether a whole file is exactly the rows that its first line announces, in one of word2vec's two formats. Only of a small file is that asked: a
 * larger one is not both.
 */

/** @param bytes The whole file. */
export function fillsAsText(bytes: Uint8Array, { rowCount, dimension, byteOffset }: Word2vecHeader): boolean {
  // Beyond what the bytes can hold nothing is allocated.
  if (rowCount * dimension > bytes.length) {
    return false;
  }
  const parser = new LineParser(dimension, true);
  const values = new Float32Array(dimension);
  let at = byteOffset;
  for (let row = 0; row < rowCount; row++) {
    const lineFeed = bytes.indexOf(LINE_FEED, at);
    const lineEnd = lineFeed < 0 ? bytes.length : lineFeed;
    if (at >= bytes.length || parser.parse(bytes, at, textEnd(bytes, at, lineEnd), values, 0) !== undefined) {
      return false;
    }
    at = lineEnd + 1;
  }
  return textEnd(bytes, Math.min(at, bytes.length), bytes.length) === Math.min(at, bytes.length);
}

/** @param bytes The whole file. */
export function fillsAsBinary(
  bytes: Uint8Array,
  { rowCount, dimension, byteOffset }: Word2vecHeader,
): boolean {
  let at = byteOffset;
  for (let row = 0; row < rowCount && at < bytes.length; row++) {
    at += row > 0 && bytes[at] === LINE_FEED ? 1 : 0;
    const space = bytes.indexOf(SPACE, at);
    if (space < 0) {
      return false;
    }
    at = space + 1 + 4 * dimension;
    if (row === rowCount - 1) {
      return at === bytes.length || (at + 1 === bytes.length && bytes[at] === LINE_FEED);
    }
  }
  return false;
}
