import type { LabelTable } from '../../labels/labelTable';
import { plainToken } from '../../tokenizer/tokenLabel';
import type { Steps } from '../../work/steps';
import type { RowFilter } from './allowedRows';
import { classOfText, BYTE_FRAGMENT, HOLE, LEADING_SPACE, WORD_LIKE } from './tokenClasses';

/** Labels that are looked at in a step: a fraction of a millisecond. */
const LABELS_A_STEP = 1_024;

/** Letters of ASCII, in both cases, and its apostrophe. */
const LETTER = 1;
const APOSTROPHE = 2;

const KINDS = Uint8Array.from({ length: 128 }, (_, byte) =>
  /[A-Za-z]/.test(String.fromCharCode(byte)) ? LETTER : byte === 0x27 ? APOSTROPHE : 0,
);

/**
 * The rows that a filter lets through, by their labels alone: the same as `allowedRows` gives for a vocabulary, but nothing is made for a row
 * whose label is of ASCII, and nothing is kept. For millions of labels.
 *
 * @param filter Its `excludeIds` are not looked at.
 * @param rowCount Rows of the matrix; those without a label pass only what asks for nothing of the text.
 * @returns Bit `id & 31` of word `id >> 5`, ⌈rowCount / 32⌉ words, zero beyond the rows.
 */
export function* rowsByLabel(
  labels: LabelTable,
  filter: RowFilter,
  rowCount: number,
): Steps<Uint32Array<ArrayBuffer>> {
  const { bytes, ends } = labels.data;
  const rows = new Uint32Array(Math.ceil(rowCount / 32));
  const test = labelTest(filter);
  for (let row = 0, start = 0; row < rowCount; row++) {
    const end = row < ends.length ? ends[row] : start;
    if (
      end > start ? test(bytes, start, end) : filter.space === 'any' && !filter.wordLike && filter.text === ''
    ) {
      rows[row >> 5] |= 1 << (row & 31);
    }
    start = end;
    if (row % LABELS_A_STEP === LABELS_A_STEP - 1) {
      yield undefined;
    }
  }
  return rows;
}

type LabelTest = (bytes: Uint8Array<ArrayBuffer>, start: number, end: number) => boolean;

function labelTest({ space, wordLike, hideByteFragments, text }: RowFilter): LabelTest {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const needle = text.toLowerCase().replaceAll(' ', '␣');
  // What a space is shown as is the only character of a visible text that printable ASCII becomes.
  const spaced = needle.replaceAll('␣', ' ');
  const needleBytes = /^[\x20-\x7e]*$/.test(spaced) ? new TextEncoder().encode(spaced) : undefined;
  const asked = (space === 'any' ? 0 : LEADING_SPACE) | (wordLike ? WORD_LIKE : 0);
  const wanted = (space === 'with' ? LEADING_SPACE : 0) | (wordLike ? WORD_LIKE : 0);
  const isAboutText = space !== 'any' || wordLike || text !== '';
  const testDecoded: LabelTest = (bytes, start, end) => {
    const label = bytes.subarray(start, end);
    const decoded = textOf(decoder, label);
    const bits =
      decoded === undefined ? BYTE_FRAGMENT | (label[0] === 0x20 ? LEADING_SPACE : 0) : classOfText(decoded);
    return (
      (!isAboutText || (bits & HOLE) === 0) &&
      (bits & asked) === wanted &&
      (!hideByteFragments || (bits & BYTE_FRAGMENT) === 0) &&
      (needle === '' || plainToken(label, label.length).toLowerCase().includes(needle))
    );
  };
  return (bytes, start, end) => {
    const isAscii = isPrintableAscii(bytes, start, end);
    // Of a label outside ASCII only its bytes are looked at where they say enough.
    const isEnough = isAscii || (!wordLike && needleBytes !== undefined && isPlainText(bytes, start, end));
    if (!isEnough) {
      return testDecoded(bytes, start, end);
    }
    const hasSpace = bytes[start] === 0x20;
    return (
      (space === 'any' || hasSpace === (space === 'with')) &&
      (!wordLike || isAsciiWord(bytes, hasSpace ? start + 1 : start, end)) &&
      (needle === '' || (needleBytes !== undefined && holds(bytes, start, end, needleBytes)))
    );
  };
}

function isPrintableAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] < 0x20 || bytes[at] > 0x7e) {
      return false;
    }
  }
  return true;
}

/**
 * Whether a label is of printable ASCII and of characters that are shown as they are, and whose lower case is outside ASCII: U+00C0 to U+00FF,
 * U+0400 to U+047F, U+4E00 to U+9F7F.
 */
function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte >= 0x20 && byte <= 0x7e) {
      continue;
    }
    const second = at + 1 < end ? bytes[at + 1] : 0;
    const isContinued = (second & 0xc0) === 0x80;
    if (isContinued && (byte === 0xc3 || byte === 0xd0 || byte === 0xd1)) {
      at += 1;
    } else if (isContinued && isIdeograph(byte, second) && at + 2 < end && (bytes[at + 2] & 0xc0) === 0x80) {
      at += 2;
    } else {
      return false;
    }
  }
  return true;
}

function isIdeograph(first: number, second: number): boolean {
  return (
    (first === 0xe4 && second >= 0xb8) ||
    (first >= 0xe5 && first <= 0xe8) ||
    (first === 0xe9 && second <= 0xbd)
  );
}

/** Letters, at least one, with apostrophes anywhere. */
function isAsciiWord(bytes: Uint8Array, start: number, end: number): boolean {
  let letters = 0;
  for (let at = start; at < end; at++) {
    const kind = KINDS[bytes[at]];
    if (kind === 0) {
      return false;
    }
    letters += kind & LETTER;
  }
  return letters > 0;
}

/** @param needle In lower case. */
function holds(bytes: Uint8Array, start: number, end: number, needle: Uint8Array): boolean {
  const last = end - needle.length;
  for (let at = start; at <= last; at++) {
    let same = 0;
    while (same < needle.length && lowerCase(bytes[at + same]) === needle[same]) {
      same++;
    }
    if (same === needle.length) {
      return true;
    }
  }
  return false;
}

function lowerCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function textOf(decoder: TextDecoder, bytes: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
