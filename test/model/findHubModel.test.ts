import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { findHubModel } from '../../src/model/findHubModel';
import { HUB_ADDRESS } from '../../src/model/hub/serverAddress';
import { storageOfServer } from '../../src/model/hub/serverStorage';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import { surveyModels } from '../../src/model/surveyModels';
import { addToHubCache, setHubRef } from '../fixtures/checkpoints/hubCache';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { itWithLinks } from '../fixtures/symbolicLinks';

/** What is found, without what is known of it. */
async function foundAt(found: ReturnType<typeof findHubModel>): Promise<unknown> {
  const { location, place } = (await found) ?? {};
  return { location, place };
}

const OTHER_COMMIT = '1111111111111111111111111111111111111111';
const NEWER_COMMIT = '2222222222222222222222222222222222222222';
const CHECKPOINT = { 'model.safetensors': safetensorsBytes([embeddingTensor('wte.weight', 'F32', 30, 4)]) };

describe('A model of the hub', () => {
  const at = useTemporaryFolder();
  const environment = () => ({ env: { HF_HUB_CACHE: at('cache') }, home: at('home') });
  const find = (repository: string, revision: string, server: string | undefined = HUB_ADDRESS) =>
    findHubModel({ repository, revision }, { storage: at('storage'), server, environment: environment() });

  it('is not found where nothing is, and nothing is made', async () => {
    assert.equal(await find('org/name', 'main'), undefined);
    assert.deepEqual(await fs.readdir(at()), []);
  });

  it('is found in the cache before the own storage', async () => {
    const stored = await addToHubCache(at('storage'), 'org/name', OTHER_COMMIT, CHECKPOINT);
    assert.deepEqual(await foundAt(find('org/name', OTHER_COMMIT)), {
      location: { kind: 'folder', path: stored },
      place: 'storage',
    });
    const cached = await addToHubCache(at('cache'), 'org/name', OTHER_COMMIT, CHECKPOINT);
    assert.deepEqual(await foundAt(find('org/name', OTHER_COMMIT)), {
      location: { kind: 'folder', path: cached },
      place: 'cache',
    });
  });

  it("is found in the home folder's cache by a program with a cache of its own, in that first", async () => {
    const own = { env: { XDG_CACHE_HOME: at('own') }, home: at('home') };
    const places = { storage: at('storage'), server: HUB_ADDRESS, environment: own };
    const model = { repository: 'org/name', revision: OTHER_COMMIT };
    for (const cache of [at('home/.cache/huggingface/hub'), at('own/huggingface/hub')]) {
      const cached = await addToHubCache(cache, model.repository, OTHER_COMMIT, CHECKPOINT);
      assert.equal((await findHubModel(model, places))?.location.path, cached);
    }
    const surveyed = await surveyModels(places);
    assert.equal(surveyed.filter(({ repository }) => repository === 'org/name').length, 1);
    await fs.rm(at('own'), { recursive: true });
    assert.ok((await surveyModels(places)).some(({ repository }) => repository === 'org/name'));
  });

  it('is found by the name of a revision that the cache knows', async () => {
    const cached = await addToHubCache(at('cache'), 'org/name', OTHER_COMMIT, CHECKPOINT);
    assert.equal(await find('org/name', 'v1.0'), undefined);
    await setHubRef(at('cache'), 'org/name', OTHER_COMMIT, 'v1.0');
    assert.equal((await find('org/name', 'v1.0'))?.location.path, cached);
  });

  it('is not found at another revision than the one asked for', async () => {
    await addToHubCache(at('cache'), 'org/name', OTHER_COMMIT, CHECKPOINT);
    await setHubRef(at('cache'), 'org/name', OTHER_COMMIT);
    assert.equal(await find('org/name', NEWER_COMMIT), undefined);
  });

  it('of the known ones is found at its pinned commit first, else at any', async () => {
    const { repository, revision } = GPT2_SMALL;
    const other = await addToHubCache(at('cache'), repository, OTHER_COMMIT, CHECKPOINT);
    await setHubRef(at('cache'), repository, OTHER_COMMIT);
    assert.equal((await find(repository, revision))?.location.path, other);
    const pinned = await addToHubCache(at('cache'), repository, revision, CHECKPOINT);
    assert.equal((await find(repository, revision))?.location.path, pinned);
  });

  it('may lie under the name that GPT-2 had before', async () => {
    const old = await addToHubCache(at('cache'), 'gpt2', OTHER_COMMIT, CHECKPOINT);
    assert.equal((await find(GPT2_SMALL.repository, GPT2_SMALL.revision))?.location.path, old);
  });

  itWithLinks(
    'is not found where a snapshot holds no checkpoint, or a link to one that is gone',
    async () => {
      await addToHubCache(at('cache'), 'org/name', OTHER_COMMIT, { 'config.json': Buffer.from('{}') });
      assert.equal(await find('org/name', OTHER_COMMIT), undefined);
      const snapshot = await addToHubCache(at('cache'), 'org/gone', OTHER_COMMIT, CHECKPOINT);
      await fs.rm(path.join(path.dirname(path.dirname(snapshot)), 'blobs'), { recursive: true });
      assert.equal(await find('org/gone', OTHER_COMMIT), undefined);
    },
  );
});

describe('A model of a server other than the hub', () => {
  const at = useTemporaryFolder();
  const MIRROR = 'https://mirror.example/hf';
  const find = (repository: string, revision: string, server: string | undefined) =>
    findHubModel(
      { repository, revision },
      {
        storage: at('storage'),
        server,
        environment: { env: { HF_HUB_CACHE: at('cache') }, home: at('home') },
      },
    );
  const storedBy = (server: string) => storageOfServer(at('storage'), server);

  it('is found where that server is asked, says whose it is, and is no model of any other', async () => {
    const stored = await addToHubCache(storedBy(MIRROR), 'org/name', OTHER_COMMIT, CHECKPOINT);
    await setHubRef(storedBy(MIRROR), 'org/name', OTHER_COMMIT);
    for (const revision of [OTHER_COMMIT, 'main']) {
      assert.deepEqual(await foundAt(find('org/name', revision, MIRROR)), {
        location: { kind: 'folder', path: stored, server: MIRROR },
        place: 'storage',
      });
      for (const server of [HUB_ADDRESS, 'https://mirror.example', 'http://mirror.example/hf', undefined]) {
        assert.equal(await find('org/name', revision, server), undefined, server);
      }
    }
  });

  it('of the known ones is no model of the hub either', async () => {
    const { repository, revision } = GPT2_SMALL;
    await addToHubCache(storedBy(MIRROR), repository, revision, CHECKPOINT);
    await addToHubCache(storedBy(MIRROR), 'gpt2', OTHER_COMMIT, CHECKPOINT);
    assert.equal(await find(repository, revision, HUB_ADDRESS), undefined);
  });

  it('may be one that the hub has sent at the very commit, but no branch of it', async () => {
    const stored = await addToHubCache(storedBy(HUB_ADDRESS), 'org/name', OTHER_COMMIT, CHECKPOINT);
    await setHubRef(storedBy(HUB_ADDRESS), 'org/name', OTHER_COMMIT);
    for (const server of [MIRROR, undefined]) {
      assert.deepEqual(await foundAt(find('org/name', OTHER_COMMIT, server)), {
        location: { kind: 'folder', path: stored },
        place: 'storage',
      });
      assert.equal(await find('org/name', 'main', server), undefined);
    }
    assert.equal((await find('org/name', 'main', HUB_ADDRESS))?.location.path, stored);
  });

  it('is told with its server by whoever opens it', async () => {
    await addToHubCache(storedBy(MIRROR), 'org/name', OTHER_COMMIT, CHECKPOINT);
    const found = await find('org/name', OTHER_COMMIT, MIRROR);
    assert.ok(found);
    const source = await openEmbeddingSource(found.location);
    await source.close();
    assert.deepEqual([source.identity.name, source.identity.server], ['org/name', MIRROR]);
  });
});

describe('The survey of models', () => {
  const at = useTemporaryFolder();
  const environment = () => ({ env: { HF_HUB_CACHE: at('cache') }, home: at('home') });
  const survey = (server: string | undefined = HUB_ADDRESS) =>
    surveyModels({ storage: at('storage'), server, environment: environment() });

  it('lists the known models as downloads where nothing is on this machine', async () => {
    const models = await survey();
    assert.deepEqual(
      models.map(({ known, place }) => [known?.displayName, place]),
      [
        ['GPT-2 (124M)', 'hub'],
        ['GPT-2 medium', 'hub'],
        ['GPT-2 large', 'hub'],
        ['GPT-2 XL', 'hub'],
        ['DistilGPT-2', 'hub'],
      ],
    );
  });

  it('says where models are, what they hold, and leaves out what cannot be used', async () => {
    await addToHubCache(at('cache'), GPT2_SMALL.repository, GPT2_SMALL.revision, CHECKPOINT);
    await addToHubCache(at('cache'), 'org/one', OTHER_COMMIT, CHECKPOINT);
    await addToHubCache(at('cache'), 'org/broken', OTHER_COMMIT, { 'model.safetensors': Buffer.from('x') });
    await addToHubCache(at('storage'), 'org/one', OTHER_COMMIT, CHECKPOINT);
    await addToHubCache(at('storage'), 'org/two', OTHER_COMMIT, CHECKPOINT);
    await addToHubCache(at('storage'), 'org/three', NEWER_COMMIT, CHECKPOINT);
    await setHubRef(at('storage'), 'org/three', NEWER_COMMIT);
    await fs.mkdir(at('cache', 'datasets--org--data'));
    const models = (await survey()).filter(({ place }) => place !== 'hub');
    assert.deepEqual(
      models.map(({ repository, revision, place, identity }) => [
        repository,
        revision,
        place,
        identity?.rowCount,
        identity?.isVerified,
      ]),
      [
        [GPT2_SMALL.repository, GPT2_SMALL.revision, 'cache', 30, false],
        ['org/one', 'main', 'cache', 30, false],
        ['org/three', 'main', 'storage', 30, false],
        ['org/two', OTHER_COMMIT, 'storage', 30, false],
      ],
    );
  });

  it('lists of the storage what the server has sent that models come from, and names it', async () => {
    const mirror = 'https://mirror.example';
    await addToHubCache(storageOfServer(at('storage'), mirror), 'org/one', OTHER_COMMIT, CHECKPOINT);
    await addToHubCache(
      storageOfServer(at('storage'), 'https://other.example'),
      'org/two',
      OTHER_COMMIT,
      CHECKPOINT,
    );
    await addToHubCache(at('storage'), 'org/three', OTHER_COMMIT, CHECKPOINT);
    const listed = async (server?: string) =>
      (await survey(server))
        .filter(({ place }) => place !== 'hub')
        .map(({ repository, identity }) => [repository, identity?.server]);
    assert.deepEqual(await listed(mirror), [['org/one', mirror]]);
    assert.deepEqual(await listed(), [['org/three', undefined]]);
  });
});
