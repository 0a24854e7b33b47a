import { setTimeout as delay } from 'node:timers/promises';

/** The window may be busy for seconds; what never comes is told after this. */
const LIMIT_MS = 30_000;
const INTERVAL_MS = 50;

/**
 * Reads again and again until what is read is right.
 *
 * @param what Said when it never is: `a list that begins with "Mike"`.
 * @returns what is right.
 */
export async function until<Value>(
  read: () => Value | Promise<Value>,
  isRight: (value: Value) => boolean,
  what: string,
): Promise<Value> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const value = await read();
    if (isRight(value)) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error(`There should be ${what}, not ${JSON.stringify(value)}.`);
    }
    await delay(INTERVAL_MS);
  }
}
