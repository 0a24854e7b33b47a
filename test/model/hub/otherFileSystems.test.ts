import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { DownloadLock } from '../../../src/model/hub/downloadLock';
import { NEVER, ON_MAIN, PINNED, readByHand, useHub } from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { useRefusingFiles } from '../../fixtures/refusingFiles';

describe('A storage on a file system without hard links', () => {
  const refuse = useRefusingFiles();
  const hub = useHub();
  const lockFile = (): string => hub.inStorage('models--ada--tiny-model', 'download.lock');

  for (const code of ['EISDIR', 'EINVAL', 'UNKNOWN', 'EMLINK', 'EACCES', 'EPERM', 'ENOTSUP', 'ENOSYS']) {
    it(`takes a download where a link answers ${code}`, async () => {
      const links = refuse('link', () => code);
      const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
      assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
      assert.equal(links.refused.length, 1);
      await assert.rejects(fs.stat(lockFile()), { code: 'ENOENT' }, 'the lock was released');
    });
  }

  it('gives its lock to one alone', async () => {
    refuse('link', () => 'EISDIR');
    await fs.mkdir(hub.inStorage('models--ada--tiny-model'), { recursive: true });
    const attempts = await Promise.all([1, 2, 3].map(() => DownloadLock.tryAcquire(lockFile())));
    const held = attempts.filter((lock) => lock !== undefined);
    assert.equal(held.length, 1);
    await held[0]?.requireHeld();
    await held[0]?.release();
  });

  for (const code of ['ENOSPC', 'EDQUOT']) {
    it(`is full where a link answers ${code}`, async () => {
      refuse('link', () => code);
      await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'disk-full');
    });
  }
});

describe('A storage that a virus scanner looks at', () => {
  const refuse = useRefusingFiles();
  const hub = useHub();

  it('takes a download, though every rename and removal is refused twice', async () => {
    const seen = new Map<string, number>();
    const twice = (...paths: string[]): string | undefined => {
      const key = paths.join(' ');
      const count = (seen.get(key) ?? 0) + 1;
      seen.set(key, count);
      return count <= 2 ? 'EPERM' : undefined;
    };
    const renames = refuse('rename', twice);
    refuse('rm', twice);
    const { file } = await hub.downloader().download(ON_MAIN, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    assert.ok(renames.refused.some(([, to]) => to === file));
  });

  it('lets the last rename of a download be canceled', async () => {
    const canceled = new AbortController();
    const reason = new Error('not any more');
    refuse('rename', (_from, to = '') => {
      if (!to.endsWith('model.safetensors')) {
        return undefined;
      }
      canceled.abort(reason);
      return 'EBUSY';
    });
    await assert.rejects(hub.downloader().download(PINNED, { signal: canceled.signal }), reason);
  });
});
