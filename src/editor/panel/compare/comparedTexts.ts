import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { CompareMemento, QueryMemento } from '../../../protocol/panelMessages';
import { MAX_COMPARED } from '../../../protocol/compareView';
import { bareLineOf, lineOfToken } from '../../query/queryLines';
import { resolveQuery } from '../../query/resolveQuery';

/** Texts to compare, the first two as the pair; beyond the most that can be compared they are dropped. */
export function comparedTexts(texts: readonly string[], mode: CompareMemento['mode']): CompareMemento {
  return { mode, texts: texts.slice(0, MAX_COMPARED), pairOf: pairWithin(texts.length, [0, 1]) };
}

const ID = /^\s*#(\d{1,9})\s*$/;

/** The texts, with the words of tokens that were named by their ids: people compare words. Where no text gives the token its id stays. */
export function wordsOfIds(tokenizer: Tokenizer, texts: readonly string[]): string[] {
  return texts.map((text) => {
    const [, id] = ID.exec(text) ?? [];
    return id === undefined ? text : lineOfToken(tokenizer, Number(id));
  });
}

/** Two numbers of texts, or the first two where there are not so many. */
function pairWithin(count: number, [first, second]: CompareMemento['pairOf']): CompareMemento['pairOf'] {
  return first < count && second < count ? [first, second] : [0, 1];
}

/**
 * What is compared when nobody has said: the pieces of a word of several tokens with each other, as in `ban|ana`; else the query, to
 * which a second text can be added.
 */
export function textsOfQuery(tokenizer: Tokenizer, query: QueryMemento): CompareMemento {
  const resolved = resolveQuery(tokenizer, query);
  if (!resolved || resolved.view.syntaxError) {
    return comparedTexts([], 'pair');
  }
  const { formula, pieces } = resolved.view;
  const lines =
    formula || resolved.tokenId !== undefined || pieces.length < 2
      ? [bareLineOf(tokenizer, query)]
      : pieces.map(({ id }) => lineOfToken(tokenizer, id));
  return comparedTexts(wordsOfIds(tokenizer, lines), lines.length > 2 ? 'matrix' : 'pair');
}
