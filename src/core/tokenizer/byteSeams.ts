import { BYTE_TOKEN_COUNT, bytesInTokenOrder } from './byteAlphabet';
import type { MergeTable } from './mergeTable';

const BYTE_VALUES = 256;

/**
 * Which bytes no token holds side by side. Between two such bytes nothing is ever merged, for the merge that joined them would make a
 * token that holds both; so the bytes before and behind that place can be merged each for themselves. Of GPT-2's alphabets but
 * the Latin this parts almost all words into their letters, which costs a fraction of merging the whole.
 */
export class ByteSeams {
  /** 1 where a token holds the byte of the row right before the byte of the column, shape [256, 256]. */
  private readonly joined = new Uint8Array(BYTE_VALUES * BYTE_VALUES);

  constructor(merges: MergeTable) {
    const { joined } = this;
    const firstBytes = new Uint8Array(merges.tokenCount);
    firstBytes.set(bytesInTokenOrder());
    const lastBytes = firstBytes.slice();
    for (let id = BYTE_TOKEN_COUNT; id < merges.tokenCount; id++) {
      const left = merges.leftOf(id);
      const right = merges.rightOf(id);
      joined[lastBytes[left] * BYTE_VALUES + firstBytes[right]] = 1;
      firstBytes[id] = firstBytes[left];
      lastBytes[id] = lastBytes[right];
    }
  }

  /** Whether two bytes are never in one token when they stand side by side. */
  part(left: number, right: number): boolean {
    return this.joined[left * BYTE_VALUES + right] === 0;
  }
}
