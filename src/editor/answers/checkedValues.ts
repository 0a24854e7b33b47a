/** Values from language models and other extensions, which may be anything. A message says what to change. */

/** Longest part of a foreign value that a message repeats. */
const MAX_QUOTED = 40;

/**
 * The fields of a plain object.
 *
 * @param known Every field that there is: a misspelled one must not be ignored in silence.
 * @throws {TypeError}
 */
export function checkedFields(
  value: unknown,
  name: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${name} must be an object with the fields ${listed(known)}.`);
  }
  // A copy: a field that is read twice must not change between.
  const fields: Record<string, unknown> = { ...value };
  const foreign = Object.keys(fields).find((field) => !known.includes(field));
  if (foreign !== undefined) {
    throw new TypeError(`${name} has no field ${shown(foreign)}; the fields are ${listed(known)}.`);
  }
  return fields;
}

/**
 * @param limits UTF-16 units.
 * @throws {TypeError} for another type, {RangeError} for a text that is too long, or empty though it must not be.
 */
export function checkedText(
  value: unknown,
  name: string,
  { minimum, maximum }: { readonly minimum: 0 | 1; readonly maximum: number },
): string {
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be a string, not ${kindOf(value)}.`);
  }
  if (value.length < minimum) {
    throw new RangeError(`${name} must not be empty.`);
  }
  if (value.length > maximum) {
    throw new RangeError(`${name} has ${value.length} characters; at most ${maximum} are possible.`);
  }
  return value;
}

/** @throws {TypeError} for another type, {RangeError} for a number that is no integer in the range. */
export function checkedInteger(
  value: unknown,
  name: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): number {
  if (typeof value !== 'number') {
    throw new TypeError(`${name} must be a number, not ${kindOf(value)}.`);
  }
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new RangeError(`${name} must be an integer from ${minimum} to ${maximum}, not ${value}.`);
  }
  return value;
}

/** @throws {TypeError} for another type, {RangeError} for another string. */
export function checkedChoice<Choice extends string>(
  value: unknown,
  name: string,
  choices: readonly Choice[],
): Choice {
  if (typeof value !== 'string') {
    throw new TypeError(`${name} must be ${listed(choices, 'or')}, not ${kindOf(value)}.`);
  }
  const choice = choices.find((possible) => possible === value);
  if (choice === undefined) {
    throw new RangeError(`${name} must be ${listed(choices, 'or')}, not ${shown(value)}.`);
  }
  return choice;
}

/** @throws {TypeError} */
export function checkedBoolean(value: unknown, name: string): boolean {
  if (typeof value !== 'boolean') {
    throw new TypeError(`${name} must be true or false, not ${kindOf(value)}.`);
  }
  return value;
}

/** @throws {TypeError} for anything but an array, {RangeError} for too few or too many entries, and what `check` throws. */
export function checkedList<Entry>(
  value: unknown,
  name: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  check: (entry: unknown, index: number) => Entry,
): Entry[] {
  if (!Array.isArray(value)) {
    throw new TypeError(`${name} must be an array, not ${kindOf(value)}.`);
  }
  if (value.length < minimum || value.length > maximum) {
    throw new RangeError(`${name} must have ${minimum} to ${maximum} entries; it has ${value.length}.`);
  }
  // Not map: holes are entries too.
  return Array.from(value, check);
}

/** A text in quotes, cut where it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);
}

function listed(names: readonly string[], word = 'and'): string {
  const quoted = names.map((name) => `"${name}"`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} ${word} ${quoted.at(-1) ?? ''}`;
}

function kindOf(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value)
    ? 'an array'
    : value === undefined
      ? 'missing'
      : `a value of type ${typeof value}`;
}
