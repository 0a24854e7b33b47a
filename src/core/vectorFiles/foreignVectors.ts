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

/** The first byte of Python's pickles of the protocols 2 to 5. The second is the protocol. */
const PICKLE_MARK = 0x80;

/**
 * Recognizes a file that holds vectors in a way that is not read.
 *
 * @param start The file's first bytes.
 * @returns A sentence for the user; undefined for all others.
 */
export function describeForeignVectors(start: Uint8Array): string | undefined {
  if (start[0] === PICKLE_MARK && start[1] >= 2 && start[1] <= 5) {
    return (
      'this is a pickle, which could run code when read: gensim and old versions of PyTorch save so. Save vectors with gensim by ' +
      'save_word2vec_format, a model as safetensors.'
    );
  }
  const text = String.fromCharCode(...start.subarray(0, 8));
  return FOREIGN_FILES.find(([magic]) => text.startsWith(magic))?.[1];
}
