import { visibleText } from './visibleText';

/** What a cut would leave of a character that is shown as `‹U+202E›`, or of a pair of surrogates. */
const HALF_AT_THE_END = /(?:‹[U+0-9A-F]{0,8}|[\ud800-\udbff])$/;
const HALF_AT_THE_START = /^(?:[U+0-9A-F]{0,8}›|[\udc00-\udfff])/;

/** Longest name in UTF-16 units: a tensor's, a repository's, a file's. */
const LONGEST_NAME = 80;

/** Longest path: folders may be deep, but a tooltip must not fill the window. */
const LONGEST_PATH = 240;

/** Of a name that is cut its end is kept, too: there stand the kind of a file, and `weight`. In UTF-16 units. */
const KEPT_END = 24;

/**
 * A text that is not ours, such as the message of a server, with every character visible ({@link visibleText}) and its end cut off where it
 * is longer than can be shown.
 *
 * @param longest UTF-16 units of the result.
 */
export function shownText(text: string, longest: number): string {
  const shown = visibleText(text.slice(0, longest + 1));
  return text.length <= longest && shown.length <= longest
    ? shown
    : `${shown.slice(0, longest - 1).replace(HALF_AT_THE_END, '')}…`;
}

/** A name that is not ours, as every surface shows it: each character visible, and cut in the middle where it is long. */
export function shownName(name: string): string {
  return cutInTheMiddle(name, LONGEST_NAME);
}

/** A path as every surface shows it. */
export function shownPath(path: string): string {
  return cutInTheMiddle(path, LONGEST_PATH);
}

function cutInTheMiddle(name: string, longest: number): string {
  if (name.length <= longest) {
    const whole = visibleText(name);
    if (whole.length <= longest) {
      return whole;
    }
  }
  const end = visibleText(name.slice(-KEPT_END).replace(HALF_AT_THE_START, ''));
  const keptEnd = end.slice(-KEPT_END).replace(HALF_AT_THE_START, '');
  return shownText(name, longest - keptEnd.length) + keptEnd;
}
