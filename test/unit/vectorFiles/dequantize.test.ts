import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { BLOCK_TYPES } from '../../../src/core/vectorFiles/gguf/blockTypes';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { NAIVE_BLOCKS, type NaiveBlock } from './naiveBlocks';

const BLOCKS = 512;

/** Blocks of random bytes, whose scales are finite. */
function seededBlocks({ type, bytes, highs }: NaiveBlock): Uint8Array {
  const random = new SeededRandom(type);
  const blocks = Uint8Array.from({ length: BLOCKS * bytes }, () => random.uint32() & 0xff);
  for (let block = 0; block < BLOCKS; block++) {
    for (const high of highs) {
      blocks[block * bytes + high] = (blocks[block * bytes + high] ?? 0) & 0xbf;
    }
  }
  return blocks;
}

/** sha256 of what `dequantize_row_*` of llama.cpp's own library (ggml-base, release 0.5.0, x64) gives for these blocks. */
const SHA256_BY_GGML: Readonly<Record<keyof typeof NAIVE_BLOCKS, string>> = {
  Q8_0: '7a0afeeb7be7b6f8df0d59000d150f9c5abe7397b5a161e5d285b83b524e16c6',
  Q4_0: '2cd9464ec351bdcfd71f290db7736e6f60e0115aa46fbcc3977292106fa25cc4',
  Q4_K: '375efb9123c1ff0644d9bdefaf3dca663af41f9c089d94b9994d6fb72a114fdc',
  Q6_K: '5db4e574b413bd0253e3e0f2544e1deddb46ef7579ee279be66101f0d750ab01',
};

describe('Blocks of ggml’s quantized types', () => {
  for (const name of ['Q8_0', 'Q4_0', 'Q4_K', 'Q6_K'] as const) {
    const naive = NAIVE_BLOCKS[name];

    it(`${name} are decoded as the format describes each value, and as llama.cpp’s own library decodes them`, () => {
      const block = BLOCK_TYPES.get(naive.type);
      assert.deepEqual(
        [block?.name, block?.blockBytes, block?.blockValues],
        [name, naive.bytes, naive.values],
      );
      const blocks = seededBlocks(naive);
      const decoded = new Float32Array(BLOCKS * naive.values);
      block?.decode?.(blocks, decoded);
      decoded.forEach((value, at) => {
        const first = Math.floor(at / naive.values) * naive.bytes;
        const expected = naive.value(blocks.subarray(first, first + naive.bytes), at % naive.values);
        assert.ok(Object.is(value, expected), `value ${at} is ${value}, not ${expected}`);
      });
      const bytes = Buffer.alloc(4 * decoded.length);
      decoded.forEach((value, at) => bytes.writeFloatLE(value, 4 * at));
      assert.equal(createHash('sha256').update(bytes).digest('hex'), SHA256_BY_GGML[name]);
    });
  }
});
