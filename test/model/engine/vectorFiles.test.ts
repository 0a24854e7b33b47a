import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import type { LoadOptions } from '../../../src/engine/questions/loadOptions';
import { PreparedModels } from '../../../src/engine/session/preparedModels';
import { WorkerEngine } from '../../../src/engine/thread/workerEngine';
import { fileStamp } from '../../../src/model/fileStamp';
import type { ModelIdentity } from '../../../src/model/modelLocation';
import type { ConversionProgress } from '../../../src/model/vectorFiles/writeConverted';
import { ggufBytes, strings } from '../../fixtures/checkpoints/ggufBytes';
import { rejectsCheckpoint } from '../../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { LocalWorker } from '../../unit/engine/thread/localWorker';

describe('An engine loads files of vectors', () => {
  const inFolder = useTemporaryFolder();
  const load = async (
    file: string,
    options: Partial<LoadOptions> = {},
  ): Promise<{ readonly engine: WorkerEngine; readonly model: ModelIdentity }> => {
    const engine = new WorkerEngine(() => new LocalWorker(new InProcessEngine()));
    engines.push(engine);
    const model = await engine.load(
      { kind: 'file', path: file },
      { vectorsFolder: inFolder('vectors'), cacheFolder: inFolder('indexes'), ...options },
    );
    return { engine, model };
  };
  const engines: WorkerEngine[] = [];
  const kept = async (): Promise<string[]> => fs.readdir(inFolder('vectors')).catch(() => []);
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await fs.writeFile(inFolder(name), content);
    return inFolder(name);
  };

  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.release()));
  });

  it('as themselves: with their own name and path, and what they are', async () => {
    const file = await write('glove.some.txt', 'the 1 0\nfrog 0 1\ntoad 0.1 1\n');
    const { engine, model } = await load(file);
    const [converted = ''] = await kept();
    assert.deepEqual(
      { ...model, warnings: [] },
      {
        name: 'glove.some',
        path: file,
        isSample: false,
        isVerified: false,
        tensorName: 'embedding.weight',
        dtype: 'F32',
        rowCount: 3,
        dimension: 2,
        vectors: {
          format: 'GloVe text',
          labelKind: 'words',
          convertedPath: inFolder('vectors', converted),
        },
        warnings: [],
      },
    );
    const answer = await engine.ask('neighbors', {
      query: { terms: [{ id: 1, weight: 1 }] },
      metric: 'cosine',
      k: 3,
    });
    assert.deepEqual(
      answer.neighbors.map(({ id }) => id),
      [1, 2, 0],
    );
    assert.equal(answer.model.path, file);
  });

  it('once, and tell how far they are', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `w${row} ${row}.5 -${row} 1 2 3 4 5 6`);
    const file = await write('many.txt', rows.join('\n'));
    const told: ConversionProgress[] = [];
    const onConversion = (progress: ConversionProgress): void => void told.push(progress);
    await load(file, { onConversion });
    assert.deepEqual(told.at(-1), { rows: 60_000, fraction: 1 });
    assert.ok(told.every(({ fraction }, at) => at === 0 || fraction >= (told[at - 1]?.fraction ?? 0)));
    const count = told.length;
    await load(file, { onConversion });
    assert.equal(told.length, count);
  });

  it('and stop in the middle of a conversion, with nothing left', async () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => `w${row} ${row}.5 -${row} 1 2 3 4 5 6`);
    const file = await write('many.txt', rows.join('\n'));
    const abort = new AbortController();
    const engine = new WorkerEngine(() => new LocalWorker(new InProcessEngine()));
    engines.push(engine);
    const loading = engine.load(
      { kind: 'file', path: file },
      {
        vectorsFolder: inFolder('vectors'),
        signal: abort.signal,
        onConversion: () => {
          abort.abort(new Error('enough'));
        },
      },
    );
    await assert.rejects(loading, /enough/);
    await engine.release();
    assert.deepEqual(await kept(), []);
  });

  it('again where they have changed since', async () => {
    const file = await write('v.txt', 'a 1 0\nb 0 1\n');
    await load(file);
    await write('v.txt', 'a 1 0\nb 0 1\nc 1 1\n');
    assert.equal((await load(file)).model.rowCount, 3);
    assert.equal((await kept()).length, 1);
  });

  it('but do not convert what is only to be opened again', async () => {
    const file = await write('v.txt', 'a 1 0\nb 0 1\n');
    await load(file);
    assert.equal((await load(file, { indexLater: true })).model.rowCount, 2);
    await fs.rm(inFolder('vectors'), { recursive: true });
    await rejectsCheckpoint(load(file, { indexLater: true }), {
      reason: 'not-found',
      source: file,
      message: /is not there any more/,
    });
    assert.deepEqual(await kept(), []);
  });

  it('with the labels beside them as those are now', async () => {
    const header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }".padEnd(117) + '\n';
    const prefix = Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, 118, 0])]);
    const values = Buffer.from(Float32Array.of(1, 0, 0, 1).buffer);
    const file = await write('table.npy', Buffer.concat([prefix, Buffer.from(header), values]));
    const engine = new PreparedModels(
      () => new WorkerEngine(() => new LocalWorker(new InProcessEngine())),
      fileStamp,
    );
    const vectorsNow = async (): Promise<ModelIdentity['vectors']> => {
      const { vectors } = await engine.load(
        { kind: 'file', path: file },
        { vectorsFolder: inFolder('vectors') },
      );
      return vectors;
    };
    const unlabelled = await vectorsNow();
    assert.equal(unlabelled?.lacksLabels, true);
    const labels = await write('table.labels.txt', 'a\nb\n');
    const labelled = await vectorsNow();
    assert.deepEqual([labelled?.lacksLabels, labelled?.labelPath], [undefined, labels]);
    assert.deepEqual(await vectorsNow(), labelled);
    await write('table.labels.txt', 'a\nother\n');
    const relabelled = await vectorsNow();
    assert.notEqual(relabelled?.convertedPath, labelled?.convertedPath);
    assert.match(await fs.readFile(relabelled?.convertedPath ?? '', 'latin1'), /aother/);
    await engine.release();
  });

  it('of a tensor that has a name', async () => {
    const bytes = new Uint8Array(Float32Array.of(1, 0, 0, 1).buffer);
    const file = await write(
      'tiny.gguf',
      ggufBytes({
        keys: [
          ['tokenizer.ggml.model', { type: 8, value: 'gpt2' }],
          ['tokenizer.ggml.tokens', strings(['a', 'Ġb'])],
        ],
        tensors: ['token_embd.weight', 'other'].map((name) => ({ name, axes: [2, 2], type: 0, bytes })),
      }),
    );
    const { model } = await load(file);
    assert.equal(model.vectors?.labelKind, 'tokens');
    assert.equal((await load(file, { tensorName: 'other' })).model.tensorName, 'other');
  });

  it('and refuse before anything is written what is too large to be searched', async () => {
    const file = await write(
      'huge.bin',
      Buffer.concat([Buffer.from('60000000 300\nthe '), Buffer.alloc(5000)]),
    );
    await rejectsCheckpoint(load(file), {
      reason: 'too-large',
      source: file,
      message: /60000000 × 300 values need [0-9,]+ MB/,
    });
    assert.deepEqual(await kept(), []);
  });

  it('only where there is a folder for them', async () => {
    const file = await write('v.txt', 'a 1 0\nb 0 1\n');
    await assert.rejects(load(file, { vectorsFolder: undefined }), { name: 'CheckpointError' });
  });
});
