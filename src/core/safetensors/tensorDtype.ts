/**
 * Bits per element of every dtype of the safetensors format, as of version 0.8 of its reference implementation
 * (https://github.com/huggingface/safetensors, enum `Dtype`). A file may hold tensors of all of them beside the embedding
 * matrix, so all of them must be known to check the file's layout.
 */
const DTYPE_BITS = {
  BOOL: 8,
  F4: 4,
  F6_E2M3: 6,
  F6_E3M2: 6,
  U8: 8,
  I8: 8,
  F8_E5M2: 8,
  F8_E4M3: 8,
  F8_E8M0: 8,
  F8_E4M3FNUZ: 8,
  F8_E5M2FNUZ: 8,
  I16: 16,
  U16: 16,
  F16: 16,
  BF16: 16,
  I32: 32,
  U32: 32,
  F32: 32,
  C64: 64,
  F64: 64,
  I64: 64,
  U64: 64,
} as const;

/** Element type of a tensor, by the name that the format uses. */
export type TensorDtype = keyof typeof DTYPE_BITS;

const DTYPES = new Map(Object.keys(DTYPE_BITS).map((name) => [name, name as TensorDtype]));

/**
 * The dtype of a name; undefined for one that the format does not have.
 *
 * What is returned is our own string, never the one that came out of a file: V8 can fold a comparison of such a string with a literal to
 * false while it optimizes a loop (seen in Node 20 and 24, when the string has been used as a key before), and a matrix of F16 would be
 * decoded as BF16.
 */
export function tensorDtypeOf(name: string): TensorDtype | undefined {
  return DTYPES.get(name);
}

/** Size of one element in bits; below 8 for the packed types F4, F6_E2M3 and F6_E3M2. */
export function dtypeBits(dtype: TensorDtype): number {
  return DTYPE_BITS[dtype];
}
