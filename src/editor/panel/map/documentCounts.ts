import type { TokenizedDocument } from '../../documents/tokenizedDocument';
import { TakingTurns } from '../../work/takingTurns';

/** UTF-16 units that are counted between two looks at whose turn it is. */
const WINDOW = 4_096;

/** How often tokens occur in a text. */
export interface TokenCounts {
  /** Rising. */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly counts: Uint32Array<ArrayBuffer>;
}

/**
 * Counts the tokens of a document, some text at a time: each in the part in which it begins.
 *
 * @param length Of the document, in UTF-16 units.
 * @returns undefined where a part is not tokenized yet: the document will say when it is.
 * @throws The signal's reason when it is aborted, as after an edit.
 */
export async function documentCounts(
  document: Pick<TokenizedDocument, 'tokensIn'>,
  length: number,
  signal: AbortSignal,
): Promise<TokenCounts | undefined> {
  const turns = new TakingTurns();
  const counts = new Map<number, number>();
  for (let start = 0; start < length; start += WINDOW) {
    const end = Math.min(length, start + WINDOW);
    const tokens = document.tokensIn(start, end);
    if (!tokens) {
      return undefined;
    }
    for (const token of tokens) {
      if (token.start >= start && token.start < end) {
        counts.set(token.id, (counts.get(token.id) ?? 0) + 1);
      }
    }
    await turns.next(signal);
  }
  const rising = [...counts].sort(([a], [b]) => a - b);
  return {
    ids: Uint32Array.from(rising, ([id]) => id),
    counts: Uint32Array.from(rising, ([, count]) => count),
  };
}
