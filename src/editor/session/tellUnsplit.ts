import { showNotice } from '../workbench/showNotice';
import type { CurrentTokenizer } from './modelTokenizer';

/**
 * Tells whoever asks for the tokens of a text that there is nothing to split it with.
 *
 * @returns Whether that is so.
 */
export function tellUnsplit({ current }: Pick<CurrentTokenizer, 'current'>): boolean {
  if (current.missing === undefined) {
    return false;
  }
  void showNotice('information', current.missing);
  return true;
}
