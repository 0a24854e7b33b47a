import { notFoundText } from '../../core/labels/notFoundText';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { TokenView } from '../../protocol/tokenView';
import { tokenView, tokenViews } from '../tokens/tokenView';
import type { HoverCard } from './hoverCard';

/** The splits of a word: what a hover can say without embeddings. */
export type WordSplit = Pick<HoverCard, 'here' | 'alone' | 'withSpace' | 'notFound'>;

/**
 * Splits a word for its hover card.
 *
 * @param inPlace Ids of the tokens as the word stands in the document, if known.
 */
export function splitWord(
  tokenizer: Tokenizer,
  text: string,
  inPlace: readonly number[] | undefined,
): WordSplit {
  if (tokenizer.missing !== undefined) {
    return { alone: [], notFound: tokenizer.missing };
  }
  if (tokenizer.labelKind !== undefined) {
    const found = tokenizer.encode(text);
    const spaced = tokenizer.encode(` ${text}`);
    // Of tokens, the one with a space may be there alone.
    const ids = [...new Set([...found, ...spaced])];
    const notFound = ids.length === 0 || found.length > 0 ? notFoundText(tokenizer, text) : undefined;
    return { alone: tokenViews(tokenizer, ids), notFound: notFound ?? '' };
  }
  const aloneIds = tokenizer.encode(text);
  const spacedIds = tokenizer.encode(` ${text}`);
  const view = (ids: readonly number[]): TokenView[] => ids.map((id) => tokenView(tokenizer, id));
  const hereDiffers = inPlace !== undefined && !sameIds(inPlace, aloneIds);
  const [spacedId] = spacedIds;
  const spaceIsNews =
    spacedIds.length === 1 && aloneIds.length > 1 && !(inPlace !== undefined && sameIds(inPlace, spacedIds));
  return {
    ...(hereDiffers && { here: view(inPlace) }),
    alone: view(aloneIds),
    ...(spaceIsNews && spacedId !== undefined && { withSpace: tokenView(tokenizer, spacedId) }),
  };
}

function sameIds(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
