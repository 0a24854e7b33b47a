import { html, type TemplateResult } from 'lit/html.js';
import { comparedToken, type CompareItemView, type CompareView } from '../../../src/protocol/compareView';
import { spokenTokenText, tokenCount } from '../tokenText';

/** Names longer than this are cut in drawings; fields and tables have the whole text. */
const MAX_NAME_LENGTH = 24;

/** What is compared, on one line of plain text: a single token with visible white space, else as it was typed. */
export function itemName(item: CompareItemView): string {
  const name = comparedToken(item)?.plain ?? item.text.replace(/\s+/g, ' ');
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

/** The same for screen readers, such as `space Mike`. */
export function spokenItem(item: CompareItemView): string {
  return comparedToken(item)?.spoken ?? item.text;
}

/** The same as it is drawn in the page. */
export function itemText(item: CompareItemView): TemplateResult {
  const token = comparedToken(item);
  return token ? spokenTokenText(token) : html`<span class="tok">${item.text}</span>`;
}

/** The id of a single token, else how many there are. */
export function itemHint(item: CompareItemView): string {
  const { length } = item.pieces;
  return comparedToken(item)?.id.toString() ?? (length === 0 ? '' : tokenCount(length));
}

/** The two that the pair is made of. */
export function pairItems(
  compare: CompareView | undefined,
): readonly [CompareItemView | undefined, CompareItemView | undefined] {
  const [a, b] = compare?.pairOf ?? [0, 1];
  return [compare?.items[a], compare?.items[b]];
}
