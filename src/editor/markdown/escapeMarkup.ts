import { visibleText } from '../../core/foreignText/visibleText';

const PLAIN = /[^A-Za-z0-9\u00a1-\uffff]/gu;

/**
 * Text that is shown as what it is (`visibleText`) and stays text in a hover, whatever it holds: Markdown, HTML, theme icons such as `$(bug)`, pipes, backticks.
 * Everything but letters and digits becomes a numeric character reference, so no rule of any of these languages applies.
 */
export function escapeMarkup(text: string): string {
  return visibleText(text).replace(PLAIN, (character) => `&#${character.codePointAt(0) ?? 0xfffd};`);
}
