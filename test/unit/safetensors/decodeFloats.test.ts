import assert from 'node:assert/strict';
import {
  decodeBfloat16Into,
  decodeFloat16Into,
  decodeFloat32Into,
} from '../../../src/core/safetensors/decodeFloats';

/** All 65,536 two-byte patterns in little-endian order, behind `shift` other bytes. */
function allPatterns(shift: number): Uint8Array {
  const bytes = new Uint8Array(shift + 2 * 65536);
  for (let pattern = 0; pattern < 65536; pattern++) {
    bytes[shift + 2 * pattern] = pattern % 256;
    bytes[shift + 2 * pattern + 1] = Math.floor(pattern / 256);
  }
  return bytes.subarray(shift);
}

/** The value of a floating-point pattern by the definition of IEEE 754, in double precision. */
function valueOf(pattern: number, exponentBits: number, mantissaBits: number): number {
  const sign = pattern >= 2 ** (exponentBits + mantissaBits) ? -1 : 1;
  const exponent = Math.floor(pattern / 2 ** mantissaBits) % 2 ** exponentBits;
  const fraction = (pattern % 2 ** mantissaBits) / 2 ** mantissaBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) {
    return fraction === 0 ? sign * Infinity : NaN;
  }
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}

describe('Decoding of stored floating-point values', () => {
  it('decodes every half-precision pattern to the value that IEEE 754 defines, the sign of zero included', () => {
    const target = new Float32Array(65536);
    decodeFloat16Into(allPatterns(0), target);
    target.forEach((value, pattern) => {
      assert.ok(
        Object.is(value, valueOf(pattern, 5, 10)),
        `pattern 0x${pattern.toString(16)} gave ${String(value)}`,
      );
    });
  });

  it('decodes every bfloat16 pattern to the value that IEEE 754 defines, the sign of zero included', () => {
    const target = new Float32Array(65536);
    decodeBfloat16Into(allPatterns(0), target);
    target.forEach((value, pattern) => {
      assert.ok(
        Object.is(value, valueOf(pattern, 8, 7)),
        `pattern 0x${pattern.toString(16)} gave ${String(value)}`,
      );
    });
  });

  for (const [name, decode] of [
    ['half-precision', decodeFloat16Into],
    ['bfloat16', decodeBfloat16Into],
  ] as const) {
    it(`decodes ${name} values at odd byte positions and in place, from the end of the target's own memory`, () => {
      const expected = new Float32Array(65536);
      decode(allPatterns(0), expected);
      const unaligned = new Float32Array(65536);
      decode(allPatterns(3), unaligned);
      assert.deepEqual(new Uint8Array(unaligned.buffer), new Uint8Array(expected.buffer));

      const inPlace = new Float32Array(65536);
      const tail = new Uint8Array(inPlace.buffer, 2 * 65536);
      tail.set(allPatterns(0));
      decode(tail, inPlace);
      assert.deepEqual(new Uint8Array(inPlace.buffer), new Uint8Array(expected.buffer));
    });
  }

  it('reads single-precision values as little-endian, at odd byte positions and in place', () => {
    const values = [1, -0, 1.5e-45, Math.PI, -3.4e38, Infinity, NaN];
    const bytes = Buffer.alloc(1 + 4 * values.length);
    values.forEach((value, i) => bytes.writeFloatLE(value, 1 + 4 * i));
    const target = new Float32Array(values.length);
    decodeFloat32Into(bytes.subarray(1), target);
    assert.deepEqual(target, Float32Array.from(values));
    const own = new Uint8Array(target.buffer);
    own.set(bytes.subarray(1));
    decodeFloat32Into(own, target);
    assert.deepEqual(target, Float32Array.from(values));
  });

  it('refuses bytes that are not as many as the target needs', () => {
    for (const decode of [decodeFloat16Into, decodeBfloat16Into]) {
      assert.throws(() => decode(new Uint8Array(7), new Float32Array(4)), RangeError);
    }
    assert.throws(() => decodeFloat32Into(new Uint8Array(17), new Float32Array(4)), RangeError);
  });
});
