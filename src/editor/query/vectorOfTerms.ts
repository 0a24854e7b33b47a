import type { QueryTerm } from '../../core/query/meanTerms';
import type { QueryVector } from '../../engine/questions/queryVector';

/** What the engine is asked for the terms of a query: whoever writes `2*king` or `king - man` means each row without the mean row. */
export function vectorOfTerms(terms: readonly QueryTerm[]): QueryVector {
  return { terms, centerEachTerm: true };
}
