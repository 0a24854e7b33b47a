import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { DownloadLock } from '../../../src/model/hub/downloadLock';
import {
  deleteAllStoredModels,
  deleteStoredModel,
  findStoredModel,
  listStoredModels,
  totalStoredBytes,
} from '../../../src/model/hub/storedModels';
import {
  checkpointAround,
  COMMIT,
  matrix,
  NEVER,
  ON_MAIN,
  OTHER_COMMIT,
  PINNED,
  REPOSITORY,
  TENSOR_BYTES,
  useHub,
} from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { itWithLinks } from '../../fixtures/symbolicLinks';

describe('The stored models', () => {
  const hub = useHub();
  const folder = (...parts: string[]): string => hub.inStorage('models--ada--tiny-model', ...parts);

  /** One complete model, and a part of another commit. */
  const storeTwo = async (): Promise<void> => {
    await hub.downloader().download(ON_MAIN, { signal: NEVER });
    hub.server.setRepository(REPOSITORY, {
      commits: { [OTHER_COMMIT]: { files: { 'model.safetensors': checkpointAround(matrix(4)) } } },
    });
    hub.server.fault({ at: 'content', skip: 6, fault: { kind: 'status', status: 404 } });
    await assert.rejects(hub.downloader().download({ ...PINNED, revision: OTHER_COMMIT }, { signal: NEVER }));
    hub.server.clearFaults();
  };

  it('are none where there is no folder', async () => {
    assert.deepEqual(await listStoredModels(hub.inStorage()), []);
    assert.equal(await totalStoredBytes(hub.inStorage()), 0);
    assert.equal(await findStoredModel(hub.inStorage(), PINNED), undefined);
    await deleteStoredModel(hub.inStorage(), { ...PINNED, isComplete: true });
    await assert.rejects(fs.stat(hub.storage()), 'nothing was made');
  });

  it('are listed with their sizes, complete ones and parts', async () => {
    await storeTwo();
    const [complete, part, ...more] = await listStoredModels(hub.inStorage());
    assert.deepEqual(more, []);
    const { size } = await fs.stat(folder('snapshots', COMMIT, 'model.safetensors'));
    assert.deepEqual(complete, {
      repository: REPOSITORY,
      revision: COMMIT,
      folder: folder('snapshots', COMMIT),
      bytes: size,
      isComplete: true,
    });
    assert.deepEqual([part?.revision, part?.isComplete], [OTHER_COMMIT, false]);
    assert.ok(part!.bytes > 0 && part!.bytes < TENSOR_BYTES);
    assert.equal(await totalStoredBytes(hub.inStorage()), size + part!.bytes);
  });

  it('are found by commit and by branch', async () => {
    await storeTwo();
    assert.equal((await findStoredModel(hub.inStorage(), PINNED))?.folder, folder('snapshots', COMMIT));
    assert.equal((await findStoredModel(hub.inStorage(), ON_MAIN))?.revision, COMMIT);
    assert.equal(await findStoredModel(hub.inStorage(), { ...PINNED, revision: OTHER_COMMIT }), undefined);
    assert.equal(await findStoredModel(hub.inStorage(), { ...PINNED, revision: 'v2' }), undefined);
  });

  it('are deleted one by one, until no folder is left', async () => {
    await storeTwo();
    const [complete, part] = await listStoredModels(hub.inStorage());
    await deleteStoredModel(hub.inStorage(), part!);
    assert.deepEqual((await listStoredModels(hub.inStorage())).length, 1);
    await deleteStoredModel(hub.inStorage(), complete!);
    assert.deepEqual(await fs.readdir(hub.storage()), []);
  });

  it('are deleted all at once', async () => {
    await storeTwo();
    assert.deepEqual(await deleteAllStoredModels(hub.inStorage()), []);
    assert.deepEqual(await fs.readdir(hub.storage()), []);
  });

  it('stay while a download of them runs', async () => {
    await storeTwo();
    const lock = await DownloadLock.tryAcquire(folder('download.lock'));
    await rejectsHub(deleteStoredModel(hub.inStorage(), { ...PINNED, isComplete: true }), 'busy');
    await rejectsHub(hub.downloader().discardPartial(PINNED), 'busy');
    assert.deepEqual(await deleteAllStoredModels(hub.inStorage()), [REPOSITORY]);
    await lock?.release();
    assert.equal((await listStoredModels(hub.inStorage())).length, 2);
  });

  it('are nothing that lies elsewhere: links are neither followed nor their targets deleted', async () => {
    await storeTwo();
    const outside = hub.inStorage('..', 'outside');
    await fs.mkdir(path.join(outside, 'snapshots', COMMIT), { recursive: true });
    const precious = path.join(outside, 'snapshots', COMMIT, 'model.safetensors');
    await fs.writeFile(precious, 'mine');
    await fs.symlink(outside, hub.inStorage('models--linked'), 'junction');
    await fs.rm(folder('snapshots'), { recursive: true });
    await fs.symlink(path.join(outside, 'snapshots'), folder('snapshots'), 'junction');
    assert.deepEqual(
      (await listStoredModels(hub.inStorage())).map(({ isComplete }) => isComplete),
      [false],
    );
    await rejectsHub(
      deleteStoredModel(hub.inStorage(), { repository: 'linked', revision: COMMIT, isComplete: true }),
      'storage',
    );
    await deleteStoredModel(hub.inStorage(), { ...PINNED, isComplete: true });
    await deleteAllStoredModels(hub.inStorage());
    assert.equal(await fs.readFile(precious, 'utf8'), 'mine');
  });

  itWithLinks('are deleted with links inside them, not with what those lead to', async () => {
    await storeTwo();
    const outside = hub.inStorage('..', 'outside');
    await fs.writeFile(outside, 'mine');
    await fs.symlink(outside, folder('snapshots', COMMIT, 'link'));
    await deleteAllStoredModels(hub.inStorage());
    assert.equal(await fs.readFile(outside, 'utf8'), 'mine');
  });

  for (const name of ['../outside', 'a/b/c', '..', '']) {
    it(`are never those of the name ${JSON.stringify(name)}`, async () => {
      await rejectsHub(
        deleteStoredModel(hub.inStorage(), { repository: name, revision: COMMIT, isComplete: true }),
        'storage',
      );
      await rejectsHub(
        deleteStoredModel(hub.inStorage(), { repository: 'a', revision: name, isComplete: false }),
        'storage',
      );
    });
  }

  it('are downloaded again when somebody has damaged the file', async () => {
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    await fs.truncate(file, 1000);
    await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await fs.stat(file)).size > TENSOR_BYTES);
  });
});
