import type { Steps } from '../work/steps';
import type { LabelTable } from './labelTable';

/** Labels that are looked at in a step: a fraction of a millisecond. */
const LABELS_A_STEP = 4_096;

/** The capital of a letter of ASCII differs from it in this bit. */
const CASE_BIT = 0x20;

/** The first bytes of characters outside ASCII whose lower case is in it: U+0130 (i and a dot) and the sign of Kelvin. */
const FOREIGN_CAPITALS: readonly (readonly [letter: string, firstByte: number])[] = [
  ['i', 0xc4],
  ['k', 0xe2],
];

/** A label that can complete what was typed. */
export interface CompletingLabel {
  readonly row: number;
  readonly text: string;
}

/**
 * The labels that begin with a text, in any case: first those that begin with it as it is written, then the others, each by rising row, which in
 * files of word vectors mostly means the more frequent first. Nothing is made for a row that is not among them, and nothing is kept: three
 * million labels are looked through in some tens of milliseconds.
 *
 * @param prefix Not empty.
 * @param limit At most this many.
 * @param longest Bytes of a label; longer ones are left out, as are those that are no UTF-8.
 */
export function* labelsBeginningWith(
  { data: { bytes, ends } }: LabelTable,
  prefix: string,
  limit: number,
  longest: number,
): Steps<CompletingLabel[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const folded = prefix.toLowerCase();
  const exact = new TextEncoder().encode(prefix);
  const mayBegin = firstBytes(folded);
  const isAscii = exact.every((byte) => byte < 0x80);
  const same: CompletingLabel[] = [];
  const others: CompletingLabel[] = [];
  for (let row = 0, start = 0; row < ends.length && same.length < limit; row++) {
    const end = ends[row];
    if (mayBegin[bytes[start]] === 1 && end > start && end - start <= longest) {
      const isSame = beginsWith(bytes, start, end, exact);
      if (isSame || (others.length < limit && mayBeginFolded(bytes, start, end, exact, isAscii))) {
        const text = textOf(decoder, bytes, start, end);
        if (isSame && text !== undefined) {
          same.push({ row, text });
        } else if (text?.toLowerCase().startsWith(folded) === true) {
          others.push({ row, text });
        }
      }
    }
    start = end;
    if (row % LABELS_A_STEP === LABELS_A_STEP - 1) {
      yield undefined;
    }
  }
  return [...same, ...others].slice(0, limit);
}

/** By first byte, 1 where the lower case of a label that begins with it can begin as a text does. */
function firstBytes(folded: string): Uint8Array {
  const may = new Uint8Array(256);
  const [first = ''] = folded;
  const encoder = new TextEncoder();
  for (const form of [first, first.toUpperCase(), first.toLowerCase()]) {
    may[encoder.encode(form)[0]] = 1;
  }
  for (const [letter, firstByte] of FOREIGN_CAPITALS) {
    may[firstByte] |= first === letter ? 1 : 0;
  }
  if (first >= '\u0080') {
    // Case pairs outside ASCII lie anywhere: the decoded text decides.
    may.fill(1, 0x80);
  }
  return may;
}

function beginsWith(bytes: Uint8Array, start: number, end: number, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) {
    return false;
  }
  for (let at = 0; at < prefix.length; at++) {
    if (bytes[start + at] !== prefix[at]) {
      return false;
    }
  }
  return true;
}

/** False for most labels that do not begin with a text of ASCII in another case; the decoded text decides about the others. */
function mayBeginFolded(
  bytes: Uint8Array,
  start: number,
  end: number,
  prefix: Uint8Array,
  isAscii: boolean,
): boolean {
  if (!isAscii) {
    return true;
  }
  for (let at = 0; at < prefix.length; at++) {
    if (start + at >= end) {
      return false;
    }
    const byte = bytes[start + at];
    if (byte >= 0x80) {
      return true;
    }
    if ((byte | CASE_BIT) !== (prefix[at] | CASE_BIT)) {
      return false;
    }
  }
  return true;
}

function textOf(
  decoder: TextDecoder,
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
): string | undefined {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}
