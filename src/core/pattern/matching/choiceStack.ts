/*
 * The stack of a search: choices to come back to, and what is to be restored or noted on the way. It is a plain array of numbers, for the
 * search reads and writes it at every second step.
 */

/** Numbers of an entry. */
export const ENTRY_LENGTH = 3;
/** First number of an entry that restores a loop's note, and greatest of one that stands for a slot (less the slot). */
export const LOOP_ENTRY = -1;
export const SLOT_ENTRY = -2;

/**
 * Lengths that it takes one after the other, in numbers: 24 kB, 400 kB, 100 MB. The last one is far longer than the one before: memory that
 * nobody has written to costs nothing, and moving a long stack would hold up everybody. A run of a million characters, remembered,
 * takes 24 MB.
 */
const LENGTHS = [11, 15, 23].map((bits) => ENTRY_LENGTH * 2 ** bits);

export function emptyStack(): Int32Array {
  return new Int32Array(LENGTHS[0]);
}

/** The next longer one, with the same entries. @throws {RangeError} when there is none. */
export function longerStack(stack: Int32Array): Int32Array {
  const length = LENGTHS.find((each) => each > stack.length);
  if (length === undefined) {
    throw new RangeError('A pattern of the tokenizer has more choices in this text than can be kept');
  }
  const longer = new Int32Array(length);
  longer.set(stack);
  return longer;
}

/** What is kept of it for the next search. */
export function keptStack(stack: Int32Array): Int32Array {
  return stack.length === LENGTHS[LENGTHS.length - 1] ? emptyStack() : stack;
}
