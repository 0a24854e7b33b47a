import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { tokenizerForModel } from '../../../src/model/tokenizers/tokenizerForModel';
import { findHubModel } from '../../../src/model/findHubModel';
import { openEmbeddingSource } from '../../../src/model/embeddingSource';
import type { DownloadProgress } from '../../../src/model/hub/hubDownloader';
import { storageOfServer } from '../../../src/model/hub/serverStorage';
import { safetensorsBytes, embeddingTensor } from '../../fixtures/checkpoints/safetensorsBytes';
import { SIGNATURE } from '../../fixtures/hub/hubServer';
import {
  checkpointAround,
  CHUNK_COUNT,
  COMMIT,
  DIMENSION,
  matrix,
  NEVER,
  ON_MAIN,
  OTHER_COMMIT,
  PINNED,
  readByHand,
  REPOSITORY,
  ROW_COUNT,
  TENSOR_BYTES,
  useHub,
} from '../../fixtures/hub/hubTest';

describe('A download from the hub', () => {
  const hub = useHub();

  it('stores a safetensors file with the one tensor, which an independent reader understands', async () => {
    const stored = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.equal(stored.revision, COMMIT);
    assert.equal(
      stored.file,
      hub.inStorage('models--ada--tiny-model', 'snapshots', COMMIT, 'model.safetensors'),
    );
    const { header, data } = await readByHand(stored.file);
    const { __metadata__: metadata, ...tensors } = header;
    assert.deepEqual(tensors, {
      'wte.weight': { dtype: 'F32', shape: [ROW_COUNT, DIMENSION], data_offsets: [0, TENSOR_BYTES] },
    });
    assert.ok(data.equals(hub.source.bytes));
    assert.equal((metadata as Record<string, string>).format, 'pt');
    assert.equal((metadata as Record<string, string>).source_repository, REPOSITORY);
    assert.equal((metadata as Record<string, string>).source_revision, COMMIT);
  });

  it('is opened by the program like any checkpoint, under the name of its repository', async () => {
    const { folder } = await hub.downloader().download(PINNED, { signal: NEVER });
    const source = await openEmbeddingSource({ kind: 'folder', path: folder });
    assert.equal(source.identity.name, REPOSITORY);
    const row = new Float32Array(DIMENSION);
    await source.readRows(ROW_COUNT - 1, row);
    await source.close();
    assert.deepEqual(Buffer.from(row.buffer), Buffer.from(hub.source.bytes.subarray(-DIMENSION * 4)));
  });

  it('is found by the code that reads the Hugging Face cache', async () => {
    const { folder } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    const found = await findHubModel(ON_MAIN, {
      storage: '/nowhere',
      server: undefined,
      environment: { env: { HF_HUB_CACHE: hub.inStorage() }, home: '/nowhere' },
    });
    assert.deepEqual([found?.location, found?.place], [{ kind: 'folder', path: folder }, 'cache']);
  });

  it('fetches the header and the tensor, each byte once, and leaves nothing else behind', async () => {
    await hub.downloader().download(PINNED, { signal: NEVER });
    const [start, ...chunks] = hub.server.rangesOf('model.safetensors');
    assert.deepEqual(start, { first: 0, last: 65535 });
    assert.equal(chunks.length, CHUNK_COUNT);
    const sorted = chunks.sort((a, b) => a.first - b.first);
    sorted.slice(1).forEach(({ first }, i) => assert.equal(first, sorted[i]!.last + 1));
    assert.equal(sorted.at(-1)!.last - sorted[0]!.first + 1, TENSOR_BYTES);
    assert.deepEqual(await fs.readdir(hub.inStorage('models--ada--tiny-model')), ['partial', 'snapshots']);
    assert.deepEqual(await fs.readdir(hub.inStorage('models--ada--tiny-model', 'partial')), []);
  });

  it('asks for nothing when the commit is stored already', async () => {
    await hub.downloader().download(PINNED, { signal: NEVER });
    hub.server.requests.length = 0;
    const stored = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.equal(stored.revision, COMMIT);
    assert.equal(hub.server.requests.length, 0);
  });

  it('resolves a branch to its commit once and stays with it', async () => {
    const stored = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.equal(stored.revision, COMMIT);
    const revisions = hub.server.requests
      .filter(({ at }) => at === 'hub')
      .map(({ url }) => url.split('/resolve/')[1]?.split('/')[0]);
    // The tokenizer and then the config, which this repository lacks, are looked for as well.
    assert.deepEqual(revisions, ['main', ...Array<string>(CHUNK_COUNT + 2).fill(COMMIT)]);
    assert.equal(await fs.readFile(hub.inStorage('models--ada--tiny-model', 'refs', 'main'), 'utf8'), COMMIT);
  });

  it('resolves a revision whose name has slashes, and finds it again', async () => {
    hub.server.setRepository(REPOSITORY, {
      commits: { [COMMIT]: { files: { 'model.safetensors': checkpointAround(hub.source) } } },
      refs: { 'refs/pr/7': COMMIT },
    });
    const model = { repository: REPOSITORY, revision: 'refs/pr/7' };
    const stored = await hub.downloader().download(model, { signal: NEVER });
    assert.equal(stored.revision, COMMIT);
    const found = await findHubModel(model, {
      storage: '/nowhere',
      server: undefined,
      environment: { env: { HF_HUB_CACHE: hub.inStorage() }, home: '/nowhere' },
    });
    assert.equal(found?.location.path, stored.folder);
  });

  it('notices that a branch has moved, and keeps both states', async () => {
    await hub.downloader().download(ON_MAIN, { signal: NEVER });
    const moved = matrix(2);
    hub.server.setRepository(REPOSITORY, {
      commits: { [OTHER_COMMIT]: { files: { 'model.safetensors': checkpointAround(moved) } } },
      refs: { main: OTHER_COMMIT },
    });
    const stored = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.equal(stored.revision, OTHER_COMMIT);
    assert.ok((await readByHand(stored.file)).data.equals(moved.bytes));
    assert.deepEqual(
      await fs.readdir(hub.inStorage('models--ada--tiny-model', 'snapshots')),
      [COMMIT, OTHER_COMMIT].sort(),
    );
  });

  for (const dtype of ['F16', 'BF16'] as const) {
    it(`keeps ${dtype} as it is`, async () => {
      const tensor = embeddingTensor('model.embed_tokens.weight', dtype, 501, 33);
      hub.server.setRepository(REPOSITORY, {
        commits: { [COMMIT]: { files: { 'model.safetensors': checkpointAround(tensor) } } },
      });
      const { file } = await hub.downloader({ chunkBytes: 8 * 101 }).download(PINNED, { signal: NEVER });
      const { header, data } = await readByHand(file);
      assert.ok('model.embed_tokens.weight' in header);
      assert.ok(data.equals(tensor.bytes));
    });
  }

  it('takes the tensor that the user names, and downloads again for another one', async () => {
    const odd = matrix(3, 'odd.name');
    hub.server.setRepository(REPOSITORY, {
      commits: { [COMMIT]: { files: { 'model.safetensors': safetensorsBytes([hub.source, odd]) } } },
    });
    await hub.downloader().download(PINNED, { signal: NEVER });
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER, tensorName: 'odd.name' });
    const { header, data } = await readByHand(file);
    assert.ok('odd.name' in header);
    assert.ok(data.equals(odd.bytes));
  });

  it('touches of a sharded checkpoint only the index and the shard with the tensor', async () => {
    const index = {
      metadata: {},
      weight_map: { 'wte.weight': 'model-00002.safetensors', x: 'model-00001.safetensors' },
    };
    hub.server.setRepository(REPOSITORY, {
      commits: {
        [COMMIT]: {
          files: {
            'model.safetensors.index.json': Buffer.from(JSON.stringify(index)),
            'model-00001.safetensors': Buffer.from('not even a checkpoint'),
            'model-00002.safetensors': checkpointAround(hub.source),
          },
        },
      },
      refs: { main: COMMIT },
    });
    const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.equal(path.basename(file), 'model.safetensors');
    assert.ok(!hub.server.requests.some(({ url }) => url.includes('00001')));
  });

  it('brings tokenizer.json of a model that is not known to have that of GPT-2', async () => {
    const tokenizer = Buffer.from('{"version":"1.0","model":{"type":"BPE"}}');
    hub.server.setRepository(REPOSITORY, {
      commits: {
        [COMMIT]: {
          files: { 'model.safetensors': checkpointAround(hub.source), 'tokenizer.json': tokenizer },
        },
      },
    });
    const stored = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.equal(stored.tokenizerFile, path.join(stored.folder, 'tokenizer.json'));
    assert.ok((await fs.readFile(stored.tokenizerFile)).equals(tokenizer));
  });

  it('brings config.json of a model without tokenizer.json, which says that the tokenizer is not that of GPT-2', async () => {
    const config = Buffer.from('{"model_type":"llama"}');
    hub.server.setRepository(REPOSITORY, {
      commits: {
        [COMMIT]: { files: { 'model.safetensors': checkpointAround(hub.source), 'config.json': config } },
      },
    });
    const stored = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.equal(stored.tokenizerFile, undefined);
    assert.ok((await fs.readFile(path.join(stored.folder, 'config.json'))).equals(config));
    const source = await openEmbeddingSource({ kind: 'folder', path: stored.folder });
    await source.close();
    assert.match((await tokenizerForModel(source.identity, loadTokenizer)).missing ?? '', /type llama/);
  });

  it('refuses a tokenizer that is too large or no JSON object, before and while it is read', async () => {
    const files = {
      'model.safetensors': checkpointAround(hub.source),
      'tokenizer.json': Buffer.from('<html>'),
    };
    hub.server.setRepository(REPOSITORY, { commits: { [COMMIT]: { files } } });
    await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER }), {
      reason: 'untrusted-content',
    });
    hub.server.fault({
      at: 'content',
      file: 'tokenizer.json',
      fault: { kind: 'headers', headers: { 'content-length': '67108865' } },
    });
    await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER }), { reason: 'bad-response' });
  });

  it('reports progress that never goes back and ends with everything', async () => {
    const reports: DownloadProgress[] = [];
    await hub.downloader().download(PINNED, { signal: NEVER, onProgress: (report) => reports.push(report) });
    assert.deepEqual(
      [...new Set(reports.map(({ phase }) => phase))],
      ['connecting', 'checking', 'downloading'],
    );
    const downloading = reports.filter(({ phase }) => phase === 'downloading');
    downloading.slice(1).forEach((report, i) => assert.ok(report.bytesDone >= downloading[i]!.bytesDone));
    const last = reports.at(-1)!;
    assert.deepEqual(
      [last.phase, last.bytesDone, last.bytesTotal, last.commit, last.tensorName],
      ['checking', TENSOR_BYTES, TENSOR_BYTES, COMMIT, 'wte.weight'],
    );
    assert.equal(last.fileBytes, checkpointAround(hub.source).length);
  });

  it('looks up what would be fetched and stores nothing', async () => {
    const located = await hub.downloader().lookUp(ON_MAIN, { signal: NEVER });
    assert.equal(located.commit, COMMIT);
    assert.equal(located.tensor.byteLength, TENSOR_BYTES);
    await assert.rejects(fs.stat(hub.storage()));
  });

  it('sends the token to the hub alone, and writes neither it nor signed addresses anywhere', async () => {
    const token = 'hf_5ecretT0ken';
    hub.server.fault({ at: 'content', skip: 2, times: 2, fault: { kind: 'status', status: 503 } });
    await hub.downloader({ token: () => Promise.resolve(token) }).download(PINNED, { signal: NEVER });
    const at = (where: string): unknown[] =>
      hub.server.requests
        .filter((request) => request.at === where)
        .map(({ headers }) => headers.authorization);
    assert.ok(at('hub').length > CHUNK_COUNT);
    assert.ok(at('hub').every((header) => header === `Bearer ${token}`));
    assert.ok(at('content').length > CHUNK_COUNT);
    // (tokenizer.json is answered by the hub itself, if at all.)
    assert.ok(at('content').every((header) => header === undefined));
    assert.ok(hub.log.length > CHUNK_COUNT);
    assert.ok(!hub.log.join('\n').includes(token));
    assert.ok(!hub.log.join('\n').includes(SIGNATURE));
    for (const file of await fs.readdir(hub.inStorage(), { recursive: true, withFileTypes: true })) {
      if (file.isFile()) {
        const content = await fs.readFile(path.join(file.parentPath, file.name), 'latin1');
        assert.ok(!content.includes(token) && !content.includes(SIGNATURE));
      }
    }
  });

  it('works with a server under a path, and with names that need no organization', async () => {
    hub.server.setRepository('mirror/of/gpt2', {
      commits: { [COMMIT]: { files: { 'model.safetensors': checkpointAround(hub.source) } } },
    });
    const endpoint = `${hub.server.endpoint}/mirror/of`;
    const downloader = hub.downloader({ endpoint: new URL(`${endpoint}/`) });
    const stored = await downloader.download({ repository: 'gpt2', revision: COMMIT }, { signal: NEVER });
    assert.equal(
      stored.folder,
      path.join(storageOfServer(hub.storage(), endpoint), 'models--gpt2', 'snapshots', COMMIT),
    );
  });
});
