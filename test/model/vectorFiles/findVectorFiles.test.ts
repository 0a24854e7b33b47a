import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { findVectorFiles, type FoundVectors } from '../../../src/model/vectorFiles/findVectorFiles';
import { vectorPlaces } from '../../../src/model/vectorFiles/vectorPlaces';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

const DIMENSION = 20;
const ROW = Array.from({ length: DIMENSION }, (_, j) => `0.${String(j + 10)}`).join(' ');

function npy(rowCount: number, dimension: number): Buffer {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rowCount}, ${dimension}), }`.padEnd(
    117,
  );
  return Buffer.concat([
    Buffer.from('\u0093NUMPY\u0001\u0000\u0076\u0000', 'latin1'),
    Buffer.from(`${header}\n`),
    Buffer.alloc(rowCount * dimension * 4),
  ]);
}

/** word2vec's binary format: a word, a space, the values, a line end. */
function word2vec(words: readonly string[], dimension: number): Buffer {
  const values = Buffer.from(Float32Array.from({ length: dimension }, (_, j) => j / 7).buffer);
  const rows = words.flatMap((word) => [Buffer.from(`${word} `), values, Buffer.from('\n')]);
  return Buffer.concat([Buffer.from(`${words.length} ${dimension}\n`), ...rows]);
}

describe('Files of vectors that are found', () => {
  const inFolder = useTemporaryFolder();
  const { signal } = new AbortController();

  async function write(name: string, content: string | Uint8Array): Promise<void> {
    const file = inFolder(name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, content);
  }

  async function find(depth = 5, limits?: Parameters<typeof findVectorFiles>[2]): Promise<FoundVectors[]> {
    return findVectorFiles([{ path: inFolder('.'), depth }], signal, limits);
  }

  async function namesOf(...parameters: Parameters<typeof find>): Promise<string[]> {
    const found = await find(...parameters);
    return found.map((vectors) => path.relative(inFolder('.'), vectors.path).replaceAll('\\', '/'));
  }

  it('are told apart by their first bytes, the nearest first', async () => {
    await write('deep/er/news.bin', word2vec(['the', 'of'], DIMENSION));
    await write('glove.txt', `the ${ROW}\nof ${ROW}\n`);
    await write('fast.vec', `2 ${DIMENSION}\nthe ${ROW}\nof ${ROW}\n`);
    await write('array.npy', npy(3, DIMENSION));
    // Nothing behind the header is needed to list it.
    await write(
      'llama.gguf',
      Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), Buffer.alloc(64)]),
    );
    assert.deepEqual(
      (await find()).map(({ path: file, ...said }) => [
        path.basename(file),
        said.format,
        said.rowCount,
        said.dimension,
      ]),
      [
        ['array.npy', 'NumPy array', 3, DIMENSION],
        ['fast.vec', 'word2vec text', 2, DIMENSION],
        ['glove.txt', 'GloVe text', undefined, DIMENSION],
        ['llama.gguf', 'GGUF', undefined, undefined],
        ['news.bin', 'word2vec binary', 2, DIMENSION],
      ],
    );
    assert.equal((await find())[0]?.bytes, npy(3, DIMENSION).length);
  });

  it('are no notes, no tables of few columns, no cut file, and nothing hidden, linked or installed', async () => {
    await write('notes.txt', 'Some notes about nothing.\n');
    await write('puzzle.txt', '1000 2000\n1 2 3\n');
    await write('table.tsv', '1\t2\t3\n4\t5\t6\n');
    await write('cut.npy', npy(3, DIMENSION).subarray(0, 150));
    await write('points.npy', npy(3, 2));
    await write('program.bin', Buffer.alloc(5_000, 1));
    await write('glove.txt.gz', Buffer.from([0x1f, 0x8b, 8, 0]));
    for (const name of ['.hidden.txt', '.venv/glove.txt', 'node_modules/glove.txt']) {
      await write(name, `the ${ROW}\n`);
    }
    assert.deepEqual(await namesOf(), []);
    await write('real.txt', `the ${ROW}\n`);
    const linked = await fs.symlink(inFolder('real.txt'), inFolder('linked.txt')).catch(() => 'not allowed');
    assert.ok(linked === undefined || process.platform === 'win32');
    await fs.mkdir(inFolder('round'));
    await fs.symlink(inFolder('.'), inFolder('round/again'), 'junction');
    assert.deepEqual(await namesOf(), ['real.txt']);
  });

  it('are looked for down to a depth, and up to a number of files', async () => {
    for (const name of ['a.txt', 'b.txt', 'one/c.txt', 'one/two/d.txt']) {
      await write(name, `the ${ROW}\n`);
    }
    assert.deepEqual(await namesOf(0), ['a.txt', 'b.txt']);
    assert.deepEqual(await namesOf(1), ['a.txt', 'b.txt', 'one/c.txt']);
    const all = { listed: 100, opened: 100, entries: 100 };
    assert.deepEqual(await namesOf(5, { ...all, listed: 3 }), ['a.txt', 'b.txt', 'one/c.txt']);
    assert.deepEqual(await namesOf(5, { ...all, opened: 1 }), ['a.txt']);
    assert.deepEqual(await namesOf(5, { ...all, entries: 3 }), ['a.txt', 'b.txt']);
  });

  it('are none where the time is over, or no folder is there', async () => {
    await write('a.txt', `the ${ROW}\n`);
    assert.deepEqual(await findVectorFiles([{ path: inFolder('.'), depth: 1 }], AbortSignal.abort()), []);
    assert.deepEqual(await findVectorFiles([{ path: inFolder('gone'), depth: 1 }], signal), []);
  });

  it('are looked for in the workspace first, then where programs keep them', () => {
    const places = vectorPlaces(['/work'], {
      env: { GENSIM_DATA_DIR: '/gensim', XDG_CACHE_HOME: '' },
      home: '/home/ada',
    });
    const paths = places.map((place) => place.path.replaceAll('\\', '/'));
    assert.deepEqual(paths.slice(0, 3), ['/work/.vector_cache', '/work', '/gensim']);
    assert.ok(paths.includes('/home/ada/.cache/llama.cpp'));
    assert.ok(places.find(({ path: folder }) => path.basename(folder) === 'Downloads')?.depth === 0);
  });
});
