import { float16Value } from '../../safetensors/decodeFloats';

/*
 * Decoding of ggml's quantized blocks to single precision, in the order of operations of its reference (`dequantize_row_*` in
 * https://github.com/ggml-org/llama.cpp, ggml/src/ggml-quants.c), so that the values are its values, bit for bit. Products of the scales with
 * the small integers are exact in double precision, so that rounding once, when a value is stored, gives what single precision gives.
 *
 * Each function decodes whole blocks: `target` has as many values as the blocks of `bytes`.
 */

/** Q8_0: 32 values in 34 bytes. A scale d in half precision, then 32 signed bytes q; a value is d · q. */
export function decodeQ8_0(bytes: Uint8Array, target: Float32Array): void {
  for (let block = 0, at = 0; at < target.length; block += 34) {
    const scale = float16Value(bytes[block] | (bytes[block + 1] << 8));
    for (let j = 0; j < 32; j++) {
      target[at++] = scale * signed(bytes[block + 2 + j]);
    }
  }
}

/** Q4_0: 32 values in 18 bytes. A scale d in half precision, then 16 bytes of two 4-bit numbers q, of which the low ones come first; d · (q − 8). */
export function decodeQ4_0(bytes: Uint8Array, target: Float32Array): void {
  for (let block = 0, at = 0; at < target.length; block += 18, at += 32) {
    const scale = float16Value(bytes[block] | (bytes[block + 1] << 8));
    for (let j = 0; j < 16; j++) {
      const pair = bytes[block + 2 + j];
      target[at + j] = ((pair & 0xf) - 8) * scale;
      target[at + 16 + j] = ((pair >> 4) - 8) * scale;
    }
  }
}

/**
 * Q4_K: 256 values in 144 bytes. Scales d and dmin in half precision; 12 bytes with a 6-bit scale and a 6-bit minimum for each eighth of the values;
 * 128 bytes of two 4-bit numbers q. A value is (d · scale) · q − dmin · minimum.
 */
export function decodeQ4K(bytes: Uint8Array, target: Float32Array): void {
  for (let block = 0, at = 0; at < target.length; block += 144) {
    const d = float16Value(bytes[block] | (bytes[block + 1] << 8));
    const dmin = float16Value(bytes[block + 2] | (bytes[block + 3] << 8));
    for (let pair = 0; pair < 4; pair++) {
      const lowScale = d * scaleQ4K(bytes, block + 4, 2 * pair);
      const lowMinimum = dmin * minimumQ4K(bytes, block + 4, 2 * pair);
      const highScale = d * scaleQ4K(bytes, block + 4, 2 * pair + 1);
      const highMinimum = dmin * minimumQ4K(bytes, block + 4, 2 * pair + 1);
      const numbers = block + 16 + 32 * pair;
      for (let j = 0; j < 32; j++) {
        target[at + j] = lowScale * (bytes[numbers + j] & 0xf) - lowMinimum;
        target[at + 32 + j] = highScale * (bytes[numbers + j] >> 4) - highMinimum;
      }
      at += 64;
    }
  }
}

/** The 6 bits of scale `index`: the first four lie in the first four bytes, the others are parted. */
function scaleQ4K(bytes: Uint8Array, from: number, index: number): number {
  return index < 4
    ? bytes[from + index] & 0x3f
    : (bytes[from + index + 4] & 0xf) | ((bytes[from + index - 4] >> 6) << 4);
}

/** The 6 bits of minimum `index`. */
function minimumQ4K(bytes: Uint8Array, from: number, index: number): number {
  return index < 4
    ? bytes[from + index + 4] & 0x3f
    : (bytes[from + index + 4] >> 4) | ((bytes[from + index] >> 6) << 4);
}

/**
 * Q6_K: 256 values in 210 bytes. 128 bytes of low and 64 of high bits, which together make 6-bit numbers q; a signed 8-bit scale for each
 * 16 values; a scale d in half precision. A value is (d · scale) · (q − 32).
 */
export function decodeQ6K(bytes: Uint8Array, target: Float32Array): void {
  for (let block = 0, at = 0; at < target.length; block += 210) {
    const d = float16Value(bytes[block + 208] | (bytes[block + 209] << 8));
    for (let half = 0; half < 2; half++, at += 128) {
      const low = block + 64 * half;
      const high = block + 128 + 32 * half;
      const scales = block + 192 + 8 * half;
      for (let j = 0; j < 32; j++) {
        const bits = bytes[high + j];
        const first = bytes[low + j];
        const second = bytes[low + 32 + j];
        const scale = scales + (j >> 4);
        target[at + j] = d * signed(bytes[scale]) * (((first & 0xf) | ((bits & 3) << 4)) - 32);
        target[at + 32 + j] = d * signed(bytes[scale + 2]) * (((second & 0xf) | ((bits & 12) << 2)) - 32);
        target[at + 64 + j] = d * signed(bytes[scale + 4]) * (((first >> 4) | (bits & 48)) - 32);
        target[at + 96 + j] = d * signed(bytes[scale + 6]) * (((second >> 4) | ((bits & 192) >> 2)) - 32);
      }
    }
  }
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}
