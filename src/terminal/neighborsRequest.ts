import { isMetric, METRICS, type Metric } from '../core/embedding/metric';

/** One question of `neighbors`: a text as it is, token ids whose mean is searched, or a sum of rows. */
export type NeighborsRequest = (
  | { readonly query: string }
  | { readonly ids: readonly number[] }
  | { readonly terms: readonly { readonly weight: number; readonly id: number }[] }
) & { readonly k: number; readonly metric: Metric };

/** Most terms of one question: more is a mistake, and a hostile line must not cost a machine's memory. */
const MAX_TERMS = 100_000;

/**
 * Parses one JSON value of standard input.
 *
 * @param defaultCount k where the value names none.
 * @throws {TypeError} saying what was expected.
 */
export function parseNeighborsRequest(value: unknown, defaultCount: number): NeighborsRequest {
  if (typeof value === 'string') {
    return { query: value, k: defaultCount, metric: 'cosine' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(
      'Expected a string, or an object with "query": string, "ids": numbers or "terms": [[weight, id], …], and "metric" and "k" if need be.',
    );
  }
  const { k = defaultCount, metric = 'cosine' } = value as { k?: unknown; metric?: unknown };
  if (typeof k !== 'number' || !Number.isInteger(k) || k < 1) {
    throw new TypeError('"k" must be a whole number from 1 on.');
  }
  if (!isMetric(metric)) {
    throw new TypeError(`"metric" must be one of ${METRICS.map((name) => `"${name}"`).join(', ')}.`);
  }
  return { ...parseQuestion(value), k, metric };
}

function parseQuestion(
  value: object,
):
  | { readonly query: string }
  | { readonly ids: readonly number[] }
  | { readonly terms: readonly { readonly weight: number; readonly id: number }[] } {
  const { query, ids, terms } = value as { query?: unknown; ids?: unknown; terms?: unknown };
  if ([query, ids, terms].filter((part) => part !== undefined).length !== 1) {
    throw new TypeError('Give one of "query", "ids" and "terms".');
  }
  if (typeof query === 'string') {
    return { query };
  }
  if (Array.isArray(ids) && ids.length > 0 && ids.length <= MAX_TERMS && ids.every(isTokenId)) {
    return { ids };
  }
  if (Array.isArray(terms) && terms.length > 0 && terms.length <= MAX_TERMS) {
    return { terms: terms.map(parseTerm) };
  }
  throw new TypeError(
    '"query" must be a string, "ids" a list of at least one token id, "terms" a list of at least one [weight, id].',
  );
}

function parseTerm(term: unknown): { readonly weight: number; readonly id: number } {
  if (Array.isArray(term) && term.length === 2) {
    const [weight, id] = term as readonly unknown[];
    if (typeof weight === 'number' && Number.isFinite(weight) && isTokenId(id)) {
      return { weight, id };
    }
  }
  throw new TypeError('Each of "terms" must be [weight, id]: a finite number and a token id.');
}

function isTokenId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
