import assert from 'node:assert/strict';
import { LabelCollector } from '../../../src/core/labels/labelCollector';
import { openGgufRows } from '../../../src/core/vectorFiles/gguf/ggufRows';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { CountingReader } from '../../fixtures/checkpoints/countingReader';
import { ggufBytes, uint64 } from '../../fixtures/checkpoints/ggufBytes';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { EMBEDDING, float32Bytes, OTHER, tokens } from './ggufParts';
import { NAIVE_BLOCKS } from './naiveBlocks';
import { float32Values, memoryReader, readVectors } from './readVectors';

describe('GGUF files', () => {
  it('give their token embedding and their tokens, wherever they lie among others', async () => {
    const file = ggufBytes({
      keys: [
        ['general.alignment', { type: 4, value: 64 }],
        [
          'some.floats',
          { type: 9, bytes: Buffer.concat([Buffer.from([12, 0, 0, 0]), uint64(2), Buffer.alloc(16)]) },
        ],
        ['some.flag', { type: 7, bytes: Buffer.from([1]) }],
        ['some.number', { type: 10, bytes: uint64(7) }],
        [
          'lists.of.lists',
          {
            type: 9,
            bytes: Buffer.concat([
              Buffer.from([9, 0, 0, 0]),
              uint64(1),
              Buffer.from([8, 0, 0, 0]),
              uint64(1),
              uint64(2),
              Buffer.from('ab'),
            ]),
          },
        ],
        ...(tokens('llama', ['<s>', '▁the', '<0x0A>'], [3, 1, 6]) ?? []),
      ],
      tensors: [OTHER, EMBEDDING, { ...OTHER, name: 'output.weight' }],
      alignment: 64,
    });
    const read = await readVectors(file);
    assert.deepEqual(
      [read.format, read.dimension, read.dtype, read.announced, read.rows],
      ['GGUF, F32', 2, 'F32', 3, 3],
    );
    assert.deepEqual(float32Values(read.bytes), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(read.labels, ['<s>', ' the', '\n']);
  });

  it('hand half precision and bfloat16 on as they are', async () => {
    for (const [type, dtype] of [
      [1, 'F16'],
      [30, 'BF16'],
    ] as const) {
      const bytes = Buffer.from([0, 0x3c, 0x80, 0x3f, 1, 2, 3, 4, 5, 6, 7, 8]);
      const read = await readVectors(ggufBytes({ tensors: [{ ...EMBEDDING, type, bytes }] }));
      assert.deepEqual([read.dtype, read.format, read.rows], [dtype, `GGUF, ${dtype}`, 3]);
      assert.deepEqual(read.bytes, bytes);
      assert.deepEqual(read.labels, []);
    }
  });

  for (const name of ['Q8_0', 'Q4_0', 'Q4_K', 'Q6_K'] as const) {
    it(`decode ${name}, in batches`, async () => {
      const naive = NAIVE_BLOCKS[name];
      const dimension = 2 * naive.values;
      const rowCount = Math.ceil(300_000 / dimension);
      const random = new SeededRandom(5);
      const bytes = Uint8Array.from({ length: rowCount * 2 * naive.bytes }, () => random.uint32() & 0x3f);
      const read = await readVectors(
        ggufBytes({
          tensors: [{ name: 'token_embd.weight', axes: [dimension, rowCount], type: naive.type, bytes }],
        }),
      );
      assert.deepEqual([read.dtype, read.format, read.rows], ['F32', `GGUF, ${name}`, rowCount]);
      const values = float32Values(read.bytes);
      for (let at = 0; at < values.length; at += 97) {
        const first = Math.floor(at / naive.values) * naive.bytes;
        assert.equal(values[at], naive.value(bytes.subarray(first, first + naive.bytes), at % naive.values));
      }
    });
  }

  it('have tokens in GPT-2’s alphabet as the bytes that they stand for, control tokens as they are', async () => {
    const gpt2 = Gpt2Tokenizer.shared();
    const alphabet = byteCharacters();
    const ids = Array.from({ length: 600 }, (_, at) => at * 83).concat(50_256);
    const pieces = ids.map((id) =>
      id === 50_256
        ? '<|endoftext|>'
        : Array.from(gpt2.tokenBytes(id), (byte) => alphabet[byte] ?? '?').join(''),
    );
    const file = ggufBytes({
      keys: [
        ...(tokens('gpt2', [...pieces, '東', 'Ġuser'], [...ids.map((id) => (id === 50_256 ? 3 : 1)), 1, 4]) ??
          []),
      ],
      tensors: [{ ...EMBEDDING, axes: [1, 603], bytes: Buffer.alloc(4 * 603) }],
    });
    const { labels } = await readVectors(file);
    assert.deepEqual(
      labels.slice(0, 601),
      ids.map((id) => Buffer.from(gpt2.tokenBytes(id)).toString('latin1')),
    );
    // What is not of the alphabet, and what a user has defined, stands for itself.
    assert.deepEqual(
      labels.slice(601),
      ['東', 'Ġuser'].map((label) => Buffer.from(label).toString('latin1')),
    );
  });

  it('may have more tokens than rows, and fewer', async () => {
    const more = await readVectors(
      ggufBytes({ keys: tokens('llama', ['a', 'b', 'c', 'd', 'e']), tensors: [EMBEDDING] }),
    );
    assert.deepEqual([more.rows, more.labels], [3, ['a', 'b', 'c']]);
    const fewer = await readVectors(ggufBytes({ keys: tokens('llama', ['a']), tensors: [EMBEDDING] }));
    assert.deepEqual([fewer.rows, fewer.labels], [3, ['a']]);
  });

  it('give another tensor where it is asked for', async () => {
    const file = ggufBytes({
      tensors: [EMBEDDING, { ...EMBEDDING, name: 'output.weight', bytes: float32Bytes([9, 8, 7, 6, 5, 4]) }],
    });
    assert.deepEqual(
      float32Values((await readVectors(file, { tensorName: 'output.weight' })).bytes),
      [9, 8, 7, 6, 5, 4],
    );
  });

  it('are read only where their header, their tokens and their rows lie', async () => {
    const file = ggufBytes({
      keys: tokens('llama', ['a']),
      tensors: [
        { ...OTHER, axes: [2 ** 21], bytes: Buffer.alloc(2 ** 23) },
        EMBEDDING,
        { ...OTHER, name: 'z', axes: [2 ** 21], bytes: Buffer.alloc(2 ** 23) },
      ],
    });
    const reader = new CountingReader(memoryReader(file));
    const rows = await openGgufRows(reader);
    for await (const batch of rows.batches(new LabelCollector())) {
      assert.equal(batch.rows, 3);
    }
    const read = reader.ranges.reduce((sum, { length }) => sum + length, 0);
    assert.ok(read < 4 * 2 ** 20, `${read} bytes were read`);
    assert.ok(reader.largestRequest <= 2 ** 20);
  });
});

/** The character of each byte in GPT-2's alphabet, after `bytes_to_unicode` in openai/gpt-2. */
function byteCharacters(): string[] {
  const isVisible = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let hidden = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(isVisible(byte) ? byte : 256 + hidden++),
  );
}
