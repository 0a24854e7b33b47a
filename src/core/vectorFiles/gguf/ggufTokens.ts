import { MAX_LABEL_BYTES, type LabelCollector } from '../../labels/labelCollector';
import type { ByteReader } from '../../safetensors/byteReader';
import { CheckpointError } from '../../safetensors/checkpointError';
import { bytesInTokenOrder } from '../../tokenizer/byteAlphabet';
import { ByteWindow } from '../byteWindow';
import { takeLabel } from '../takeLabel';
import type { GgufHeader, GgufList } from './ggufHeader';
import { GGUF_TYPE, GgufScanner } from './ggufScanner';

/** Kinds of a token that are stored otherwise than as its text, by llama.cpp's numbers (`enum llama_token_type`). */
const NORMAL = 1;
const BYTE = 6;

/** Tokens by the name of their model whose spaces are stored as U+2581. */
const WITH_SPACE_MARK: ReadonlySet<string> = new Set(['llama', 'bert', 't5']);

const SPACE_MARK = '\u2581';
/** Tokens between two looks at the signal. */
const TOKENS_A_TURN = 4096;

const BYTE_TOKEN = /^<0x([0-9A-Fa-f]{2})>$/;

/**
 * Collects the tokens of a GGUF file as labels, each as the bytes that it stands for in a text: as llama.cpp's `llama_token_to_piece` gives them,
 * special tokens written out.
 *
 * @param rowCount Tokens beyond the rows are left out.
 */
export async function readGgufTokens(
  reader: ByteReader,
  { tokens, tokenTypes, tokenModel = '' }: GgufHeader,
  labels: LabelCollector,
  rowCount: number,
  signal?: AbortSignal,
): Promise<void> {
  if (tokens === undefined) {
    return;
  }
  const count = Math.min(tokens.length, rowCount);
  const types = await readTypes(reader, tokenTypes, tokens, count, signal);
  if (tokens.elementType !== GGUF_TYPE.string) {
    throw new CheckpointError('malformed', reader.name, 'its tokens are no strings.');
  }
  const scanner = new GgufScanner(await ByteWindow.open(reader, tokens.byteOffset, signal));
  const encoder = new TextEncoder();
  const alphabet = tokenModel === 'gpt2' ? byteOfCharacter() : undefined;
  for (let id = 0; id < count; id++) {
    const text = await scanner.string(`token ${String(id)}`, MAX_LABEL_BYTES);
    const type = types?.[id] ?? NORMAL;
    const bytes =
      type === BYTE
        ? byteOf(text)
        : type === NORMAL && alphabet !== undefined
          ? bytesOf(text, alphabet)
          : undefined;
    takeLabel(
      labels,
      reader,
      () => `token ${String(id)}`,
      bytes ?? encoder.encode(WITH_SPACE_MARK.has(tokenModel) ? text.replaceAll(SPACE_MARK, ' ') : text),
    );
    if (id % TOKENS_A_TURN === TOKENS_A_TURN - 1) {
      scanner.window.throwIfAborted();
    }
  }
}

/** The byte of a token that is one: `<0x0A>`. */
function byteOf(text: string): Uint8Array | undefined {
  const match = BYTE_TOKEN.exec(text);
  return match === null ? undefined : Uint8Array.of(Number.parseInt(match[1], 16));
}

/** The bytes of a token in GPT-2's alphabet; undefined where a character is none of that. */
function bytesOf(text: string, alphabet: ReadonlyMap<string, number>): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const byte = alphabet.get(character);
    if (byte === undefined) {
      return undefined;
    }
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** GPT-2's alphabet: bytes that are visible in Latin-1 stand for themselves, the others are characters from U+0100 on. */
function byteOfCharacter(): ReadonlyMap<string, number> {
  const alphabet = new Map<string, number>();
  let hidden = 0;
  let before = -1;
  let isHidden = false;
  for (const byte of bytesInTokenOrder()) {
    // The order begins anew with the first of those that are not visible.
    isHidden ||= byte < before;
    before = byte;
    alphabet.set(String.fromCodePoint(isHidden ? 0x100 + hidden++ : byte), byte);
  }
  return alphabet;
}

async function readTypes(
  reader: ByteReader,
  list: GgufList | undefined,
  tokens: GgufList,
  count: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (list === undefined) {
    return undefined;
  }
  const isNumbers = list.elementType === GGUF_TYPE.int32 || list.elementType === GGUF_TYPE.uint32;
  if (!isNumbers || list.length !== tokens.length) {
    throw new CheckpointError(
      'malformed',
      reader.name,
      'the kinds of its tokens are not as many 32-bit numbers as there are tokens.',
    );
  }
  const window = await ByteWindow.open(reader, list.byteOffset, signal);
  const scanner = new GgufScanner(window);
  // The list lies in the file as a whole, so the rows that are announced cannot make it too large.
  const types = new Uint8Array(count);
  for (let id = 0; id < count; id++) {
    types[id] = Math.min(0xff, await scanner.uint32('the kinds of its tokens'));
  }
  return types;
}
