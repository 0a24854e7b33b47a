import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { CompareMemento, QueryMemento } from '../../../protocol/panelMessages';
import { MAX_COMPARED } from '../../../protocol/compareView';
import { bareLineOf, lineOfToken } from '../../query/queryLines';
import { resolveQuery } from '../../query/resolveQuery';

/** Texts to compare, the first two as the pair; beyond the most that can be compared they are dropped. */
export function comparedTexts(texts: readonly string[], mode: CompareMemento['mode']): CompareMemento {
  return { mode, texts: texts.slice(0, MAX_COMPARED), pairOf: [0, 1] };
}

/** Other texts to compare: the pair stays where both of its texts stand where they stood. */
export function comparedAnew(
  before: CompareMemento,
  texts: readonly string[],
  mode: CompareMemento['mode'],
): CompareMemento {
  const compare = comparedTexts(texts, mode);
  const keepsPair = before.pairOf.every((index) => before.texts[index] === compare.texts[index]);
  return keepsPair && compare.texts.length > 1 ? { ...compare, pairOf: before.pairOf } : compare;
}

/** The same texts with another pair of them; undefined where there are no such texts. */
export function anotherPair(
  compare: CompareMemento,
  pairOf: CompareMemento['pairOf'],
): CompareMemento | undefined {
  return pairOf.every((index) => index < compare.texts.length)
    ? { ...compare, mode: 'pair', pairOf }
    : undefined;
}

const ID = /^\s*#(\d{1,9})\s*$/;

/** The texts, with the words of tokens that were named by their ids: people compare words. Where no text gives the token its id stays. */
export function wordsOfIds(tokenizer: Tokenizer, texts: readonly string[]): string[] {
  return texts.map((text) => {
    const [, id] = ID.exec(text) ?? [];
    return id === undefined ? text : lineOfToken(tokenizer, Number(id));
  });
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
