import { shownText } from '../../core/foreignText/shownText';

/** VS Code cuts notifications at 1,000 UTF-16 units; a sentence with a name in it is far shorter. */
const LONGEST_TEXT = 600;

/**
 * A text as VS Code's own surfaces may get it, whatever foreign names it holds: it is shown, and does nothing.
 *
 * VS Code makes links of `[label](command:…)` in notifications, progress and input boxes, which run any command with any arguments, and icons
 * of `$(name)` in status bar, pickers and input boxes. A word joiner, U+2060, between two characters that both need ends that; it takes no
 * room. Characters that cannot be seen, line breaks among them, are shown as what they are; long texts are cut.
 *
 * Not for Markdown: there `escapeMarkup` is.
 *
 * @param longest UTF-16 units, without joiners.
 */
export function inertText(text: string, longest = LONGEST_TEXT): string {
  // In this order: the joiner is one of the characters that would be shown.
  return shownText(text, longest).replaceAll('](', ']\u2060(').replaceAll('$(', '$\u2060(');
}
