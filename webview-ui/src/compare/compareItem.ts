import { html, type TemplateResult } from 'lit/html.js';
import type { CompareItemView, CompareView } from '../../../src/protocol/compareView';
import { onlyToken, spokenTokenText, tokenCount } from '../tokenText';

/** Names longer than this are cut in drawings; fields and tables have the whole text. */
const MAX_NAME_LENGTH = 24;

/** What is compared, on one line of plain text: a single token with visible white space, else as it was typed. */
export function itemName({ pieces, text }: CompareItemView): string {
  const only = onlyToken(pieces);
  const name = only ? only.plain : text.replace(/\s+/g, ' ');
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

/** The same for screen readers, such as `space Mike`. */
export function spokenItem({ pieces, text }: CompareItemView): string {
  const only = onlyToken(pieces);
  return only ? only.spoken : text;
}

/** The same as it is drawn in the page. */
export function itemText({ pieces, text }: CompareItemView): TemplateResult {
  const only = onlyToken(pieces);
  return only ? spokenTokenText(only) : html`<span class="tok">${text}</span>`;
}

/** The id of a single token, else how many there are. */
export function itemHint({ pieces }: CompareItemView): string {
  const only = onlyToken(pieces);
  return only ? String(only.id) : pieces.length === 0 ? '' : tokenCount(pieces.length);
}

/** The two that the pair is made of. */
export function pairItems(
  compare: CompareView | undefined,
): readonly [CompareItemView | undefined, CompareItemView | undefined] {
  const [a, b] = compare?.pairOf ?? [0, 1];
  return [compare?.items[a], compare?.items[b]];
}
