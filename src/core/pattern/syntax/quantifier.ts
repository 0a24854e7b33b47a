import { malformedPattern } from '../patternError';
import type { PatternReader } from './patternReader';

export interface Quantifier {
  readonly min: number;
  /** May be Infinity. */
  readonly max: number;
  readonly isGreedy: boolean;
  readonly isPossessive: boolean;
}

/** As in the reference. */
const MOST_REPETITIONS = 100_000;

/**
 * Reads a quantifier, or nothing where something else comes; braces that are no quantifier are text.
 *
 * `{n,m}+` is not possessive but repeats what is repeated, and `{n}?` makes what is repeated optional. `{m,n}` with m > n is
 * possessive, the smaller number first.
 *
 * @throws {PatternError} beyond 100,000 repetitions.
 */
export function readQuantifier(reader: PatternReader): Quantifier | undefined {
  if (reader.take('*')) {
    return withSuffix(reader, 0, Infinity);
  }
  if (reader.take('+')) {
    return withSuffix(reader, 1, Infinity);
  }
  if (reader.take('?')) {
    return withSuffix(reader, 0, 1);
  }
  return reader.peek() === '{' ? readInterval(reader) : undefined;
}

function withSuffix(reader: PatternReader, min: number, max: number): Quantifier {
  const isGreedy = !reader.take('?');
  return { min, max, isGreedy, isPossessive: isGreedy && reader.take('+') };
}

function readInterval(reader: PatternReader): Quantifier | undefined {
  const before = reader.mark();
  reader.next();
  const low = reader.takeWhile(/[0-9]/, Infinity);
  const hasComma = reader.take(',');
  const high = hasComma ? reader.takeWhile(/[0-9]/, Infinity) : low;
  if ((low === '' && high === '') || !reader.take('}')) {
    reader.backTo(before);
    return undefined;
  }
  const min = low === '' ? 0 : Number(low);
  const max = high === '' ? Infinity : Number(high);
  if (min > MOST_REPETITIONS || (max !== Infinity && max > MOST_REPETITIONS)) {
    throw malformedPattern(`a quantifier is greater than ${String(MOST_REPETITIONS)}`);
  }
  if (min > max) {
    return { min: max, max: min, isGreedy: true, isPossessive: true };
  }
  return { min, max, isGreedy: !hasComma || !reader.take('?'), isPossessive: false };
}
