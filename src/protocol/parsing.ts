/** Small checks for values from the other side. They never throw, so that one bad message cannot stop the next. */

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** Gives the value, or undefined for one that is not what is expected. */
export type Parse<Value> = (value: unknown) => Value | undefined;

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

/**
 * @param most Items of a longer list are not looked at.
 * @returns undefined when the value is no list, is too long, or one of its items cannot be parsed.
 */
export function parseList<Item>(
  value: unknown,
  parseItem: Parse<Item>,
  most = Number.POSITIVE_INFINITY,
): readonly Item[] | undefined {
  if (!Array.isArray(value) || value.length > most) {
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
  parse: Parse<Value>,
): { readonly value: Value | undefined } | undefined {
  if (value === undefined) {
    return { value: undefined };
  }
  const parsed = parse(value);
  return parsed === undefined ? undefined : { value: parsed };
}

type Parsers<Fields> = { readonly [Name in keyof Fields]: Parse<Fields[Name]> };

/**
 * Parses a record whose members are all to be right: those that must be there, and those that may be. Others are left out.
 *
 * @returns undefined when the value is no record or one of its members cannot be parsed.
 */
export function parseFields<Needed extends object, Allowed extends object = object>(
  value: unknown,
  needed: Parsers<Needed>,
  allowed?: Parsers<Allowed>,
): (Needed & Partial<Allowed>) | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const fields: Record<string, unknown> = {};
  for (const [name, parse] of Object.entries<Parse<unknown>>(needed)) {
    const parsed = parse(value[name]);
    if (parsed === undefined) {
      return undefined;
    }
    fields[name] = parsed;
  }
  for (const [name, parse] of Object.entries<Parse<unknown>>(allowed ?? {})) {
    const parsed = parseOptional(value[name], parse);
    if (!parsed) {
      return undefined;
    }
    if (parsed.value !== undefined) {
      fields[name] = parsed.value;
    }
  }
  return fields as Needed & Partial<Allowed>;
}

export function parseText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function parseCount(value: unknown): number | undefined {
  return isCount(value) ? value : undefined;
}

export function parseNumber(value: unknown): number | undefined {
  return isFiniteNumber(value) ? value : undefined;
}

export function parseFlag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Gives a parser of texts of at most so many UTF-16 units. */
export function textOf(longest: number): Parse<string> {
  return (value) => (isShortString(value, longest) ? value : undefined);
}

/** Gives a parser of lists of at most so many items. */
export function listOf<Item>(parseItem: Parse<Item>, most?: number): Parse<readonly Item[]> {
  return (value) => parseList(value, parseItem, most);
}

/** Gives a parser of lists of exactly two. */
export function pairOf<Item>(parseItem: Parse<Item>): Parse<readonly [Item, Item]> {
  return (value) => {
    const [first, second, ...rest] = parseList(value, parseItem) ?? [];
    return first !== undefined && second !== undefined && rest.length === 0 ? [first, second] : undefined;
  };
}

/** Gives a parser of one of some texts. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Parse<Choice> {
  return (value) => choices.find((choice) => choice === value);
}

/** Gives a parser that lets null through. */
export function orNull<Value>(parse: Parse<Value>): Parse<Value | null> {
  return (value) => (value === null ? null : parse(value));
}
