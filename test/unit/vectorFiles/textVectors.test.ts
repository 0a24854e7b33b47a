import assert from 'node:assert/strict';
import { MAX_LABEL_BYTES } from '../../../src/core/labels/labelCollector';
import { recognizeVectors } from '../../../src/core/vectorFiles/recognizeVectors';
import { BATCH_BYTES } from '../../../src/core/vectorFiles/vectorRows';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { float32Values, memoryReader, readVectors, SOURCE } from './readVectors';

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Reads a well-formed text file by splitting it into lines and fields: independent of the product's reader. */
function naively(text: string, hasHeader: boolean): { labels: string[]; values: number[] } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = hasHeader ? lines.slice(1) : lines;
  const fields = rows.map((line) => line.trimEnd().split(' '));
  return {
    labels: fields.map(([label = '']) => latin1(label)),
    values: fields.flatMap(([, ...values]) => values.map((value) => Math.fround(Number(value)))),
  };
}

/** Rows as fastText, word2vec, GloVe and Python print their numbers. */
function seededRows(count: number, dimension: number, seed: number): string[] {
  const random = seededRandom(seed);
  const words = ['the', 'naïve', '東京', '</s>', '🦙', '\u00a0x', '1', '-0.5', 'e\u0301'];
  const number = (): string => {
    const value = (random() - 0.5) * 10 ** Math.floor(random() * 6 - 4);
    const forms = [
      value.toFixed(6),
      value.toPrecision(17),
      value.toExponential(8),
      String(value),
      '0',
      '-0.0',
      '1',
    ];
    return forms[Math.floor(random() * forms.length)] ?? '0';
  };
  return Array.from({ length: count }, (_, row) =>
    [`${words[row % words.length] ?? ''}${row}`, ...Array.from({ length: dimension }, number)].join(' '),
  );
}

describe('Vectors as text', () => {
  it('with a first line are word2vec’s or fastText’s: labels and values as a plain split gives them', async () => {
    for (const [end, lineEnd] of [
      ['', '\n'],
      [' ', '\n'],
      ['', '\r\n'],
    ] as const) {
      const lines = ['700 13', ...seededRows(700, 13, 3)].map((line) => line + end);
      const text = lines.join(lineEnd) + lineEnd;
      const read = await readVectors(text);
      const expected = naively(text, true);
      assert.deepEqual(
        [read.format, read.dimension, read.dtype, read.announced, read.rows],
        ['word2vec text', 13, 'F32', 700, 700],
      );
      assert.deepEqual(read.labels, expected.labels);
      assert.deepEqual(float32Values(read.bytes), expected.values);
    }
  });

  it('without one are GloVe’s, also where the last line has no end', async () => {
    const text = seededRows(500, 7, 4).join('\n');
    const read = await readVectors(text);
    const expected = naively(text, false);
    assert.deepEqual(
      [read.format, read.dimension, read.announced, read.rows],
      ['GloVe text', 7, undefined, 500],
    );
    assert.deepEqual(read.labels, expected.labels);
    assert.deepEqual(float32Values(read.bytes), expected.values);
  });

  it('come in batches of bounded size, whole rows each, whatever lies across the reads', async () => {
    const dimension = 300;
    const text = seededRows(700, dimension, 5).join('\n');
    assert.ok(text.length > 2 * BATCH_BYTES);
    const read = await readVectors(text);
    assert.equal(read.rows, 700);
    assert.deepEqual(float32Values(read.bytes), naively(text, false).values);
  });

  it('may have labels with spaces, as GloVe’s of 840 billion words have', async () => {
    const padded = await readVectors('a   1 2\nbcd 3 4\n');
    assert.deepEqual(padded.labels, ['a', 'bcd']);
    const read = await readVectors('. . . 0.5 -1\nat name@domain.com 2 3\nx 4 5\n 6 7\n');
    assert.deepEqual(read.labels, ['. . .', 'at name@domain.com', 'x', '']);
    assert.deepEqual(float32Values(read.bytes), [0.5, -1, 2, 3, 4, 5, 6, 7]);
  });

  it('may begin with a byte order mark, and have whole numbers as labels after a first line', async () => {
    const read = await readVectors('\ufeff2 2\n0 1 2\n1 3 4\n');
    assert.deepEqual(read.labels, ['0', '1']);
  });

  it('keep bytes that are no UTF-8 as they are', async () => {
    const read = await readVectors(Buffer.from('a\xff\xfe 1 2\nb 3 4\n', 'latin1'));
    assert.deepEqual(read.labels, ['a\xff\xfe', 'b']);
  });

  it('hold NaN and infinity where they say so', async () => {
    const read = await readVectors('a nan 1\nb -inf 2\nc 1e39 3\n');
    assert.deepEqual(float32Values(read.bytes), [Number.NaN, 1, -Infinity, 2, Infinity, 3]);
  });

  it('that are numbers alone, parted by tabs, are the Embedding Projector’s, with labels in another file', async () => {
    const vectors = '1\t2\n3\t4\n-5e-1\t6\n';
    const alone = await readVectors(vectors);
    assert.deepEqual(
      [alone.format, alone.dimension, alone.rows, alone.labels],
      ['table of numbers', 2, 3, []],
    );
    const one = await readVectors(vectors, { labelFile: 'a b\nc\r\n\n' });
    assert.deepEqual(one.labels, ['a b', 'c', '']);
    assert.deepEqual(float32Values(one.bytes), [1, 2, 3, 4, -0.5, 6]);
    const several = await readVectors(vectors, { labelFile: 'count\tLabel\n7\tx\n8\ty\n9' });
    assert.deepEqual(several.labels, ['x', 'y', '']);
    const unknown = await readVectors(vectors, { labelFile: 'city\tland\nRom\tI\nParis\tF\nWien\tA\n' });
    assert.deepEqual(unknown.labels, ['Rom', 'Paris', 'Wien']);
  });

  for (const [fault, text, reason, message] of [
    ['a word where a number should be', 'a 1 2\nb 1 x\n', 'malformed', /line 2 has "x" where a number/],
    ['a value too few', 'a 1 2\nb 1\n', 'malformed', /line 2 has fewer than a label and 2 values/],
    ['a value too many', 'a 1 2\nb 1 2 3\n', 'malformed', /line 2 has more than a label and 2 values/],
    [
      'a value too many behind two spaces',
      'a 1 2\nb 1  2 3\n',
      'malformed',
      /line 2 has more than a label and 2 values/,
    ],
    ['a value too many after a first line', '2 2\na 1 2\nb 1 2 3\n', 'malformed', /line 3 has more/],
    ['a first row that is short', '2 3\na 1 2\nb 1 2 3\n', 'malformed', /line 2 has fewer/],
    ['an empty line in the middle', 'a 1 2\n\nb 1 2\n', 'malformed', /line 2 is empty/],
    ['fewer rows than announced', '3 2\na 1 2\nb 1 2\n', 'truncated', /announces 3 rows, but only 2 follow/],
    ['more rows than announced', '1 2\na 1 2\nb 1 2\n', 'malformed', /announces 1 rows, and more follow/],
    ['a last line that is cut', '2 2\na 1 2\nb 1', 'malformed', /line 3 has fewer/],
    ['no rows', '0 5\n', 'malformed', /0 rows of 5 values: it is empty/],
    ['no values', '5 0\n', 'malformed', /5 rows of 0 values: it is empty/],
    ['too many values', '1 99999\n', 'malformed', /at most 65536/],
    ['numbers alone, parted by spaces', '1 2 3\n4 5 6\n', 'unsupported', /cannot be told/],
    ['a table with a row that is short', '1\t2\n3\n', 'malformed', /line 2 has fewer than 2 values/],
    ['a table with a row that is long', '1\t2\n3\t4\t5\n', 'malformed', /line 2 has more than 2 values/],
    ['an endless label', `a 1 2\n${'x'.repeat(MAX_LABEL_BYTES + 1)} 1 2\n`, 'too-large', /label of line 2/],
    ['an endless line', `a 1 2\n${'x'.repeat(3e6)}`, 'too-large', /line at byte 6 has more than/],
    ['a gzip archive', '\u001f', 'unsupported', /compressed \(gzip\)/],
  ] as const) {
    it(`are refused with the line and the reason: ${fault}`, async () => {
      const bytes = text === '\u001f' ? Buffer.from([0x1f, 0x8b, 8, 0]) : text;
      await rejectsCheckpoint(readVectors(bytes), { reason, source: SOURCE, message });
    });
  }

  it('are refused together with labels that are not as many', async () => {
    const vectors = '1\t2\n3\t4\n';
    for (const [labelFile, reason] of [
      ['a\n', 'truncated'],
      ['a\nb\nc\n', 'malformed'],
      ['', 'truncated'],
    ] as const) {
      await rejectsCheckpoint(readVectors(vectors, { labelFile }), {
        reason,
        source: 'label file',
        message: /and the matrix has 2 rows/,
      });
    }
  });

  it('are told from what is none: another text is refused in words, and whoever knows more says it', async () => {
    for (const text of ['a', '{"a": 1}', 'hello 1\n', 'a\n1 2 3\n', 'word,x,y\na,1,2\n', 'word 1  2\n']) {
      await rejectsCheckpoint(recognizeVectors(memoryReader(text)), {
        reason: 'unsupported',
        source: SOURCE,
        message: /text whose first line is no row of vectors/,
      });
    }
    for (const text of [
      '',
      'version https://git-lfs.github.com/spec/v1\n',
      '<html>\n',
      'PK\u0003\u0004',
      '\u0000\u0001',
    ]) {
      assert.equal(await recognizeVectors(memoryReader(text)), undefined, JSON.stringify(text));
    }
  });
});
