import { validCharacterLength } from './utf8';

/** A token's bytes cut into the kinds that a surface draws differently. */
export interface TokenLabel {
  readonly segments: readonly TokenLabelSegment[];
}

export interface TokenLabelSegment {
  /**
   * - `text`: visible characters, as they are
   * - `space`: one U+0020
   * - `newline`: one U+000A, as `↵`
   * - `tab`: one U+0009, as `→`
   * - `bytes`: a run of bytes that are no visible text, as escapes such as `\xe4\xbd`
   * - `cut`: not of the token: that it is longer than the label, and how long: `… (10,000 bytes)`
   */
  readonly kind: 'text' | 'space' | 'newline' | 'tab' | 'bytes' | 'cut';
  readonly text: string;
}

/**
 * Bytes of a token that are shown where nothing else is said: as many as GPT-2's longest token has. A tokenizer.json may hold tokens of
 * megabytes, and a list has a thousand of them.
 */
export const LONGEST_LABEL_BYTES = 128;

/** A run of one kind, before anyone decides how to draw it. */
interface Run {
  readonly kind: Exclude<TokenLabelSegment['kind'], 'cut'>;
  readonly bytes: Uint8Array;
}

/** What is shown of a token. */
interface ShownRuns {
  readonly runs: readonly Run[];
  /** What stands behind them; empty where they are all of the token. */
  readonly cut: string;
}

/**
 * Characters that cannot be seen, or that change how their surroundings are drawn: controls, format and bidirectional
 * controls, separators (every space but U+0020), private use, and default-ignorable characters such as variation
 * selectors. A label that showed them as text would show nothing, or something false.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}\p{Co}\p{Default_Ignorable_Code_Point}]/u;

/**
 * The label of a token. Bytes that form no whole UTF-8 character, and characters that cannot be seen, become escapes of
 * their bytes; neighbors of the kinds `text` and `bytes` are joined, spaces, newlines and tabs stand each for itself.
 *
 * @param longest Bytes that are shown; of a longer token its beginning, and how many bytes it has.
 */
export function tokenLabel(bytes: Uint8Array, longest = LONGEST_LABEL_BYTES): TokenLabel {
  const segments: TokenLabelSegment[] = [];
  const { runs, cut } = shownRuns(bytes, longest);
  for (const { kind, bytes: run } of runs) {
    if (kind === 'text') {
      segments.push({ kind, text: decodeUtf8(run) });
    } else if (kind === 'bytes') {
      segments.push({ kind, text: escapeBytes(run) });
    } else {
      const text = kind === 'space' ? ' ' : kind === 'newline' ? '↵' : '→';
      for (let i = 0; i < run.length; i++) {
        segments.push({ kind, text });
      }
    }
  }
  return { segments: cut === '' ? segments : [...segments, { kind: 'cut', text: cut }] };
}

/**
 * The label as one line of plain text: a space as `␣`, a newline as `↵`, a tab as `→`, other bytes as `\xe4`.
 *
 * @param longest As in {@link tokenLabel}.
 */
export function plainToken(bytes: Uint8Array, longest = LONGEST_LABEL_BYTES): string {
  return tokenLabel(bytes, longest)
    .segments.map(({ kind, text }) => (kind === 'space' ? '␣' : text))
    .join('');
}

/**
 * A token as a screen reader should say it: "space Mike", "newline", "4 spaces", "bytes e4 bd".
 *
 * @param longest As in {@link tokenLabel}.
 */
export function spokenToken(bytes: Uint8Array, longest = LONGEST_LABEL_BYTES): string {
  const { runs, cut } = shownRuns(bytes, longest);
  const parts = runs.map(({ kind, bytes: run }) => {
    switch (kind) {
      case 'text':
        return decodeUtf8(run);
      case 'bytes':
        return `${run.length === 1 ? 'byte' : 'bytes'} ${Array.from(run, hexadecimal).join(' ')}`;
      default:
        return run.length === 1 ? kind : `${run.length} ${kind}s`;
    }
  });
  return parts.length === 0 ? 'empty' : [...parts, ...(cut === '' ? [] : [cut])].join(' ');
}

/**
 * A token as a string literal, quoted as Python's `repr` quotes: single quotes, or double ones around text that holds
 * only single ones. Bytes that are no visible text are escaped one by one, so `\xe4` is a byte here, never U+00E4. That a token is cut
 * stands behind the closing quote.
 */
export function quotedToken(bytes: Uint8Array): string {
  const { runs, cut } = shownRuns(bytes, LONGEST_LABEL_BYTES);
  const body = runs
    .map(({ kind, bytes: run }) => {
      switch (kind) {
        case 'text':
          return decodeUtf8(run).replaceAll('\\', '\\\\');
        case 'space':
          return ' '.repeat(run.length);
        case 'newline':
          return '\\n'.repeat(run.length);
        case 'tab':
          return '\\t'.repeat(run.length);
        case 'bytes':
          return escapeBytes(run).replaceAll('\\x0d', '\\r');
      }
    })
    .join('');
  const quote = body.includes("'") && !body.includes('"') ? '"' : "'";
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote + cut;
}

/** The one place where tokens are cut for people, between two characters. */
function shownRuns(bytes: Uint8Array, longest: number): ShownRuns {
  if (bytes.length <= longest) {
    return { runs: runsOf(bytes), cut: '' };
  }
  let end = longest;
  while (end > longest - LONGEST_CHARACTER && isContinuation(bytes[end] ?? 0)) {
    end--;
  }
  const cut = `… (${bytes.length.toLocaleString('en-US')} bytes)`;
  return { runs: runsOf(bytes.subarray(0, end)), cut };
}

/** Bytes of UTF-8. */
const LONGEST_CHARACTER = 4;

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

function runsOf(bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  let start = 0;
  let current: Run['kind'] | undefined;
  for (let at = 0; at < bytes.length;) {
    const length = validCharacterLength(bytes, at);
    const end = at + Math.max(1, length);
    const kind = length === 0 ? 'bytes' : kindOf(decodeUtf8(bytes.subarray(at, end)));
    if (current !== undefined && kind !== current) {
      runs.push({ kind: current, bytes: bytes.subarray(start, at) });
      start = at;
    }
    current = kind;
    at = end;
  }
  if (current !== undefined) {
    runs.push({ kind: current, bytes: bytes.subarray(start) });
  }
  return runs;
}

function kindOf(character: string): Run['kind'] {
  switch (character) {
    case ' ':
      return 'space';
    case '\n':
      return 'newline';
    case '\t':
      return 'tab';
    default:
      return UNSEEN.test(character) ? 'bytes' : 'text';
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `\\x${hexadecimal(byte)}`).join('');
}

function hexadecimal(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
