const numbers = new Float32Array(1);
const bits = new Uint32Array(numbers.buffer);

/**
 * The 16 bits of the half-precision number nearest to a single-precision one, of two as near the even one (IEEE 754, binary16).
 *
 * @throws {RangeError} where that would be infinite.
 */
export function halfPrecision(value: number): number {
  numbers[0] = value;
  const single = bits[0] ?? 0;
  const sign = (single >>> 16) & 0x8000;
  const magnitude = Math.abs(numbers[0]);
  // Halves have 11 bits, from 2⁻¹⁴ on; what is smaller are multiples of 2⁻²⁴.
  const exponent = Math.max(-14, ((single >>> 23) & 0xff) - 127);
  const step = 2 ** (exponent - 10);
  const steps = roundedToEven(magnitude / step);
  if (!(steps * step <= 65_504)) {
    throw new RangeError(`${value} is beyond half precision, which ends at 65504.`);
  }
  // 1024 steps more are the exponent's next value, so that a sum carries over as it should.
  return sign | (steps < 1024 ? steps : ((exponent + 14) << 10) + steps);
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
