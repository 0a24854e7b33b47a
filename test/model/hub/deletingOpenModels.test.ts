import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import { EmbeddingSession } from '../../../src/engine/session/embeddingSession';
import { PreparedModels } from '../../../src/engine/session/preparedModels';
import { fileStamp } from '../../../src/model/fileStamp';
import type { ModelLocation } from '../../../src/model/modelLocation';
import { openFileByteReader } from '../../../src/model/fileByteReader';
import { deleteStoredModel, findStoredModel } from '../../../src/model/hub/storedModels';
import { NEVER, ON_MAIN, PINNED, readByHand, useHub } from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { useRefusingFiles } from '../../fixtures/refusingFiles';

const REQUEST = { query: { terms: [{ weight: 1, id: 2 }] }, k: 3 };

/** Whether this process has a file, or one in a folder, open. */
async function isOpenBelow(folder: string): Promise<boolean> {
  const opened = '/proc/self/fd';
  const files = await Promise.all(
    (await fs.readdir(opened)).map((name) => fs.readlink(path.join(opened, name)).catch(() => '')),
  );
  return files.some((file) => file === folder || file.startsWith(folder + path.sep));
}

describe('A stored model that is open, where no open file is replaced nor its folder moved, as on Windows', () => {
  const refuse = useRefusingFiles();
  const hub = useHub();

  before(function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
  });

  const store = async (): Promise<{ readonly folder: string; readonly file: string }> => {
    const stored = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    refuse('rename', async (from = '') => ((await isOpenBelow(from)) ? 'EPERM' : undefined));
    return stored;
  };
  it('does not keep a download from taking its place', async () => {
    const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    await fs.truncate(file, 1000);
    const reader = await openFileByteReader(file);
    refuse('rename', async (_from, to) => (to === file && (await isOpenBelow(file)) ? 'EPERM' : undefined));
    await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.ok(!reader.isUnchanged());
    await reader.close();
    assert.deepEqual(await fs.readdir(hub.inStorage('models--ada--tiny-model', 'partial')), []);
  });

  const deleteIt = (): Promise<void> => deleteStoredModel(hub.inStorage(), { ...PINNED, isComplete: true });

  it('says that another window has it open, and leaves it as it was', async () => {
    const { file } = await store();
    const reader = await openFileByteReader(file);
    const error = await rejectsHub(deleteIt(), 'busy');
    assert.equal(error.message, 'ada/tiny-model is in use by another window.');
    assert.equal((await findStoredModel(hub.inStorage(), PINNED))?.file, file);
    assert.ok(reader.isUnchanged());
    await reader.close();
    await deleteIt();
    assert.equal(await findStoredModel(hub.inStorage(), PINNED), undefined);
  });

  it('succeeds while it is loaded in this window, and while a question waits for it', async () => {
    const { folder } = await store();
    const location: ModelLocation = { kind: 'folder', path: folder };
    let located = 0;
    const session = new EmbeddingSession({
      engine: new PreparedModels(() => new InProcessEngine(), fileStamp),
      locate: () => {
        located++;
        return Promise.resolve({ location });
      },
    });
    await session.ask('neighbors', REQUEST);
    assert.ok(await isOpenBelow(folder));
    let asked: Promise<unknown> = Promise.resolve();
    await session.whileClosed(() => {
      asked = session.ask('neighbors', REQUEST);
      return deleteIt();
    });
    await assert.rejects(asked, /no such file or folder/);
    assert.equal(located, 2, 'the model could not be opened again, and was looked for');
    session.dispose();
  });
});
