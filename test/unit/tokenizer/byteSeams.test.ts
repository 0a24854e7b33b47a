import assert from 'node:assert/strict';
import { ByteSeams } from '../../../src/core/tokenizer/byteSeams';
import { GPT2_MERGES_BASE64 } from '../../../src/core/tokenizer/generated/gpt2Merges';
import { END_OF_TEXT_ID, Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { MergeTable } from '../../../src/core/tokenizer/mergeTable';

describe('ByteSeams', () => {
  it('part two bytes if and only if no token holds them side by side', () => {
    const tokenizer = Gpt2Tokenizer.shared();
    const neighbors = new Set<number>();
    for (let id = 0; id < END_OF_TEXT_ID; id++) {
      const bytes = tokenizer.tokenBytes(id);
      bytes.subarray(1).forEach((byte, i) => neighbors.add((bytes[i] ?? 0) * 256 + byte));
    }
    const seams = new ByteSeams(MergeTable.fromBase64(GPT2_MERGES_BASE64));
    for (let left = 0; left < 256; left++) {
      for (let right = 0; right < 256; right++) {
        assert.equal(seams.part(left, right), !neighbors.has(left * 256 + right), `${left} ${right}`);
      }
    }
  });
});
