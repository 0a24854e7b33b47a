/**
 * A checksum of bytes against torn writes and bad disks, not against tampering. It is made so that SIMD computes it at the
 * speed of memory: sixteen independent lanes of 32 bits, each a round of xxHash32 (Yann Collet,
 * https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) a word. Definition, all arithmetic modulo 2³²:
 *
 * 1. `lane[i] = (i + 1) · P5` for i = 0 … 15.
 * 2. The bytes are cut into blocks of 64; the last one, if it is not whole, is filled up with zeros. Without bytes there is no
 *    block. For each block in turn, and i = 0 … 15, with `word` its i-th little-endian word of 32 bits:
 *    `lane[i] = rotateLeft(lane[i] + word · P2, 13) · P1`
 * 3. For j = 0 … 3: `h = P5 + j`. Into it go, in this order, lane[4j], lane[4j + 1], lane[4j + 2], lane[4j + 3], the number of
 *    bytes modulo 2³², and the number of bytes divided by 2³² and rounded down, each by `h = rotateLeft(h + value · P3, 17) · P4`.
 *    Then `h ^= h >>> 15; h *= P2; h ^= h >>> 13; h *= P3; h ^= h >>> 16`.
 * 4. The checksum is h of j = 0, 1, 2, 3 as eight lower-case hexadecimal digits each, 32 in all.
 *
 * Every step is a bijection of the lane and of h, so a change within one word is always seen.
 *
 * Lanes 4r … 4r + 3 are one SIMD register; a kernel need only do step 2 for whole blocks, as {@link MixBlocks}.
 */

/** Primes of xxHash32. */
const P1 = 0x9e3779b1;
const P2 = 0x85ebca77;
const P3 = 0xc2b2ae3d;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

const LANES = 16;
const LANES_PER_REGISTER = 4;

/** Bytes that are mixed in at a time: one word a lane. */
export const CHECKSUM_BLOCK_BYTES = 64;

/** What {@link Checksum.digest} gives. */
export const CHECKSUM_PATTERN = /^[0-9a-f]{32}$/;

export interface Checksum {
  /**
   * Adds bytes. After a number of bytes that is no multiple of 64 nothing more can be added.
   *
   * @param bytes May be a view of shared memory.
   * @throws {RangeError} for bytes after the last, incomplete block.
   */
  update(bytes: Uint8Array): void;

  /** The checksum of all bytes so far: 32 lower-case hexadecimal digits. */
  digest(): string;
}

export type CreateChecksum = () => Checksum;

/**
 * Step 2 of the definition for whole blocks.
 *
 * @param lanes The 16 lanes, changed in place.
 * @param blocks Its length is a multiple of 64; at any address, of any kind of memory.
 */
export type MixBlocks = (lanes: Uint32Array, blocks: Uint8Array) => void;

/** The checksum with its blocks mixed by plain JavaScript, or by a kernel that computes the same. */
export function createChecksum(mix: MixBlocks = mixBlocks): Checksum {
  return new LaneChecksum(mix);
}

/** Step 2 in plain JavaScript: four lanes at a time, so that they stay in registers. */
export function mixBlocks(lanes: Uint32Array, blocks: Uint8Array): void {
  const { byteLength } = blocks;
  const words = new DataView(blocks.buffer, blocks.byteOffset, byteLength);
  for (let lane = 0; lane < LANES; lane += LANES_PER_REGISTER) {
    let a = lanes[lane] | 0;
    let b = lanes[lane + 1] | 0;
    let c = lanes[lane + 2] | 0;
    let d = lanes[lane + 3] | 0;
    for (let offset = lane * 4; offset < byteLength; offset += CHECKSUM_BLOCK_BYTES) {
      a = (a + Math.imul(words.getInt32(offset, true), P2)) | 0;
      b = (b + Math.imul(words.getInt32(offset + 4, true), P2)) | 0;
      c = (c + Math.imul(words.getInt32(offset + 8, true), P2)) | 0;
      d = (d + Math.imul(words.getInt32(offset + 12, true), P2)) | 0;
      a = Math.imul((a << 13) | (a >>> 19), P1);
      b = Math.imul((b << 13) | (b >>> 19), P1);
      c = Math.imul((c << 13) | (c >>> 19), P1);
      d = Math.imul((d << 13) | (d >>> 19), P1);
    }
    lanes[lane] = a;
    lanes[lane + 1] = b;
    lanes[lane + 2] = c;
    lanes[lane + 3] = d;
  }
}

class LaneChecksum implements Checksum {
  private readonly lanes = Uint32Array.from({ length: LANES }, (_, lane) => Math.imul(lane + 1, P5));
  private byteLength = 0;

  constructor(private readonly mix: MixBlocks) {}

  update(bytes: Uint8Array): void {
    if (bytes.length === 0) {
      return;
    }
    if (this.byteLength % CHECKSUM_BLOCK_BYTES !== 0) {
      throw new RangeError('Only the last bytes of a checksum may be an incomplete block.');
    }
    const whole = bytes.length - (bytes.length % CHECKSUM_BLOCK_BYTES);
    if (whole > 0) {
      this.mix(this.lanes, bytes.subarray(0, whole));
    }
    if (whole < bytes.length) {
      const last = new Uint8Array(CHECKSUM_BLOCK_BYTES);
      last.set(bytes.subarray(whole));
      mixBlocks(this.lanes, last);
    }
    this.byteLength += bytes.length;
  }

  digest(): string {
    const length = [this.byteLength >>> 0, Math.floor(this.byteLength / 2 ** 32)];
    return [0, 1, 2, 3]
      .map((j) => hashWord(j, [...this.lanes.subarray(4 * j, 4 * j + 4), ...length]))
      .join('');
  }
}

/** Step 3 for one j, as eight hexadecimal digits. */
function hashWord(j: number, values: readonly number[]): string {
  let h = (P5 + j) | 0;
  for (const value of values) {
    h = (h + Math.imul(value, P3)) | 0;
    h = Math.imul((h << 17) | (h >>> 15), P4);
  }
  h ^= h >>> 15;
  h = Math.imul(h, P2);
  h ^= h >>> 13;
  h = Math.imul(h, P3);
  h ^= h >>> 16;
  return (h >>> 0).toString(16).padStart(8, '0');
}
