/** Files that are often found under a checkpoint's name, by their first bytes, and what to do about each. */
const FOREIGN_FILES: readonly (readonly [start: string, advice: string])[] = [
  ['version ', 'this is a Git LFS pointer, not the model itself. Fetch the model with "git lfs pull".'],
  [
    'PK\u0003\u0004',
    'this is a PyTorch or zip archive, not a safetensors file. Convert it to safetensors first.',
  ],
  [
    'GGUF',
    'this is a GGUF file, which Tokenscope reads in the terminal only (docs/vectors.md). Here it reads safetensors files.',
  ],
  [
    '\u0000\u0005\u0016\u0007',
    'this is what macOS keeps beside a file on other systems, not the file itself. Choose the one without "._".',
  ],
  ['\u0089HDF', 'this is an HDF5 file. Tokenscope reads safetensors files.'],
  ['<!DOCTYP', 'this is a web page, not a model: the download was probably answered with a page.'],
  ['<!doctyp', 'this is a web page, not a model: the download was probably answered with a page.'],
  ['<html', 'this is a web page, not a model: the download was probably answered with a page.'],
];

/**
 * Recognizes a file that is no safetensors file by its first bytes. None of these starts is a header length that the format
 * allows, so a valid file is never mistaken.
 *
 * @param start The file's first 8 bytes.
 * @returns A sentence for the user, or undefined for an unknown start.
 */
export function describeForeignFile(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start);
  return FOREIGN_FILES.find(([magic]) => text.startsWith(magic))?.[1];
}
