import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { resolveEndpoint } from '../../../src/model/hub/hubSettings';
import { HUB_ADDRESS, serverAddress, serverName } from '../../../src/model/hub/serverAddress';
import { serverStorages, storageOfServer } from '../../../src/model/hub/serverStorage';
import { findStoredModel, listStoredModels } from '../../../src/model/hub/storedModels';
import { HubServer } from '../../fixtures/hub/hubServer';
import {
  checkpointAround,
  CHUNK_COUNT,
  COMMIT,
  matrix,
  NEVER,
  ON_MAIN,
  OTHER_COMMIT,
  PINNED,
  readByHand,
  REPOSITORY,
  useHub,
} from '../../fixtures/hub/hubTest';

const addressOf = (text: string): string => serverAddress(new URL(text));

describe('The address of a server', () => {
  it('is the hub itself only without a path', () => {
    assert.equal(serverAddress(resolveEndpoint('', {})), HUB_ADDRESS);
    for (const text of [
      'https://huggingface.co',
      'HTTPS://HuggingFace.co:443/',
      'https://huggingface.co//',
    ]) {
      assert.equal(addressOf(text), HUB_ADDRESS, text);
    }
    for (const text of [
      'http://huggingface.co',
      'https://huggingface.co:8443',
      'https://huggingface.co.',
      'https://huggingface.co.evil.example',
      // A file in somebody's repository there can have any path behind this one.
      'https://huggingface.co/mallory/tiny-model/resolve/main',
      'https://HUGGINGFACE.CO/%2e%2e/x',
    ]) {
      assert.notEqual(addressOf(text), HUB_ADDRESS, text);
    }
  });

  it('has a name for people, which says where a connection is not secure', () => {
    assert.equal(serverName(HUB_ADDRESS), 'huggingface.co');
    assert.equal(serverName(addressOf('https://mirror.example:8443/hf/')), 'mirror.example:8443/hf');
    assert.equal(serverName(addressOf('http://mirror.example')), 'http://mirror.example');
  });
});

describe('The storage of a server', () => {
  const hub = useHub();

  it('is that of today for the hub itself, and a folder of its own for every other', () => {
    assert.equal(storageOfServer('/models', HUB_ADDRESS), '/models');
    const addresses = [
      'https://mirror.example',
      'http://mirror.example',
      'https://mirror.example.',
      'https://mirror.example:8443',
      'https://mirror.example/hf',
      'https://mirror.example/HF',
      'https://mirror.example/hf/..%2f..%2fup',
      'https://mirror.example/models--ada--tiny-model',
      'https://[::1]:8080',
      'https://a*b.example',
      'https://bücher.example/bücher',
    ].map(addressOf);
    const folders = addresses.map((address) => path.relative('/models', storageOfServer('/models', address)));
    // Equal names for file systems that know no capital letters would be one folder.
    assert.equal(new Set(folders.map((folder) => folder.toLowerCase())).size, addresses.length);
    for (const folder of folders) {
      assert.match(folder, /^server--[a-z0-9%A-F.-]*[^.]$/);
    }
  });

  it('can be told from its folder', async () => {
    const others = ['http://127.0.0.1:8080', 'https://mirror.example', 'https://mirror.example/Team/hf'];
    for (const server of others) {
      await fs.mkdir(storageOfServer(hub.storage(), server), { recursive: true });
    }
    await fs.mkdir(path.join(hub.storage(), 'server--mirror.example'));
    await fs.mkdir(path.join(hub.storage(), 'server--https%3A%2F%2Fhuggingface.co'));
    await fs.symlink(path.resolve('/'), storageOfServer(hub.storage(), 'https://linked.example'), 'junction');
    assert.deepEqual(
      await serverStorages(hub.storage()),
      [HUB_ADDRESS, ...others].map((server) => ({ server, folder: storageOfServer(hub.storage(), server) })),
    );
    assert.deepEqual(await serverStorages('/nowhere'), []);
  });

  it('is not written through a link', async () => {
    const outside = path.join(hub.storage(), '..', 'outside');
    await fs.mkdir(outside);
    await fs.mkdir(hub.storage());
    await fs.symlink(outside, hub.inStorage(), 'junction');
    await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER }), { reason: 'storage' });
    assert.deepEqual(await fs.readdir(outside), []);
  });
});

describe('What one server has sent', () => {
  const hub = useHub();
  let other: HubServer;
  const otherTensor = matrix(5);

  beforeEach(async () => {
    other = await HubServer.start({
      [REPOSITORY]: {
        commits: {
          [COMMIT]: { files: { 'model.safetensors': checkpointAround(otherTensor) } },
          [OTHER_COMMIT]: { files: { 'model.safetensors': checkpointAround(otherTensor) } },
        },
        refs: { main: OTHER_COMMIT },
      },
    });
  });
  afterEach(() => other.close());
  const fromOther = () => hub.downloader({ endpoint: new URL(other.endpoint) });

  it('is not the model of another, not even at the same commit', async () => {
    const ours = await hub.downloader().download(PINNED, { signal: NEVER });
    const theirs = await fromOther().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(ours.file)).data.equals(hub.source.bytes));
    assert.ok((await readByHand(theirs.file)).data.equals(otherTensor.bytes));
    assert.ok(other.rangesOf('model.safetensors').length > 1, 'the other one was asked');
  });

  it('says nothing about where a branch of another is', async () => {
    await fromOther().download(ON_MAIN, { signal: NEVER });
    assert.equal(await findStoredModel(hub.inStorage(), ON_MAIN), undefined);
    await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.equal((await findStoredModel(hub.inStorage(), ON_MAIN))?.revision, COMMIT);
  });

  it('is not continued with bytes of another', async () => {
    other.fault({ at: 'content', skip: 5, fault: { kind: 'status', status: 404 } });
    await assert.rejects(fromOther().download(PINNED, { signal: NEVER }));
    const [part] = await listStoredModels(storageOfServer(hub.storage(), other.endpoint));
    assert.ok(part && part.bytes > 0 && !part.isComplete);
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    other.clearFaults();
    const asked = other.requests.length;
    const { file: theirs } = await fromOther().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(theirs)).data.equals(otherTensor.bytes));
    const chunks = other.requests.slice(asked).filter(({ at, range }) => at === 'content' && range);
    assert.ok(chunks.length <= CHUNK_COUNT, 'its own part was continued');
  });
});
