/** The largest prime below 2²⁶: a product of two remainders, and a little more, is exact in double precision. */
const PRIME = 67_108_859;
const INVERSE = 1 / PRIME;

/** Bytes that become one number: below {@link PRIME}. */
const BYTES_AT_ONCE = 3;

/** What a hash is made with; whoever wrote what is hashed must not know it. */
export interface HashKey {
  readonly first: number;
  readonly second: number;
}

/** @param random Two numbers of 32 bits. */
export function hashKey(random: readonly [number, number]): HashKey {
  // 0 and 1 would leave bytes out.
  const [first, second] = random.map((number) => 2 + ((number >>> 0) % (PRIME - 2)));
  return { first, second };
}

/**
 * A hash of some bytes, 32 bits: two polynomials over a field of prime order, each at a secret point (J. L. Carter, M. N. Wegman, "Universal classes
 * of hash functions", 1979). Two different texts of n bytes have both polynomials in common for no more than (n / 3 / 2²⁶)² of all keys, so that
 * nobody can write texts that fall together. Of hashes that mix with a seed, as MurmurHash does, that is not so: there are texts that fall
 * together whatever the seed is.
 */
export function keyedHash(bytes: Uint8Array, from: number, to: number, { first, second }: HashKey): number {
  let a = to - from;
  let b = a;
  for (let at = from; at < to; at += BYTES_AT_ONCE) {
    // Behind the end zeros are added: the length tells such texts apart.
    const number =
      bytes[at] | (at + 1 < to ? bytes[at + 1] << 8 : 0) | (at + 2 < to ? bytes[at + 2] << 16 : 0);
    a = remainder(a * first + number);
    b = remainder(b * second + number);
  }
  return (Math.imul(a, 0x9e3779b1) ^ b) | 0;
}

/**
 * The quotient is exact, so nothing is to be put right. It is below 2²⁶, where doubles are 2⁻²⁷ apart at most, and {@link INVERSE} is 2⁻⁷¹ of itself
 * too small: a multiple of the prime is rounded to the whole number, and what is one less, 2⁻²⁶ below it, does not get there.
 *
 * @param value 0 ≤ value < the square of the prime.
 */
function remainder(value: number): number {
  return value - Math.floor(value * INVERSE) * PRIME;
}
