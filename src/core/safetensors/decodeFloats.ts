/*
 * Decoding of stored floating-point values to single precision. safetensors stores little-endian values at any byte
 * position, so sources are bytes, never typed arrays of wider elements. Values are written as bit patterns, so that NaN
 * payloads and the sign of zero survive.
 *
 * All functions decode from front to back and read an element before they write it: the source may be the last part of the
 * target's own memory (see the reading of embedding rows), and no second buffer is needed.
 */

/** True where typed arrays have the format's byte order, which is everywhere JavaScript engines are common. */
const HOST_IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Single-precision bits of each of the 65,536 half-precision patterns; made on first use, 256 KB. */
let float16Table: Uint32Array | undefined;

/** The same bits as values. */
let float16Values: Float32Array | undefined;

/** The value of one half-precision pattern, 0 ≤ pattern < 65,536. */
export function float16Value(pattern: number): number {
  float16Values ??= new Float32Array((float16Table ??= makeFloat16Table()).buffer);
  return float16Values[pattern];
}

/**
 * IEEE 754 binary16 to binary32, exact for all patterns.
 *
 * @param bytes 2 bytes for each value.
 * @param target Receives `bytes.length / 2` values.
 * @throws {RangeError} when the lengths do not fit.
 */
export function decodeFloat16Into(bytes: Uint8Array, target: Float32Array): void {
  requireLengths(bytes, target, 2);
  const table = (float16Table ??= makeFloat16Table());
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0, j = 0; i < bits.length; i++, j += 2) {
    bits[i] = table[bytes[j] | (bytes[j + 1] << 8)];
  }
}

/**
 * bfloat16, the upper half of binary32, to binary32.
 *
 * @param bytes 2 bytes for each value.
 * @param target Receives `bytes.length / 2` values.
 * @throws {RangeError} when the lengths do not fit.
 */
export function decodeBfloat16Into(bytes: Uint8Array, target: Float32Array): void {
  requireLengths(bytes, target, 2);
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0, j = 0; i < bits.length; i++, j += 2) {
    bits[i] = (bytes[j] << 16) | (bytes[j + 1] << 24);
  }
}

/**
 * IEEE 754 binary32. On a little-endian host the bytes are copied, or left alone where they lie in place already.
 *
 * @param bytes 4 bytes for each value.
 * @param target Receives `bytes.length / 4` values.
 * @throws {RangeError} when the lengths do not fit.
 */
export function decodeFloat32Into(bytes: Uint8Array, target: Float32Array): void {
  requireLengths(bytes, target, 4);
  const inPlace = bytes.buffer === target.buffer && bytes.byteOffset === target.byteOffset;
  if (HOST_IS_LITTLE_ENDIAN) {
    if (!inPlace) {
      new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(bytes);
    }
    return;
  }
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0, j = 0; i < bits.length; i++, j += 4) {
    bits[i] = bytes[j] | (bytes[j + 1] << 8) | (bytes[j + 2] << 16) | (bytes[j + 3] << 24);
  }
}

function requireLengths(bytes: Uint8Array, target: Float32Array, elementBytes: number): void {
  if (bytes.length !== target.length * elementBytes) {
    throw new RangeError(
      `${String(bytes.length)} bytes do not hold ${String(target.length)} values of ${String(elementBytes)} bytes`,
    );
  }
}

function makeFloat16Table(): Uint32Array {
  const table = new Uint32Array(65536);
  for (let half = 0; half < table.length; half++) {
    table[half] = float32BitsOfFloat16(half);
  }
  return table;
}

/** Binary16 has 1 sign, 5 exponent (bias 15) and 10 mantissa bits; binary32 has 1, 8 (bias 127) and 23. */
function float32BitsOfFloat16(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) {
    return sign | 0x7f800000 | (mantissa << 13);
  }
  if (exponent !== 0) {
    return sign | ((exponent + 112) << 23) | (mantissa << 13);
  }
  if (mantissa === 0) {
    return sign;
  }
  // Subnormal: mantissa · 2^−24. Shift its leading bit to where binary32 implies it.
  const shift = Math.clz32(mantissa) - 21;
  return sign | ((113 - shift) << 23) | (((mantissa << shift) & 0x3ff) << 13);
}
