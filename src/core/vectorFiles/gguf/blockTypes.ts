import type { RowDtype } from '../vectorRows';
import { decodeQ4_0, decodeQ4K, decodeQ6K, decodeQ8_0 } from './dequantize';

/** How values of one of ggml's types are stored and decoded. */
export interface BlockType {
  readonly name: string;
  /** Values of a block, which is stored as a whole. */
  readonly blockValues: number;
  readonly blockBytes: number;
  /** In which dtype the values are handed on. */
  readonly dtype: RowDtype;
  /** Decodes whole blocks to single precision; undefined where the stored bytes are handed on as they are. */
  readonly decode?: (bytes: Uint8Array, target: Float32Array) => void;
}

/** Types that are read, by their numbers (`enum ggml_type` in https://github.com/ggml-org/llama.cpp, ggml/include/ggml.h). */
export const BLOCK_TYPES: ReadonlyMap<number, BlockType> = new Map<number, BlockType>([
  [0, { name: 'F32', blockValues: 1, blockBytes: 4, dtype: 'F32' }],
  [1, { name: 'F16', blockValues: 1, blockBytes: 2, dtype: 'F16' }],
  [2, { name: 'Q4_0', blockValues: 32, blockBytes: 18, dtype: 'F32', decode: decodeQ4_0 }],
  [8, { name: 'Q8_0', blockValues: 32, blockBytes: 34, dtype: 'F32', decode: decodeQ8_0 }],
  [12, { name: 'Q4_K', blockValues: 256, blockBytes: 144, dtype: 'F32', decode: decodeQ4K }],
  [14, { name: 'Q6_K', blockValues: 256, blockBytes: 210, dtype: 'F32', decode: decodeQ6K }],
  [30, { name: 'BF16', blockValues: 1, blockBytes: 2, dtype: 'BF16' }],
]);

/** Names of types that are not read, by their numbers, for what is said of them. */
const OTHER_NAMES: ReadonlyMap<number, string> = new Map([
  [3, 'Q4_1'],
  [6, 'Q5_0'],
  [7, 'Q5_1'],
  [9, 'Q8_1'],
  [10, 'Q2_K'],
  [11, 'Q3_K'],
  [13, 'Q5_K'],
  [15, 'Q8_K'],
  [16, 'IQ2_XXS'],
  [17, 'IQ2_XS'],
  [18, 'IQ3_XXS'],
  [19, 'IQ1_S'],
  [20, 'IQ4_NL'],
  [21, 'IQ3_S'],
  [22, 'IQ2_S'],
  [23, 'IQ4_XS'],
  [24, 'I8'],
  [25, 'I16'],
  [26, 'I32'],
  [27, 'I64'],
  [28, 'F64'],
  [29, 'IQ1_M'],
  [34, 'TQ1_0'],
  [35, 'TQ2_0'],
  [39, 'MXFP4'],
]);

/** What a type is called; its number where it has no name here. */
export function typeName(type: number): string {
  return BLOCK_TYPES.get(type)?.name ?? OTHER_NAMES.get(type) ?? `type ${String(type)}`;
}
