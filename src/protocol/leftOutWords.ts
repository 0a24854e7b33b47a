import type { QueryView } from './queryView';

/**
 * Whether answers leave the words asked about out, in all their spellings: those of formulas, and those of texts of several tokens, which
 * are searched by their mean or by one of them. The token that is searched alone is always the first of its own list.
 */
export interface LeftOutWords {
  readonly formulas: boolean;
  readonly texts: boolean;
}

export const DEFAULT_LEFT_OUT: LeftOutWords = { formulas: true, texts: false };

/** Which of the two choices a query is under; undefined for a token alone. */
export function leftOutChoice({ formula, pieces }: QueryView): keyof LeftOutWords | undefined {
  if (formula) {
    return 'formulas';
  }
  return pieces.length > 1 ? 'texts' : undefined;
}

/** Whether the answer to a query leaves its words out. */
export function leavesOutWords(query: QueryView, leftOut: LeftOutWords): boolean {
  const choice = leftOutChoice(query);
  return choice !== undefined && leftOut[choice];
}
