import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { openFileByteReader } from '../../src/model/fileByteReader';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { itWithLinks } from '../fixtures/symbolicLinks';

describe('A file as byte reader', () => {
  const inFolder = useTemporaryFolder();
  const onWindows = process.platform === 'win32';

  it('reads ranges by position and fills the whole target', async () => {
    await fs.writeFile(inFolder('data'), Buffer.from('0123456789'));
    const reader = await openFileByteReader(inFolder('data'));
    assert.equal(await reader.size(), 10);
    const target = new Uint8Array(6);
    await reader.read(7, target.subarray(1, 4));
    await reader.read(10, new Uint8Array(0));
    assert.deepEqual([...target], [0, 0x37, 0x38, 0x39, 0, 0]);
    await reader.close();
  });

  it('puts short reads together', async () => {
    await fs.writeFile(inFolder('data'), Buffer.from('0123456789'));
    const requests: [number, number][] = [];
    const reader = await openFileByteReader(inFolder('data'), async (path, flags) => {
      const handle = await fs.open(path, flags);
      return {
        fd: handle.fd,
        stat: () => handle.stat(),
        read: (target, offset, length, position) => {
          requests.push([position, length]);
          return handle.read(target, offset, Math.min(length, 3), position);
        },
        close: () => handle.close(),
      };
    });
    const target = new Uint8Array(8);
    await reader.read(1, target);
    assert.equal(Buffer.from(target).toString(), '12345678');
    assert.deepEqual(requests, [
      [1, 8],
      [4, 5],
      [7, 2],
    ]);
    await reader.close();
  });

  it('reads straight into WebAssembly memory', async () => {
    await fs.writeFile(inFolder('data'), Buffer.from('0123456789'));
    const memory = new WebAssembly.Memory({ initial: 1 });
    const reader = await openFileByteReader(inFolder('data'));
    await reader.read(2, new Uint8Array(memory.buffer, 100, 4));
    assert.equal(Buffer.from(memory.buffer, 100, 5).toString(), '2345\0');
    await reader.close();
  });

  it('is unchanged where the system tells another device of an open file than of its path', async () => {
    await fs.writeFile(inFolder('data'), '0123456789');
    const reader = await openFileByteReader(inFolder('data'), async (path, flags) => {
      const handle = await fs.open(path, flags);
      return {
        fd: handle.fd,
        stat: async () => {
          const stats = await handle.stat();
          stats.dev += 1;
          return stats;
        },
        read: (target, offset, length, position) => handle.read(target, offset, length, position),
        close: () => handle.close(),
      };
    });
    assert.ok(reader.isUnchanged());
    await fs.writeFile(inFolder('other'), '0123456789');
    await fs.rename(inFolder('other'), inFolder('data'));
    assert.ok(!reader.isUnchanged());
    await reader.close();
  });

  it('has changed where another file took its place just before it was opened', async () => {
    await fs.writeFile(inFolder('data'), '0123456789');
    await fs.writeFile(inFolder('other'), 'longer than the other one');
    const reader = await openFileByteReader(inFolder('data'), (_path, flags) =>
      fs.open(inFolder('other'), flags),
    );
    assert.equal(await reader.size(), 25);
    assert.ok(!reader.isUnchanged());
    await reader.close();
  });

  it('reports a file that is shortened while it is read', async () => {
    await fs.writeFile(inFolder('data'), Buffer.alloc(1000));
    const reader = await openFileByteReader(inFolder('data'));
    await fs.truncate(inFolder('data'), 500);
    await rejectsCheckpoint(reader.read(400, new Uint8Array(200)), {
      reason: 'truncated',
      source: inFolder('data'),
      message: /ends at byte 500, before 600/,
    });
    await reader.close();
  });

  itWithLinks('follows symbolic links and notices those that lead nowhere or in a circle', async function () {
    if (onWindows) {
      this.skip();
    }
    await fs.writeFile(inFolder('data'), 'x');
    await fs.symlink('data', inFolder('link'));
    const reader = await openFileByteReader(inFolder('link'));
    assert.equal(await reader.size(), 1);
    await reader.close();
    await fs.symlink('absent', inFolder('dangling'));
    await fs.symlink('circle', inFolder('circle'));
    await rejectsCheckpoint(openFileByteReader(inFolder('dangling')), {
      reason: 'not-found',
      source: 'dangling',
    });
    await rejectsCheckpoint(openFileByteReader(inFolder('circle')), {
      reason: 'unreadable',
      source: 'circle',
    });
  });

  it('refuses folders, pipes and devices without opening them', async function () {
    await rejectsCheckpoint(openFileByteReader(inFolder()), {
      reason: 'unreadable',
      source: inFolder(),
      message: /folder/,
    });
    if (onWindows) {
      this.skip();
    }
    execFileSync('mkfifo', [inFolder('pipe')]);
    for (const path of [inFolder('pipe'), '/dev/zero']) {
      const opening = openFileByteReader(path, () => Promise.reject(new Error('must not be opened')));
      await rejectsCheckpoint(opening, {
        reason: 'unreadable',
        source: path,
        message: /pipe, socket or device/,
      });
    }
  });

  it('does not hang on a pipe that takes the place of a file just before it is opened', async function () {
    if (onWindows) {
      this.skip();
    }
    await fs.writeFile(inFolder('data'), 'x');
    execFileSync('mkfifo', [inFolder('pipe')]);
    let closed = false;
    const opening = openFileByteReader(inFolder('data'), async (_path, flags) => {
      const handle = await fs.open(inFolder('pipe'), flags);
      return {
        fd: handle.fd,
        stat: () => handle.stat(),
        read: () => assert.fail('a pipe must not be read'),
        close: () => {
          closed = true;
          return handle.close();
        },
      };
    });
    await rejectsCheckpoint(opening, { reason: 'unreadable', source: 'data', message: /pipe/ });
    assert.ok(closed);
  });

  it('reports missing files, and errors of the system by their sentence', async () => {
    await rejectsCheckpoint(openFileByteReader(inFolder('absent')), {
      reason: 'not-found',
      source: inFolder('absent'),
    });
    await fs.writeFile(inFolder('data'), 'x');
    const failing = openFileByteReader(inFolder('data'), () =>
      Promise.reject(Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })),
    );
    await rejectsCheckpoint(failing, {
      reason: 'unreadable',
      source: 'data',
      message: /too many open files/,
    });
  });

  it('reports a file that may not be read', async function () {
    if (onWindows || process.getuid?.() === 0) {
      this.skip();
    }
    await fs.writeFile(inFolder('secret'), 'x');
    await fs.chmod(inFolder('secret'), 0);
    await rejectsCheckpoint(openFileByteReader(inFolder('secret')), {
      reason: 'unreadable',
      source: inFolder('secret'),
      message: /permission/,
    });
  });

  it('reports a denied permission by its code', async () => {
    await fs.writeFile(inFolder('data'), 'x');
    const denied = openFileByteReader(inFolder('data'), () =>
      Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })),
    );
    await rejectsCheckpoint(denied, { reason: 'unreadable', source: 'data', message: /permission/ });
  });

  it('stops between requests when the signal is aborted', async () => {
    await fs.writeFile(inFolder('data'), Buffer.alloc(100));
    const controller = new AbortController();
    let requests = 0;
    const reader = await openFileByteReader(inFolder('data'), async (path, flags) => {
      const handle = await fs.open(path, flags);
      return {
        fd: handle.fd,
        stat: () => handle.stat(),
        read: (target, offset, length, position) => {
          requests++;
          controller.abort(new Error('enough'));
          return handle.read(target, offset, Math.min(length, 10), position);
        },
        close: () => handle.close(),
      };
    });
    await assert.rejects(reader.read(0, new Uint8Array(100), controller.signal), new Error('enough'));
    assert.equal(requests, 1);
    await reader.close();
  });
});
