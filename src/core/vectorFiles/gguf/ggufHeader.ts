import type { ByteReader } from '../../safetensors/byteReader';
import { CheckpointError } from '../../safetensors/checkpointError';
import { quoted } from '../../safetensors/jsonScanner';
import { ByteWindow } from '../byteWindow';
import { GGUF_TYPE, GgufScanner } from './ggufScanner';

/** Most keys and tensors of one file. */
const MAX_ENTRIES = 100_000;

/** The format's own default. */
const DEFAULT_ALIGNMENT = 32;
const MAX_ALIGNMENT = 2 ** 20;

/** Axes of a tensor; ggml has four. */
const MAX_AXES = 4;

/** A tensor as the header lists it. */
export interface GgufTensor {
  readonly name: string;
  /** The fastest axis first: of an embedding values per row, then rows. */
  readonly axes: readonly number[];
  readonly type: number;
  /** Position of the first byte in the file. */
  readonly byteOffset: number;
}

/** Where a list of the header lies. */
export interface GgufList {
  readonly elementType: number;
  readonly length: number;
  /** Position of its first element in the file. */
  readonly byteOffset: number;
}

/** What of a GGUF header matters here. */
export interface GgufHeader {
  /** The tensor that was looked for; undefined where there is none of its name. */
  readonly tensor: GgufTensor | undefined;
  /** Names of tensors, some of the first. */
  readonly names: readonly string[];
  /** Which kind of tokens there are: `gpt2`, `llama`, `bert`, …; undefined for a file without. */
  readonly tokenModel: string | undefined;
  readonly tokens: GgufList | undefined;
  readonly tokenTypes: GgufList | undefined;
}

/** Names that an error may list. */
const LISTED_NAMES = 8;

const ALIGNMENT_KEY = 'general.alignment';
const MODEL_KEY = 'tokenizer.ggml.model';
const TOKENS_KEY = 'tokenizer.ggml.tokens';
const TYPES_KEY = 'tokenizer.ggml.token_type';

/** What is taken from the keys. */
type Fields = {
  -readonly [Key in 'tokenModel' | 'tokens' | 'tokenTypes']: GgufHeader[Key];
} & { alignment: number };

/**
 * Reads the header of a GGUF file, versions 2 and 3, and of it keeps what matters here; lists are left where they are.
 *
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md.
 *
 * @param tensorName The tensor that is looked for.
 * @throws {CheckpointError} naming the file, the key or the tensor, and what is wrong.
 */
export async function readGgufHeader(
  reader: ByteReader,
  tensorName: string,
  signal?: AbortSignal,
): Promise<GgufHeader> {
  const window = await ByteWindow.open(reader, 4, signal);
  const scanner = new GgufScanner(window);
  const version = await scanner.uint32('the version');
  if (version !== 2 && version !== 3) {
    throw new CheckpointError(
      'unsupported',
      reader.name,
      version > 0 && (version & 0xffff) === 0
        ? 'this is a big-endian GGUF file; Tokenscope reads little-endian ones.'
        : `this is a GGUF file of version ${String(version)}; Tokenscope reads versions 2 and 3.`,
    );
  }
  const tensorCount = await scanner.uint64('the number of tensors');
  const keyCount = await scanner.uint64('the number of keys');
  if (tensorCount > MAX_ENTRIES || keyCount > MAX_ENTRIES) {
    throw new CheckpointError(
      'too-large',
      reader.name,
      `its header announces ${String(tensorCount)} tensors and ${String(keyCount)} keys; at most ${String(MAX_ENTRIES)} are read.`,
    );
  }
  const fields = await readFields(scanner, keyCount);
  const names: string[] = [];
  let found: GgufTensor | undefined;
  for (let at = 0; at < tensorCount; at++) {
    const tensor = await readTensor(scanner, at);
    if (tensor.name === tensorName) {
      if (found !== undefined) {
        throw scanner.malformed(`it lists the tensor ${quoted(tensorName)} twice.`);
      }
      found = tensor;
    }
    if (names.length < LISTED_NAMES) {
      names.push(tensor.name);
    }
  }
  const { alignment, ...kept } = fields;
  const dataStart = Math.ceil(window.offset / alignment) * alignment;
  if (found !== undefined && found.byteOffset % alignment !== 0) {
    throw scanner.malformed(
      `the tensor ${quoted(tensorName)} begins at ${String(found.byteOffset)}, no multiple of ${String(alignment)}.`,
    );
  }
  return { ...kept, names, tensor: found && { ...found, byteOffset: dataStart + found.byteOffset } };
}

async function readFields(scanner: GgufScanner, keyCount: number): Promise<Fields> {
  const fields: Fields = {
    alignment: DEFAULT_ALIGNMENT,
    tokenModel: undefined,
    tokens: undefined,
    tokenTypes: undefined,
  };
  const seen = new Set<string>();
  for (let at = 0; at < keyCount; at++) {
    const key = await scanner.string(`key ${String(at + 1)}`);
    if (seen.has(key)) {
      throw scanner.malformed(`it has the key ${quoted(key)} twice.`);
    }
    seen.add(key);
    const what = `the value of ${quoted(key)}`;
    const type = await scanner.uint32(`the type of ${quoted(key)}`);
    if (key === ALIGNMENT_KEY) {
      fields.alignment = await readAlignment(scanner, type);
    } else if (key === MODEL_KEY && type === GGUF_TYPE.string) {
      fields.tokenModel = await scanner.string(what);
    } else if ((key === TOKENS_KEY || key === TYPES_KEY) && type === GGUF_TYPE.array) {
      const list = await scanner.arrayStart(what);
      const byteOffset = scanner.window.offset;
      await scanner.skipElements(list.elementType, list.length, what);
      fields[key === TOKENS_KEY ? 'tokens' : 'tokenTypes'] = { ...list, byteOffset };
    } else {
      await scanner.skipValue(type, what);
    }
  }
  return fields;
}

async function readAlignment(scanner: GgufScanner, type: number): Promise<number> {
  if (type !== GGUF_TYPE.uint32) {
    throw scanner.malformed(`"${ALIGNMENT_KEY}" is no 32-bit number.`);
  }
  const alignment = await scanner.uint32(`"${ALIGNMENT_KEY}"`);
  if (alignment === 0 || alignment > MAX_ALIGNMENT || (alignment & (alignment - 1)) !== 0) {
    throw scanner.malformed(
      `"${ALIGNMENT_KEY}" is ${String(alignment)}, no power of two up to ${String(MAX_ALIGNMENT)}.`,
    );
  }
  return alignment;
}

async function readTensor(scanner: GgufScanner, index: number): Promise<GgufTensor> {
  const name = await scanner.string(`the name of tensor ${String(index + 1)}`);
  const what = `tensor ${quoted(name)}`;
  const count = await scanner.uint32(`the axes of ${what}`);
  if (count > MAX_AXES) {
    throw scanner.malformed(`${what} has ${String(count)} axes; at most ${String(MAX_AXES)} are allowed.`);
  }
  const axes: number[] = [];
  for (let axis = 0; axis < count; axis++) {
    axes.push(await scanner.uint64(`an axis of ${what}`));
  }
  const type = await scanner.uint32(`the type of ${what}`);
  return { name, axes, type, byteOffset: await scanner.uint64(`the place of ${what}`) };
}
