import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openEmbeddingSource } from '../../../src/model/embeddingSource';
import { readConvertedLabels, ROWS_TENSOR } from '../../../src/model/vectorFiles/convertedFile';
import { convertVectors, type ConvertOptions } from '../../../src/model/vectorFiles/convertVectors';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { embeddingTensor, safetensorsBytes } from '../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

interface Converted {
  readonly path: string;
  readonly format: string;
  readonly values: number[];
  readonly labels: string[];
  /** Whether it was converted just now. */
  readonly isNew: boolean;
}

describe('Files of vectors become safetensors files', () => {
  const inFolder = useTemporaryFolder();
  const folder = (): string => inFolder('converted');

  async function convert(file: string, options: Partial<ConvertOptions> = {}): Promise<Converted> {
    let isNew = false;
    const vectors = await convertVectors(file, {
      folder: folder(),
      ...options,
      onProgress: () => {
        isNew = true;
      },
    });
    assert.ok(vectors);
    const source = await openEmbeddingSource(
      { kind: 'file', path: vectors.path },
      { tensorName: ROWS_TENSOR },
    );
    try {
      const { rowCount, dimension } = source.identity;
      const values = new Float32Array(rowCount * dimension);
      await source.readRows(0, values);
      const labels = await readConvertedLabels(vectors.path);
      return {
        path: vectors.path,
        format: vectors.format,
        values: [...values],
        labels: Array.from({ length: labels.count }, (_, row) => Buffer.from(labels.labelOf(row)).toString()),
        isNew,
      };
    } finally {
      await source.close();
    }
  }

  async function write(name: string, content: string | Uint8Array): Promise<string> {
    await fs.writeFile(inFolder(name), content);
    return inFolder(name);
  }

  /** Names of all files that are kept. */
  const kept = async (): Promise<string[]> => fs.readdir(folder()).catch(() => []);

  it('once, with rows and labels, and under a name of their own', async () => {
    const file = await write('some vectors.txt', 'the 1 2\nNew York 3 4.5\n東京 -5 6\n');
    const first = await convert(file);
    assert.deepEqual(first.values, [1, 2, 3, 4.5, -5, 6]);
    assert.deepEqual(first.labels, ['the', 'New York', '東京']);
    assert.equal(first.format, 'GloVe text');
    const again = await convert(file);
    assert.deepEqual(again, { ...first, isNew: !first.isNew });
    assert.deepEqual(await kept(), [path.basename(first.path)]);
    assert.match(path.basename(first.path), /^some_vectors\.txt-[0-9a-f]{12}-[0-9a-f]{12}\.safetensors$/);
  });

  it('anew when the file is another: of another size, of another time, or of another content in spite of both', async () => {
    const file = await write('v.txt', 'a 1 2\nb 3 4\n');
    const { mtime } = await fs.stat(file);
    const first = await convert(file);
    await fs.writeFile(file, 'a 1 2\nb 3 5\n');
    await fs.utimes(file, mtime, mtime);
    const second = await convert(file);
    assert.deepEqual([second.values, second.isNew], [[1, 2, 3, 5], true]);
    await fs.utimes(file, mtime, new Date(mtime.getTime() + 5000));
    assert.equal((await convert(file)).isNew, true);
    const longer = await convert(await write('v.txt', 'a 1 2\nb 3 5\nc 7 8\n'));
    assert.deepEqual(longer.labels, ['a', 'b', 'c']);
    // What was made of it before has gone.
    assert.deepEqual(await kept(), [path.basename(longer.path)]);
    assert.notEqual(longer.path, first.path);
  });

  it('anew when the labels are others, and with those that are named or lie beside it', async () => {
    const file = await write('vectors.tsv', '1\t2\n3\t4\n');
    assert.deepEqual((await convert(file)).labels, []);
    await write('metadata.tsv', 'x\ny\n');
    assert.deepEqual((await convert(file)).labels, ['x', 'y']);
    assert.equal((await convert(file)).isNew, false);
    await write('metadata.tsv', 'x\nz\n');
    assert.deepEqual((await convert(file)).labels, ['x', 'z']);
    const named = await write('named.txt', 'p\nq\n');
    assert.deepEqual((await convert(file, { labelFile: named })).labels, ['p', 'q']);
  });

  it('anew when what was kept is cut, or is something else', async () => {
    const file = await write('v.txt', 'a 1 2\nb 3 4\n');
    const first = await convert(file);
    const bytes = await fs.readFile(first.path);
    for (const damaged of [
      bytes.subarray(0, -1),
      Buffer.alloc(0),
      safetensorsBytes([embeddingTensor(ROWS_TENSOR, 'F32', 2, 2)]),
    ]) {
      await fs.writeFile(first.path, damaged);
      assert.deepEqual(await convert(file), first);
    }
  });

  it('with labels beside a NumPy array; whoever has own labels takes no others', async () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }".padEnd(117) + '\n';
    const array = Buffer.concat([
      Buffer.from('\x93NUMPY\x01\x00v\x00', 'latin1'),
      Buffer.from(header),
      Buffer.alloc(8, 0x40),
    ]);
    const file = await write('a.npy', array);
    await write('a.labels.txt', 'one\ntwo');
    assert.deepEqual((await convert(file)).labels, ['one', 'two']);
    const glove = await write('g.txt', 'a 1 2\n');
    await rejectsCheckpoint(convert(glove, { labelFile: inFolder('a.labels.txt') }), {
      reason: 'unsupported',
      source: glove,
      message: /labels of its own/,
    });
  });

  it('not, where they are safetensors files or nothing that is known', async () => {
    const files = [
      await write('model.safetensors', safetensorsBytes([embeddingTensor('wte.weight', 'F32', 2, 2)])),
      await write('some.bin', Buffer.from([0, 1, 2, 3])),
      await write('empty.vec', ''),
    ];
    for (const file of files) {
      assert.equal(await convertVectors(file, { folder: folder() }), undefined);
    }
    assert.deepEqual(await kept(), []);
  });

  it('not, where they are refused, stopped, or changed meanwhile: then nothing is left behind', async () => {
    const refused = await write('bad.txt', 'a 1 2\nb 3\n');
    await rejectsCheckpoint(convert(refused), { reason: 'malformed', source: refused, message: /line 2/ });
    assert.deepEqual(await kept(), []);
    // Several batches, so that something was written when it is stopped.
    const row = ` ${'0.5 '.repeat(4000)}\n`;
    const large = await write('large.txt', Array.from({ length: 200 }, (_, at) => `w${at}${row}`).join(''));
    const stop = new AbortController();
    const stopped = convertVectors(large, {
      folder: folder(),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await assert.rejects(stopped, /enough/);
    assert.deepEqual(await kept(), []);
    const changed = convertVectors(large, {
      folder: folder(),
      onProgress: ({ fraction }) => {
        if (fraction === 1) {
          // At once: the conversion goes on only afterwards.
          appendFileSync(large, 'more 1\n');
        }
      },
    });
    await rejectsCheckpoint(changed, {
      reason: 'unreadable',
      source: large,
      message: /changed while it was read/,
    });
    assert.deepEqual(await kept(), []);
  });

  it('tells how far it is', async () => {
    const row = ` ${'0.5 '.repeat(4000)}\n`;
    const file = await write('large.txt', Array.from({ length: 200 }, (_, at) => `w${at}${row}`).join(''));
    const told: number[] = [];
    await convertVectors(file, { folder: folder(), onProgress: ({ rows }) => told.push(rows) });
    assert.equal(told.at(-1), 200);
    assert.ok(told.length > 2);
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
  });

  it('by several at once', async () => {
    const file = await write('v.txt', 'a 1 2\nb 3 4\n');
    const all = await Promise.all(Array.from({ length: 5 }, () => convert(file)));
    assert.equal(new Set(all.map((converted) => converted.path)).size, 1);
    assert.deepEqual(
      all.map(({ values }) => values),
      Array(5).fill([1, 2, 3, 4]),
    );
    assert.equal((await kept()).length, 1);
  });

  it('and those of files that have gone make room, with what killed programs left; others are left alone', async () => {
    const gone = await write('gone.txt', 'a 1 2\n');
    await convert(gone);
    await fs.rm(gone);
    const foreign = [
      ['other.safetensors', safetensorsBytes([embeddingTensor('x', 'F32', 1, 1)])],
      ['notes.txt', Buffer.from('mine')],
      ['fresh.partial', Buffer.from('x')],
      ['old.partial', Buffer.from('x')],
    ] as const;
    for (const [name, bytes] of foreign) {
      await fs.writeFile(path.join(folder(), name), bytes);
    }
    const longAgo = new Date(Date.now() - 1e9);
    await fs.utimes(path.join(folder(), 'old.partial'), longAgo, longAgo);
    const { path: present } = await convert(await write('v.txt', 'a 1 2\n'));
    assert.deepEqual(
      (await kept()).sort(),
      ['fresh.partial', 'notes.txt', 'other.safetensors', path.basename(present)].sort(),
    );
  });
});

describe('Labels of converted files', () => {
  const inFolder = useTemporaryFolder();
  const uint32 = (values: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);

  for (const [fault, ends, bytes, message] of [
    ['go back', [2, 1, 3], 3, /row 1 does not lie/],
    ['lie behind the end', [2, 9], 3, /row 1 does not lie/],
    ['leave bytes', [1, 2], 3, /more bytes/],
  ] as const) {
    it(`are refused where they ${fault}`, async () => {
      const file = inFolder('labels.safetensors');
      await fs.writeFile(
        file,
        safetensorsBytes([
          { name: 'labels.ends', dtype: 'U32', shape: [ends.length], bytes: uint32(ends) },
          { name: 'labels.bytes', dtype: 'U8', shape: [bytes], bytes: Buffer.alloc(bytes, 'x') },
        ]),
      );
      await rejectsCheckpoint(readConvertedLabels(file), { reason: 'malformed', source: file, message });
    });
  }

  it('are refused where there are none', async () => {
    const file = inFolder('labels.safetensors');
    await fs.writeFile(file, safetensorsBytes([embeddingTensor('x', 'F32', 1, 1)]));
    await rejectsCheckpoint(readConvertedLabels(file), {
      reason: 'malformed',
      source: file,
      message: /no labels/,
    });
  });
});
