import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { nodeHttpTransport, type HttpTransport } from '../../../src/model/hub/httpTransport';
import { listStoredModels } from '../../../src/model/hub/storedModels';
import {
  checkpointAround,
  CHUNK_COUNT,
  COMMIT,
  NEVER,
  ON_MAIN,
  REPOSITORY,
  useHub,
} from '../../fixtures/hub/hubTest';

/** Paths in a folder, itself included, that others than its owner may read, write or enter. */
async function openToOthers(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder, { recursive: true });
  const paths = [folder, ...names.map((name) => path.join(folder, name))];
  const modes = await Promise.all(paths.map(async (file) => ({ file, mode: (await fs.lstat(file)).mode })));
  return modes.filter(({ mode }) => (mode & 0o077) !== 0).map(({ file }) => path.relative(folder, file));
}

describe('The storage of models', () => {
  const hub = useHub();
  let umask: number;

  before(function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    // The most generous one: whatever is kept from others is so because the program says it.
    umask = process.umask(0);
  });
  after(() => process.umask(umask));

  beforeEach(() => {
    hub.server.setRepository(REPOSITORY, {
      commits: {
        [COMMIT]: {
          files: {
            'model.safetensors': checkpointAround(hub.source),
            'tokenizer.json': Buffer.from('{"version":"1.0","model":{"type":"BPE"}}'),
          },
        },
      },
      refs: { main: COMMIT },
    });
  });

  it('is readable by its owner only, while a download runs and when it has ended', async () => {
    const open = new Set<string>();
    let looks = 0;
    const transport: HttpTransport = async (request) => {
      looks++;
      (await openToOthers(hub.storage())).forEach((file) => open.add(file));
      return nodeHttpTransport(request);
    };
    const stored = await hub.downloader({ transport }).download(ON_MAIN, { signal: NEVER });
    assert.ok(stored.tokenizerFile);
    assert.ok(looks > CHUNK_COUNT);
    assert.deepEqual([...open], []);
    assert.deepEqual(await openToOthers(hub.storage()), []);
  });

  it('of a download that was interrupted is so, too', async () => {
    hub.server.fault({ at: 'content', skip: 4, fault: { kind: 'status', status: 404 } });
    await assert.rejects(hub.downloader().download(ON_MAIN, { signal: NEVER }));
    assert.equal((await listStoredModels(hub.inStorage()))[0]?.isComplete, false);
    assert.deepEqual(await openToOthers(hub.storage()), []);
  });

  it('that an earlier version left open is closed to others by the next download', async () => {
    await fs.mkdir(hub.storage(), { mode: 0o755 });
    await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.deepEqual(await openToOthers(hub.storage()), []);
  });
});
