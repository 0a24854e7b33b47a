/** One question of `neighbors`: a text as it is, or token ids whose mean is searched. */
export type NeighborsRequest =
  { readonly query: string; readonly k: number } | { readonly ids: readonly number[]; readonly k: number };

/**
 * Parses one JSON value of standard input.
 *
 * @param defaultCount k where the value names none.
 * @throws {TypeError} saying what was expected.
 */
export function parseNeighborsRequest(value: unknown, defaultCount: number): NeighborsRequest {
  if (typeof value === 'string') {
    return { query: value, k: defaultCount };
  }
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(
      'Expected a string, {"query": string, "k": number} or {"ids": numbers, "k": number}.',
    );
  }
  const k = 'k' in value ? value.k : defaultCount;
  if (typeof k !== 'number' || !Number.isInteger(k) || k < 1) {
    throw new TypeError('"k" must be a whole number from 1 on.');
  }
  const hasQuery = 'query' in value;
  const hasIds = 'ids' in value;
  if (hasQuery === hasIds) {
    throw new TypeError('Give either "query" or "ids".');
  }
  if (hasQuery && typeof value.query === 'string') {
    return { query: value.query, k };
  }
  if (hasIds && Array.isArray(value.ids) && value.ids.length > 0 && value.ids.every(isTokenId)) {
    return { ids: value.ids, k };
  }
  throw new TypeError('"query" must be a string, "ids" a list of at least one token id.');
}

function isTokenId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
