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

/** Anything counted or numbered: ids, rows, bytes, revisions, requests. */
export function isCount(value: unknown): value is number {
  return isWholeNumber(value, 0, Number.MAX_SAFE_INTEGER);
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** @returns undefined when the value is no list or one of its items cannot be parsed. */
export function parseList<Item>(
  value: unknown,
  parseItem: (item: unknown) => Item | undefined,
): readonly Item[] | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const items: Item[] = [];
  for (const unparsed of value as readonly unknown[]) {
    const item = parseItem(unparsed);
    if (item === undefined) {
      return undefined;
    }
    items.push(item);
  }
  return items;
}

/** @returns undefined when there is a value but it cannot be parsed; a missing value is fine. */
export function parseOptional<Value>(
  value: unknown,
  parse: (value: unknown) => Value | undefined,
): { readonly value: Value | undefined } | undefined {
  if (value === undefined) {
    return { value: undefined };
  }
  const parsed = parse(value);
  return parsed === undefined ? undefined : { value: parsed };
}
