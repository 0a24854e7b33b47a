import { MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import { splitTexts } from './splitTexts';

/**
 * The texts that a field would hold after a paste.
 *
 * @returns undefined for a paste of a single text, which is the browser's to insert
 */
export function pastedTexts(event: ClipboardEvent): string[] | undefined {
  const { target, clipboardData } = event;
  if (!(target instanceof HTMLInputElement) || !clipboardData) {
    return undefined;
  }
  const { value, selectionStart, selectionEnd } = target;
  const before = value.slice(0, selectionStart ?? value.length);
  const after = value.slice(selectionEnd ?? value.length);
  const texts = splitTexts(`${before}${clipboardData.getData('text/plain')}${after}`);
  return texts.length > 1 ? texts.map((text) => text.slice(0, MAX_QUERY_LENGTH)) : undefined;
}
