/** Longest name without its ending: file systems stop at 255 bytes, and a character can take four. */
const MAX_NAME = 60;

/** Names that Windows keeps for devices, whatever follows the point. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** A name for a file from any text: letters, digits, spaces inside, dots inside, `-` and `_`; never a path, never hidden. */
export function fileNameFor(text: string, ending: string): string {
  const name = Array.from(text.normalize('NFC'))
    .slice(0, MAX_NAME)
    .join('')
    .replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/\.{2,}/g, '.')
    .replace(/^[ .-]+/, '')
    .replace(/[ .-]+$/, '');
  return `${name === '' ? 'tokenscope' : DEVICE.test(name.split('.')[0] ?? '') ? `_${name}` : name}.${ending}`;
}
