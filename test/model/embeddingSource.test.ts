import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { CheckpointErrorReason } from '../../src/core/safetensors/checkpointError';
import { MemoryByteReader } from '../../src/core/safetensors/memoryByteReader';
import { type EmbeddingSource, openEmbeddingSource } from '../../src/model/embeddingSource';
import { CountingFiles, CountingReader } from '../fixtures/checkpoints/countingReader';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';
import {
  embeddingTensor,
  exactValues,
  lengthPrefix,
  safetensorsBytes,
  type TestTensor,
  withHeader,
} from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';

const ROWS = 300;
const DIMENSION = 16;

function bytesTensor(name: string, length: number): TestTensor {
  return { name, dtype: 'U8', shape: [length], bytes: Buffer.alloc(length, 0xaa) };
}

/** Tensors before and behind the matrix, of which nothing may be read; the first makes all offsets odd. */
function modelBytes(dtype: 'F32' | 'F16' | 'BF16', name = 'wte.weight'): Buffer {
  return safetensorsBytes([
    bytesTensor('h.0.first', 1001),
    embeddingTensor(name, dtype, ROWS, DIMENSION),
    bytesTensor('h.9.last', 999),
  ]);
}

async function readAll(source: EmbeddingSource): Promise<Float32Array> {
  const values = new Float32Array(source.identity.rowCount * source.identity.dimension);
  await source.readRows(0, values);
  return values;
}

describe('A checkpoint file', () => {
  const inFolder = useTemporaryFolder();

  for (const dtype of ['F32', 'F16', 'BF16'] as const) {
    it(`gives the rows of its ${dtype} embedding matrix, whole and in parts`, async () => {
      await fs.writeFile(inFolder('tiny.safetensors'), modelBytes(dtype));
      const source = await openEmbeddingSource({ kind: 'file', path: inFolder('tiny.safetensors') });
      const expected = exactValues(ROWS * DIMENSION);
      assert.deepEqual(source.identity, {
        name: 'tiny',
        isSample: false,
        isVerified: false,
        path: inFolder('tiny.safetensors'),
        tensorName: 'wte.weight',
        dtype,
        rowCount: ROWS,
        dimension: DIMENSION,
        warnings: [],
      });
      assert.deepEqual(await readAll(source), expected);
      const part = new Float32Array(7 * DIMENSION);
      await source.readRows(ROWS - 7, part);
      assert.deepEqual(part, expected.subarray((ROWS - 7) * DIMENSION));
      await source.readRows(ROWS, new Float32Array(0));
      await source.close();
    });

    it(`reads only the header and the ${dtype} matrix from the file, each byte once`, async () => {
      const file = modelBytes(dtype);
      await fs.writeFile(inFolder('model.safetensors'), file);
      const files = new CountingFiles();
      const source = await openEmbeddingSource(
        { kind: 'folder', path: inFolder() },
        { openReader: files.openReader },
      );
      const headerEnd = 8 + Number(file.readBigUInt64LE(0));
      const model = inFolder('model.safetensors');
      assert.deepEqual(files.touched(model), [[0, headerEnd]]);
      const rows = new Float32Array(100 * DIMENSION);
      for (const firstRow of [0, 100, 200]) {
        await source.readRows(firstRow, rows);
      }
      await source.close();
      const matrixBytes = ROWS * DIMENSION * (dtype === 'F32' ? 4 : 2);
      const matrixStart = headerEnd + 1001;
      assert.deepEqual(files.touched(model), [
        [0, headerEnd],
        [matrixStart, matrixStart + matrixBytes],
      ]);
      const total = files.reads.reduce((sum, { length }) => sum + length, 0);
      assert.equal(total, headerEnd + matrixBytes, 'no byte is read twice');
      assert.deepEqual(files.opened, [model]);
      assert.equal(files.openHandles, 0);
    });
  }

  it('is read straight into WebAssembly memory, into the asked rows only', async () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    for (const dtype of ['F32', 'F16', 'BF16'] as const) {
      const source = await openEmbeddingSource(
        { kind: 'file', path: 'memory' },
        { openReader: (name) => Promise.resolve(new MemoryByteReader(name, modelBytes(dtype))) },
      );
      const whole = new Float32Array(memory.buffer, 0, 5 * DIMENSION).fill(9);
      await source.readRows(40, whole.subarray(2 * DIMENSION, 4 * DIMENSION));
      const expected = new Float32Array(5 * DIMENSION).fill(9);
      expected.set(exactValues(ROWS * DIMENSION).subarray(40 * DIMENSION, 42 * DIMENSION), 2 * DIMENSION);
      assert.deepEqual(Float32Array.from(whole), expected, dtype);
    }
  });

  it('asks the reader for the rows in one request, without a second buffer', async () => {
    const reader = new CountingReader(new MemoryByteReader('m', modelBytes('F16')));
    const source = await openEmbeddingSource(
      { kind: 'file', path: 'm' },
      { openReader: () => Promise.resolve(reader) },
    );
    await readAll(source);
    assert.equal(reader.ranges.length, 3);
    assert.equal(reader.largestRequest, ROWS * DIMENSION * 2);
    await source.close();
    assert.ok(reader.closed);
  });

  it('keeps NaN and infinity for the engine to report', async () => {
    const values = Float32Array.of(NaN, Infinity, -Infinity, 1);
    await fs.writeFile(
      inFolder('odd.safetensors'),
      safetensorsBytes([embeddingTensor('wte.weight', 'F32', 2, 2, values)]),
    );
    const source = await openEmbeddingSource({ kind: 'file', path: inFolder('odd.safetensors') });
    assert.deepEqual(await readAll(source), values);
    await source.close();
  });

  it('is searched for a tensor whose name ends as those of embeddings do, or for the given one only', async () => {
    const open = (tensors: TestTensor[], tensorName?: string): Promise<EmbeddingSource> =>
      openEmbeddingSource(
        { kind: 'file', path: 'm' },
        {
          tensorName,
          openReader: () => Promise.resolve(new MemoryByteReader('m', safetensorsBytes(tensors))),
        },
      );
    const both = [embeddingTensor('wte.weight', 'F32', 3, 2), embeddingTensor('my.embedding', 'F16', 4, 2)];
    assert.equal((await open(both, 'my.embedding')).identity.rowCount, 4);
    await rejectsCheckpoint(open(both, 'absent'), {
      reason: 'unsupported',
      source: 'm',
      message: /no tensor "absent"\. Its tensors: "wte\.weight", "my\.embedding"\./,
    });
    await rejectsCheckpoint(open([bytesTensor('other', 3), bytesTensor('roberta.embeddings', 3)]), {
      reason: 'unsupported',
      source: 'm',
      message: /no token embedding .*Its tensors: "roberta\.embeddings", "other"\./,
    });
    await rejectsCheckpoint(open(Array.from({ length: 500 }, (_, i) => bytesTensor(`t${String(i)}`, 0))), {
      reason: 'unsupported',
      source: 'm',
      message: /\(500 in all\)/,
    });
    await rejectsCheckpoint(open([]), { reason: 'unsupported', source: 'm', message: /no tensors at all/ });
  });

  const unusable: Record<string, [dtype: string, shape: number[], bytes: number, message: RegExp]> = {
    'one axis': ['F32', [6], 24, /F32 \[6\]; an embedding matrix has two axes/],
    'three axes': ['F32', [1, 3, 2], 24, /two axes/],
    'no axes': ['F32', [], 4, /two axes/],
    'no rows': ['F32', [0, 768], 0, /F32 \[0, 768\]: it is empty/],
    'no columns': ['F32', [50257, 0], 0, /it is empty/],
    'double precision': ['F64', [3, 2], 48, /F64 \[3, 2\]; Tokenscope reads F32, F16 and BF16/],
    'quantized values': ['I8', [3, 2], 6, /I8/],
    'packed values': ['F4', [3, 2], 3, /F4/],
  };
  for (const [what, [dtype, shape, bytes, message]] of Object.entries(unusable)) {
    it(`is refused when its embedding tensor has ${what}`, async () => {
      const tensor = { name: 'wte.weight', dtype, shape, bytes: Buffer.alloc(bytes) };
      await fs.writeFile(inFolder('m.safetensors'), safetensorsBytes([tensor]));
      const files = new CountingFiles();
      await rejectsCheckpoint(
        openEmbeddingSource(
          { kind: 'file', path: inFolder('m.safetensors') },
          { openReader: files.openReader },
        ),
        { reason: 'unsupported', source: inFolder('m.safetensors'), message },
      );
      assert.equal(files.openHandles, 0, 'the file is closed');
    });
  }

  const broken: Record<string, [file: Uint8Array, reason: CheckpointErrorReason]> = {
    'is empty': [Buffer.alloc(0), 'truncated'],
    'has 7 bytes': [Buffer.alloc(7), 'truncated'],
    'claims a header beyond its end': [
      Buffer.concat([lengthPrefix(90_000_000n), Buffer.alloc(100)]),
      'truncated',
    ],
    'claims a header of 2^63 bytes': [
      Buffer.concat([lengthPrefix(2n ** 63n), Buffer.alloc(100)]),
      'too-large',
    ],
    'is cut within the matrix': [modelBytes('F32').subarray(0, 9000), 'truncated'],
    'has bytes too many': [Buffer.concat([modelBytes('F32'), Buffer.alloc(1)]), 'malformed'],
    'has a list as header': [withHeader('[]'), 'malformed'],
    'is a Git LFS pointer': [
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:248d\nsize 548105171\n'),
      'unsupported',
    ],
  };
  for (const [what, [file, reason]] of Object.entries(broken)) {
    it(`is refused as ${reason} when it ${what}, read no further than needed, and closed`, async () => {
      await fs.writeFile(inFolder('m.safetensors'), file);
      const files = new CountingFiles();
      await rejectsCheckpoint(
        openEmbeddingSource(
          { kind: 'file', path: inFolder('m.safetensors') },
          { openReader: files.openReader },
        ),
        { reason, source: inFolder('m.safetensors') },
      );
      assert.equal(files.openHandles, 0, 'the file is closed');
      const largest = Math.max(0, ...files.reads.map(({ length }) => length));
      assert.ok(largest < 1000, `read ${String(largest)} bytes at once`);
    });
  }

  it('reports that it was shortened after it was opened', async () => {
    await fs.writeFile(inFolder('m.safetensors'), modelBytes('F32'));
    const source = await openEmbeddingSource({ kind: 'file', path: inFolder('m.safetensors') });
    await fs.truncate(inFolder('m.safetensors'), 5000);
    await rejectsCheckpoint(readAll(source), {
      reason: 'truncated',
      source: inFolder('m.safetensors'),
      message: /shortened/,
    });
    await source.close();
  });

  it('refuses rows that do not exist and parts of rows', async () => {
    await fs.writeFile(inFolder('m.safetensors'), modelBytes('F32'));
    const source = await openEmbeddingSource({ kind: 'file', path: inFolder('m.safetensors') });
    for (const firstRow of [-1, 0.5, ROWS, NaN]) {
      await assert.rejects(source.readRows(firstRow, new Float32Array(DIMENSION)), RangeError);
    }
    await assert.rejects(source.readRows(ROWS - 1, new Float32Array(2 * DIMENSION)), RangeError);
    await assert.rejects(source.readRows(0, new Float32Array(DIMENSION + 1)), RangeError);
    await source.close();
  });

  it('stops with the reason of its signal, when opened and when read', async () => {
    await fs.writeFile(inFolder('m.safetensors'), modelBytes('F32'));
    const location = { kind: 'file', path: inFolder('m.safetensors') } as const;
    const aborted = AbortSignal.abort(new Error('enough'));
    await assert.rejects(openEmbeddingSource(location, { signal: aborted }), new Error('enough'));
    const source = await openEmbeddingSource(location);
    await assert.rejects(source.readRows(0, new Float32Array(DIMENSION), aborted), new Error('enough'));
    await source.close();
  });
});

describe('The config beside a checkpoint', () => {
  const inFolder = useTemporaryFolder();

  for (const [vocabulary, isOpened] of [
    [ROWS - 10, true],
    [ROWS, true],
    [ROWS + 1, false],
  ] as const) {
    it(`${isOpened ? 'lets' : 'does not let'} ${ROWS} rows pass for a vocabulary of ${vocabulary}, though no other tensor may be the embedding`, async () => {
      await fs.writeFile(inFolder('model.safetensors'), modelBytes('F16', 'model.embed_tokens.weight'));
      await fs.writeFile(inFolder('config.json'), JSON.stringify({ vocab_size: vocabulary }));
      const location = { kind: 'file', path: inFolder('model.safetensors') } as const;
      if (!isOpened) {
        await rejectsCheckpoint(openEmbeddingSource(location), {
          reason: 'unsupported',
          source: inFolder('model.safetensors'),
          message: /"model\.embed_tokens\.weight" has 300 rows, .* a vocabulary of 301.*by its name/,
        });
      }
      const tensorName = isOpened ? undefined : 'model.embed_tokens.weight';
      const source = await openEmbeddingSource(location, { tensorName });
      assert.equal(source.identity.rowCount, ROWS);
      await source.close();
    });
  }
});

describe('A checkpoint folder', () => {
  const inFolder = useTemporaryFolder();
  const open = (folder = inFolder()): Promise<EmbeddingSource> =>
    openEmbeddingSource({ kind: 'folder', path: folder });

  it('is read from model.safetensors and named after the folder, whatever else is there', async () => {
    await fs.mkdir(inFolder('my model'));
    await fs.writeFile(inFolder('my model', 'model.safetensors'), modelBytes('F32'));
    await fs.writeFile(inFolder('my model', 'other.safetensors'), 'no checkpoint');
    await fs.writeFile(inFolder('my model', 'model.safetensors.index.json'), 'no index');
    for (const location of [
      { kind: 'folder', path: inFolder('my model') },
      { kind: 'file', path: inFolder('my model', 'model.safetensors') },
    ] as const) {
      const source = await openEmbeddingSource(location);
      assert.equal(source.identity.name, 'my model');
      await source.close();
    }
  });

  it('may hold one safetensors file of any name, but not several', async () => {
    await fs.writeFile(inFolder('weights.safetensors'), modelBytes('F16'));
    const source = await open();
    assert.equal(source.identity.path, inFolder('weights.safetensors'));
    await source.close();
    await fs.writeFile(inFolder('more.safetensors'), modelBytes('F16'));
    await rejectsCheckpoint(open(), {
      reason: 'not-found',
      source: inFolder(),
      message: /2 safetensors files \(more\.safetensors, weights\.safetensors …\).*Choose one/,
    });
  });

  it('passes over what only has the name of a checkpoint: hidden files, folders, empty files', async () => {
    await fs.writeFile(inFolder('weights.safetensors'), modelBytes('F16'));
    await fs.writeFile(inFolder('._weights.safetensors'), Buffer.from([0, 5, 0x16, 7, 0, 2, 0, 0]));
    await fs.writeFile(inFolder('.hidden.safetensors'), modelBytes('F32'));
    await fs.writeFile(inFolder('begun.safetensors'), '');
    await fs.mkdir(inFolder('shards.safetensors'));
    await fs.mkdir(inFolder('model.safetensors'));
    const source = await open();
    assert.equal(source.identity.path, inFolder('weights.safetensors'));
    await source.close();
    await rejectsCheckpoint(openEmbeddingSource({ kind: 'file', path: inFolder('._weights.safetensors') }), {
      reason: 'unsupported',
      source: '._weights',
      message: /macOS/,
    });
  });

  it('is refused when it is empty, missing, a file, or holds only a pickle', async () => {
    await rejectsCheckpoint(open(), {
      reason: 'not-found',
      source: inFolder(),
      message: /model\.safetensors/,
    });
    await rejectsCheckpoint(open(inFolder('absent')), { reason: 'not-found', source: inFolder('absent') });
    await fs.writeFile(inFolder('pytorch_model.bin'), 'x');
    await rejectsCheckpoint(open(), {
      reason: 'unsupported',
      source: inFolder(),
      message: /pytorch_model\.bin/,
    });
    await rejectsCheckpoint(open(inFolder('pytorch_model.bin')), {
      reason: 'not-found',
      source: inFolder('pytorch_model.bin'),
    });
  });

  it('is refused when model.safetensors is a folder, empty, or leads nowhere', async function () {
    const rejects = (message: RegExp): Promise<void> =>
      rejectsCheckpoint(open(), { reason: 'not-found', source: inFolder(), message });
    await fs.mkdir(inFolder('model.safetensors'));
    await rejects(/model\.safetensors is a folder\./);
    await fs.writeFile(inFolder('weights.safetensors'), '');
    await rejects(/model\.safetensors is a folder, weights\.safetensors is empty\./);
    await fs.rm(inFolder('weights.safetensors'));
    if (process.platform === 'win32') {
      this.skip();
    }
    await fs.rmdir(inFolder('model.safetensors'));
    await fs.symlink('absent', inFolder('model.safetensors'));
    await rejects(/model\.safetensors leads to a file that is not there\./);
  });
});

describe('A sharded checkpoint', () => {
  const inFolder = useTemporaryFolder();
  const INDEX = 'model.safetensors.index.json';
  const FIRST = 'model-00001-of-00002.safetensors';
  const SECOND = 'model-00002-of-00002.safetensors';
  const open = (options = {}): Promise<EmbeddingSource> =>
    openEmbeddingSource({ kind: 'folder', path: inFolder() }, options);
  const writeIndex = (weightMap: unknown): Promise<void> =>
    fs.writeFile(inFolder(INDEX), JSON.stringify({ metadata: { total_size: 1 }, weight_map: weightMap }));

  beforeEach(async () => {
    await fs.writeFile(inFolder(FIRST), 'this shard is not to be opened');
    await fs.writeFile(inFolder(SECOND), modelBytes('BF16', 'model.embed_tokens.weight'));
    await writeIndex({
      'model.norm.weight': FIRST,
      'model.embed_tokens.weight': SECOND,
      'h.0.first': SECOND,
      'h.9.last': SECOND,
    });
  });

  it('is read whatever the index says of tensors that are not needed', async () => {
    await writeIndex({
      a: 'sub/x.safetensors',
      b: 7,
      c: '../x',
      d: null,
      'model.embed_tokens.weight': SECOND,
    });
    const source = await open();
    assert.equal(source.identity.path, inFolder(SECOND));
    await source.close();
    await rejectsCheckpoint(open({ tensorName: 'b' }), {
      reason: 'malformed',
      source: inFolder(INDEX),
      message: /the shard of "b" is not a file name/,
    });
  });

  it('is read from the shard that holds the matrix; no other is opened', async () => {
    const files = new CountingFiles();
    const source = await open({ openReader: files.openReader });
    assert.equal(source.identity.path, inFolder(SECOND));
    assert.equal(source.identity.name, path.basename(inFolder()));
    assert.deepEqual(await readAll(source), exactValues(ROWS * DIMENSION));
    await source.close();
    assert.deepEqual(files.opened, [inFolder(INDEX), inFolder(SECOND)]);
    assert.equal(files.openHandles, 0);
  });

  it('may have an index with a byte order mark', async () => {
    const index = await fs.readFile(inFolder(INDEX));
    await fs.writeFile(inFolder(INDEX), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), index]));
    await (await open()).close();
  });

  it('takes the tensor of the setting', async () => {
    await rejectsCheckpoint(open({ tensorName: 'h.0.first' }), {
      reason: 'unsupported',
      source: inFolder(SECOND),
      message: /"h\.0\.first" is U8/,
    });
    await rejectsCheckpoint(open({ tensorName: 'absent' }), { reason: 'unsupported', source: INDEX });
  });

  it('is opened though a shard lacks another tensor that the index puts there, such as a tied one', async () => {
    await writeIndex({
      'lm_head.weight': SECOND,
      'model.embed_tokens.weight': SECOND,
      'gone.weight': 'gone',
    });
    const source = await open();
    assert.equal(source.identity.tensorName, 'model.embed_tokens.weight');
    await source.close();
  });

  it('is opened though a shard lacks another tensor that could be the embedding by its name', async () => {
    await writeIndex({ 'wte.weight': SECOND, 'model.embed_tokens.weight': SECOND });
    const source = await open();
    assert.equal(source.identity.tensorName, 'model.embed_tokens.weight');
    await source.close();
  });

  it('is refused when the shard lacks the embedding that the index puts there', async () => {
    await writeIndex({ 'wte.weight': SECOND });
    await rejectsCheckpoint(open(), {
      reason: 'malformed',
      source: inFolder(SECOND),
      message: /"wte\.weight"/,
    });
  });

  it('is refused when the shard is missing', async () => {
    await fs.rm(inFolder(SECOND));
    await rejectsCheckpoint(open(), { reason: 'not-found', source: inFolder(SECOND) });
  });

  for (const name of [
    '../model.safetensors',
    '/etc/passwd',
    'sub/model.safetensors',
    '..\\model.safetensors',
    'C:model.safetensors',
    '..',
    '.',
    '',
    'a\0b',
  ]) {
    it(`is refused when a shard is called ${JSON.stringify(name)}`, async () => {
      await fs.mkdir(inFolder('sub'));
      await fs.writeFile(inFolder('sub', 'model.safetensors'), modelBytes('F32'));
      await writeIndex({ 'model.embed_tokens.weight': name, unused: SECOND });
      const files = new CountingFiles();
      await rejectsCheckpoint(open({ openReader: files.openReader }), {
        reason: 'malformed',
        source: inFolder(INDEX),
        message: /plain file name/,
      });
      assert.deepEqual(files.opened, [inFolder(INDEX)]);
    });
  }

  const badIndexes: Record<string, string | Uint8Array> = {
    'no JSON': 'weight_map',
    'not UTF-8': Buffer.from('{"weight_map":{"\xff":"a"}}', 'latin1'),
    'a list': '[]',
    null: 'null',
    'without weight_map': '{"metadata":{}}',
    'with an inherited weight_map': '{"__proto__":{"weight_map":{}}}',
    'with a list as weight_map': '{"weight_map":[]}',
    'with a number as shard': '{"weight_map":{"wte.weight":3}}',
    'nested without end': `{"weight_map":${'['.repeat(100_000)}`,
  };
  for (const [what, content] of Object.entries(badIndexes)) {
    it(`is refused when its index is ${what}`, async () => {
      await fs.writeFile(inFolder(INDEX), content);
      await rejectsCheckpoint(open(), { reason: 'malformed', source: inFolder(INDEX) });
    });
  }

  it('is refused when its index names no tensor that is known', async () => {
    await writeIndex({ constructor: FIRST });
    await rejectsCheckpoint(open(), {
      reason: 'unsupported',
      source: inFolder(INDEX),
      message: /"constructor"/,
    });
    await writeIndex({});
    await rejectsCheckpoint(open(), { reason: 'unsupported', source: inFolder(INDEX) });
  });

  it('is refused when its index is longer than the limit, without reading it', async () => {
    await fs.truncate(inFolder(INDEX), 33 * 1024 * 1024);
    const files = new CountingFiles();
    await rejectsCheckpoint(open({ openReader: files.openReader }), {
      reason: 'too-large',
      source: inFolder(INDEX),
    });
    assert.deepEqual(files.reads, []);
  });
});
