import { BYTE_TOKEN_COUNT, bytesInTokenOrder } from './byteAlphabet';
import type { MergeTable } from './mergeTable';

/**
 * The bytes of all tokens that bytes and merges make. They are spelled out from the merges when asked for; only their
 * lengths are kept.
 */
export class TokenBytes {
  /** Bytes of the longest token. */
  readonly longest: number;
  /** Number of bytes by id. GPT-2's longest token has 128. */
  private readonly lengths: Uint16Array;
  private readonly alphabet = bytesInTokenOrder();

  constructor(private readonly merges: MergeTable) {
    const { tokenCount } = merges;
    const lengths = new Uint16Array(tokenCount).fill(1, 0, BYTE_TOKEN_COUNT);
    let longest = 1;
    for (let id = BYTE_TOKEN_COUNT; id < tokenCount; id++) {
      const length = lengths[merges.leftOf(id)] + lengths[merges.rightOf(id)];
      lengths[id] = length;
      if (length > longest) {
        longest = length;
      }
    }
    this.lengths = lengths;
    this.longest = longest;
  }

  /** Number of bytes of a token. */
  lengthOf(id: number): number {
    return this.lengths[id];
  }

  /**
   * Writes a token's bytes into `target` from index `at` on.
   *
   * @returns The index after the last byte written.
   */
  write(id: number, target: Uint8Array, at: number): number {
    const { merges } = this;
    let rest = id;
    let end = at;
    while (rest >= BYTE_TOKEN_COUNT) {
      end = this.write(merges.leftOf(rest), target, end);
      rest = merges.rightOf(rest);
    }
    target[end] = this.alphabet[rest];
    return end + 1;
  }
}
