/*
 * Decoding of ggml's blocks value by value, from the description of each format rather than from loops over whole blocks: the number of a value
 * tells where its bits lie. Slow, and apart from the product's own decoder.
 */

/** The value of a half-precision pattern by the definition of IEEE 754. */
function half(bytes: Uint8Array, at: number): number {
  const pattern = (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  const sign = pattern >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(pattern / 1024) % 32;
  const fraction = (pattern % 1024) / 1024;
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** Bits `from` to `from + count` of a byte. */
function bits(byte: number | undefined, from: number, count: number): number {
  return Math.floor((byte ?? 0) / 2 ** from) % 2 ** count;
}

const signed = (byte = 0): number => (byte > 127 ? byte - 256 : byte);

/** A format: bytes and values of a block, and the value of number `n` of a block. */
export interface NaiveBlock {
  readonly type: number;
  readonly bytes: number;
  readonly values: number;
  /** Bytes that are the high halves of half-precision numbers. */
  readonly highs: readonly number[];
  readonly value: (block: Uint8Array, n: number) => number;
}

export const NAIVE_BLOCKS: Readonly<Record<'Q8_0' | 'Q4_0' | 'Q4_K' | 'Q6_K', NaiveBlock>> = {
  Q8_0: {
    type: 8,
    bytes: 34,
    values: 32,
    highs: [1],
    value: (block, n) => Math.fround(half(block, 0) * signed(block[2 + n])),
  },
  Q4_0: {
    type: 2,
    bytes: 18,
    values: 32,
    highs: [1],
    value: (block, n) => Math.fround(half(block, 0) * (bits(block[2 + (n % 16)], n < 16 ? 0 : 4, 4) - 8)),
  },
  Q4_K: {
    type: 12,
    bytes: 144,
    values: 256,
    highs: [1, 3],
    value: (block, n) => {
      const eighth = Math.floor(n / 32);
      const packed = block.subarray(4, 16);
      const scale =
        eighth < 4
          ? bits(packed[eighth], 0, 6)
          : bits(packed[eighth + 4], 0, 4) + 16 * bits(packed[eighth - 4], 6, 2);
      const minimum =
        eighth < 4
          ? bits(packed[eighth + 4], 0, 6)
          : bits(packed[eighth + 4], 4, 4) + 16 * bits(packed[eighth], 6, 2);
      const number = bits(block[16 + 32 * Math.floor(eighth / 2) + (n % 32)], eighth % 2 === 0 ? 0 : 4, 4);
      return Math.fround(
        Math.fround(Math.fround(half(block, 0) * scale) * number) - Math.fround(half(block, 2) * minimum),
      );
    },
  },
  Q6_K: {
    type: 14,
    bytes: 210,
    values: 256,
    highs: [209],
    value: (block, n) => {
      const inHalf = n % 128;
      const quarter = Math.floor(inHalf / 32);
      const low = block[64 * Math.floor(n / 128) + (inHalf % 64)];
      const high = block[128 + 32 * Math.floor(n / 128) + (n % 32)];
      const number = bits(low, quarter < 2 ? 0 : 4, 4) + 16 * bits(high, 2 * quarter, 2);
      const scale = signed(block[192 + Math.floor(n / 16)]);
      return Math.fround(Math.fround(half(block, 208) * scale) * (number - 32));
    },
  },
};
