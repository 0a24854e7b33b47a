/** Files that are often taken for files of vectors, by their first bytes, and what to do about each. */
const FOREIGN_FILES: readonly (readonly [start: string, advice: string])[] = [
  ['\u001f\u008b', 'this file is compressed (gzip). Unpack it first.'],
  ['BZh', 'this file is compressed (bzip2). Unpack it first.'],
  ['\u00fd7zXZ', 'this file is compressed (xz). Unpack it first.'],
  ['(\u00b5/\u00fd', 'this file is compressed (Zstandard). Unpack it first.'],
  [
    '\u00ba\u0016\u004f\u002f',
    'this is a fastText model, which has vectors of parts of words. Tokenscope reads the .vec file that fastText writes beside it.',
  ],
  ['ggml', 'this is a file of an old llama.cpp, before GGUF. Tokenscope reads GGUF files, versions 2 and 3.'],
];

/** Python's pickle, protocols 2 to 5: how gensim saves its own objects. */
const PICKLE_MARK = 0x80;

/**
 * Recognizes a file that holds vectors in a way that is not read.
 *
 * @param start The file's first bytes.
 * @returns A sentence for the user; undefined for all others.
 */
export function describeForeignVectors(start: Uint8Array): string | undefined {
  if (
    start[0] === PICKLE_MARK &&
    start[1] >= 2 &&
    start[1] <= 5 &&
    (start[2] === 0x63 || start[2] === 0x95)
  ) {
    return 'this is a pickle, as gensim saves its own objects, and could run code when read. Save it with save_word2vec_format.';
  }
  const text = String.fromCharCode(...start.subarray(0, 8));
  return FOREIGN_FILES.find(([magic]) => text.startsWith(magic))?.[1];
}
