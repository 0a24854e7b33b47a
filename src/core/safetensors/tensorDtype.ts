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

export function isTensorDtype(name: string): name is TensorDtype {
  return Object.hasOwn(DTYPE_BITS, name);
}

/** Size of one element in bits; below 8 for the packed types F4, F6_E2M3 and F6_E3M2. */
export function dtypeBits(dtype: TensorDtype): number {
  return DTYPE_BITS[dtype];
}
