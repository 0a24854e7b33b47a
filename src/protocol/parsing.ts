/** Small checks for values from the other side. They never throw, so that one bad message cannot stop the next. */

export type UnknownRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole number within limits, both included. */
export function isWholeNumber(value: unknown, lowest: number, highest: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest;
}

/** A string of at most so many UTF-16 units. */
export function isShortString(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}
