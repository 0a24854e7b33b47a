import assert from 'node:assert/strict';
import { LabelCollector, MAX_LABEL_BYTES } from '../../../src/core/labels/labelCollector';
import { MemoryByteReader } from '../../../src/core/safetensors/memoryByteReader';
import { recognizeVectors } from '../../../src/core/vectorFiles/recognizeVectors';
import { Word2vecBinaryRows } from '../../../src/core/vectorFiles/word2vecBinary';
import { CountingReader } from '../../fixtures/checkpoints/countingReader';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { float32Values, memoryReader, readVectors, SOURCE } from './readVectors';

/** As `word2vec.c` writes it, with a line feed behind each row, or as gensim does, without. */
function word2vecBytes(
  words: readonly (string | Buffer)[],
  rows: readonly (readonly number[])[],
  behindRow = '\n',
  header = `${words.length} ${rows[0]?.length ?? 0}\n`,
): Buffer {
  return Buffer.concat([
    Buffer.from(header),
    ...words.flatMap((word, row) => {
      const values = Buffer.alloc(4 * (rows[row]?.length ?? 0));
      rows[row]?.forEach((value, at) => values.writeFloatLE(value, 4 * at));
      return [Buffer.from(word), Buffer.from(' '), values, Buffer.from(behindRow)];
    }),
  ]);
}

function seededValues(count: number, dimension: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: dimension }, () => Math.fround(random() * 2 - 1)),
  );
}

describe('word2vec’s binary format', () => {
  it('is read as its program and gensim write it, across all reads', async () => {
    const rows = seededValues(3000, 150, 7);
    const words = rows.map((_, row) => `${['the', 'naïve', '東京', 'New_York', '🦙'][row % 5] ?? ''}${row}`);
    for (const behindRow of ['\n', '']) {
      const read = await readVectors(word2vecBytes(words, rows, behindRow));
      assert.deepEqual(
        [read.format, read.dimension, read.dtype, read.announced, read.rows],
        ['word2vec binary', 150, 'F32', 3000, 3000],
      );
      assert.deepEqual(
        read.labels,
        words.map((word) => Buffer.from(word).toString('latin1')),
      );
      assert.deepEqual(float32Values(read.bytes), rows.flat());
    }
  });

  it('may hold any bytes as values: line feeds, spaces, what looks like text', async () => {
    const values = Buffer.from('  \n\n 1 2\n3 4\n5 6', 'latin1');
    const row = float32Values(values);
    const read = await readVectors(
      word2vecBytes(
        ['a', 'b'],
        [
          [...row, Number.NaN],
          [...row, 0],
        ],
      ),
    );
    assert.deepEqual(read.labels, ['a', 'b']);
    assert.deepEqual(float32Values(read.bytes), [...row, Number.NaN, ...row, 0]);
  });

  it('keeps words that are no UTF-8, and an empty one', async () => {
    const read = await readVectors(word2vecBytes([Buffer.from([0xff, 0xfe]), ''], [[1.5e-3], [-2]]));
    assert.deepEqual(read.labels, ['\xff\xfe', '']);
  });

  it('is refused where a whole file can be read as text as well', async () => {
    await rejectsCheckpoint(readVectors('1 1\na 0.12'), {
      reason: 'unsupported',
      source: SOURCE,
      message: /can be read as word2vec's text format and as its binary format/,
    });
    // One digit more, and only text remains.
    assert.equal((await readVectors('1 1\na 0.123')).format, 'word2vec text');
  });

  const whole = word2vecBytes(
    ['ab', 'cd'],
    [
      [1e-20, 2],
      [3, 4],
    ],
  );
  for (const [fault, bytes, reason, message] of [
    [
      'rows without end are announced',
      Buffer.concat([Buffer.from('999999999999 300\n'), Buffer.alloc(50)]),
      'truncated',
      /take 1200999999998816 bytes or more; the file has 67/,
    ],
    ['it ends within a row', whole.subarray(0, whole.length - 3), 'truncated', /row 1/],
    [
      'it ends within a word',
      word2vecBytes(['a', 'bcd'], [[1e-20], [1]], '').subarray(0, 13),
      'truncated',
      /row|rows/,
    ],
    [
      'more follows',
      Buffer.concat([whole, Buffer.from('x')]),
      'malformed',
      /and 1 bytes follow|and 2 bytes follow/,
    ],
    [
      'a word has no end',
      Buffer.concat([Buffer.from('1 1\n'), Buffer.alloc(MAX_LABEL_BYTES + 100, 1)]),
      'malformed',
      /row 0: no space follows/,
    ],
  ] as const) {
    it(`is refused with the reason: ${fault}`, async () => {
      await rejectsCheckpoint(readVectors(bytes), { reason, source: SOURCE, message });
    });
  }

  it('is refused before anything is read or allocated for rows that are only announced', async () => {
    const reader = new CountingReader(
      new MemoryByteReader(SOURCE, Buffer.from('999999 60000\n\u0001\u0002\u0003 ')),
    );
    const recognized = await recognizeVectors(reader);
    assert.equal(recognized?.kind, 'word2vecBinary');
    const before = reader.ranges.length;
    const rows = new Word2vecBinaryRows(reader, recognized.header);
    await rejectsCheckpoint(rows.batches(new LabelCollector()).next(), {
      reason: 'truncated',
      source: SOURCE,
    });
    assert.equal(reader.ranges.length, before);
  });

  it('stops between reads', async () => {
    const bytes = word2vecBytes(['a', 'b', 'c'], seededValues(3, 60_000, 1));
    const abort = new AbortController();
    const recognized = await recognizeVectors(memoryReader(bytes));
    assert.equal(recognized?.kind, 'word2vecBinary');
    const batches = new Word2vecBinaryRows(memoryReader(bytes), recognized.header).batches(
      new LabelCollector(),
      abort.signal,
    );
    abort.abort(new Error('enough'));
    await assert.rejects(batches.next(), /enough/);
  });
});
