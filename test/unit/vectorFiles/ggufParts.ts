import {
  integers,
  strings,
  type GgufValue,
  type TestGguf,
  type TestGgufTensor,
} from '../../fixtures/checkpoints/ggufBytes';

/** An embedding of single precision: 3 rows of 2. */
export const EMBEDDING: TestGgufTensor = {
  name: 'token_embd.weight',
  axes: [2, 3],
  type: 0,
  bytes: float32Bytes([1, 2, 3, 4, 5, 6]),
};

export const OTHER: TestGgufTensor = {
  name: 'blk.0.attn_norm.weight',
  axes: [5],
  type: 0,
  bytes: Buffer.alloc(20, 7),
};

export function float32Bytes(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeFloatLE(value, 4 * at));
  return bytes;
}

export const text = (value: string): GgufValue => ({ type: 8, value });

export const tokens = (
  model: string,
  pieces: readonly string[],
  types?: readonly number[],
): TestGguf['keys'] => [
  ['general.architecture', text('llama')],
  ['tokenizer.ggml.model', text(model)],
  ['tokenizer.ggml.tokens', strings(pieces)],
  ...(types === undefined ? [] : [['tokenizer.ggml.token_type', integers(types)] as const]),
  ['tokenizer.ggml.merges', strings(['a b', 'c d'])],
];
