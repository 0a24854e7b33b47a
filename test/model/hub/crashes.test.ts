import assert from 'node:assert/strict';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { DownloadLock, STALE_MILLISECONDS } from '../../../src/model/hub/downloadLock';
import { useBundledProgram } from '../../fixtures/bundledProgram';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';
import { DownloadProcess } from '../../fixtures/hub/downloadProcess';
import {
  checkpointAround,
  CHUNK_BYTES,
  CHUNK_COUNT,
  COMMIT,
  matrix,
  NEVER,
  PINNED,
  readByHand,
  REPOSITORY,
  TENSOR_BYTES,
  useHub,
} from '../../fixtures/hub/hubTest';
import { rejectsHub } from '../../fixtures/hub/rejectsHub';
import { itWithLinks } from '../../fixtures/symbolicLinks';

const MODEL = 'model.safetensors';
const FOLDER = 'models--ada--tiny-model';
const KILLS = 25;

describe('A download whose process is killed', () => {
  const hub = useHub();
  const program = useBundledProgram('test/fixtures/hub/downloadOnce.ts');

  const start = (): DownloadProcess =>
    new DownloadProcess(program(), [
      hub.server.endpoint,
      hub.storage(),
      REPOSITORY,
      COMMIT,
      String(CHUNK_BYTES),
    ]);
  const storedFile = (): string => hub.inStorage(FOLDER, 'snapshots', COMMIT, MODEL);
  /** Indices of the chunks that the journal says are finished: whole lines, behind the first one. */
  const journaled = async (): Promise<number[]> => {
    const text = await fs
      .readFile(hub.inStorage(FOLDER, 'partial', `${COMMIT}.journal`), 'utf8')
      .catch(() => '');
    return text
      .split('\n')
      .slice(1, -1)
      .map((line) => Number(line.split(' ')[0]));
  };

  it(`resumes or starts again after each of ${String(KILLS)} kills, with the right bytes in the end`, async () => {
    const random = new SeededRandom(0x5eed);
    const dataStart = checkpointAround(hub.source).indexOf(hub.source.bytes);
    hub.server.fault({ at: 'content', fault: { kind: 'drip', bytes: 8_192, milliseconds: 5 } });
    // How long it takes on this machine, so that the kills are spread over all of it.
    const whole = start();
    await whole.line(/started/);
    const begun = performance.now();
    assert.equal(await whole.ended, 0, whole.lines.join('\n'));
    const duration = performance.now() - begun;
    await fs.rm(hub.inStorage(), { recursive: true });
    let kills = 0;
    let completed = 0;
    let resumed = 0;
    while (kills < KILLS) {
      const before = await journaled();
      hub.server.requests.length = 0;
      const child = start();
      await child.line(/started/);
      const timer = setTimeout(() => child.kill(), random.uniform() * duration);
      const code = await child.ended;
      clearTimeout(timer);
      const begins = hub.server.rangesOf(MODEL).map(({ first }) => first - dataStart);
      for (const index of before) {
        const isFetchedAgain = begins.some(
          (begin) => begin >= index * CHUNK_BYTES && begin < (index + 1) * CHUNK_BYTES,
        );
        assert.ok(!isFetchedAgain, `chunk ${String(index)} was finished and is fetched again`);
      }
      resumed += before.length > 0 ? 1 : 0;
      assert.ok(code === undefined || code === 0, child.lines.join('\n'));
      kills += code === undefined ? 1 : 0;
      const isThere = await fs.stat(storedFile()).then(
        () => true,
        () => false,
      );
      if (isThere) {
        assert.ok((await readByHand(storedFile())).data.equals(hub.source.bytes));
        completed++;
        await fs.rm(hub.inStorage(), { recursive: true });
      } else {
        assert.equal(code, undefined, 'it said that it was done');
      }
    }
    hub.server.clearFaults();
    const last = start();
    assert.equal(await last.ended, 0, last.lines.join('\n'));
    assert.ok((await readByHand(storedFile())).data.equals(hub.source.bytes));
    assert.deepEqual(await fs.readdir(hub.inStorage(FOLDER, 'partial')), []);
    assert.ok(
      resumed > 5,
      `${String(resumed)} of ${String(kills)} runs went on with chunks of an earlier one`,
    );
    assert.ok(completed >= 1, 'no download was completed in between');
  });

  it('leaves a lock that the next process takes over at once', async () => {
    hub.server.fault({ at: 'content', skip: 3, fault: { kind: 'stall', after: 10 } });
    const child = start();
    while (hub.server.requests.length < 8) {
      await delay(5);
    }
    child.kill();
    await child.ended;
    assert.ok((await fs.readdir(hub.inStorage(FOLDER))).includes('download.lock'));
    hub.server.clearFaults();
    await hub.downloader().download(PINNED, { signal: NEVER });
    assert.deepEqual(await fs.readdir(hub.inStorage(FOLDER)), ['partial', 'snapshots']);
  });

  it('is one of two: the second waits, tells how far the first one is, and takes its result', async () => {
    hub.server.fault({ at: 'content', skip: 1, fault: { kind: 'drip', bytes: 8_192, milliseconds: 40 } });
    const [first, second] = [start(), start()];
    assert.deepEqual(await Promise.all([first.ended, second.ended]), [0, 0]);
    assert.ok((await readByHand(storedFile())).data.equals(hub.source.bytes));
    assert.equal(hub.server.rangesOf(MODEL).length, 1 + CHUNK_COUNT);
    const waits = [...first.lines, ...second.lines].filter((line) => line.startsWith('waiting'));
    assert.ok(waits.length > 0, 'nobody waited');
    assert.ok(
      waits.some((line) => Number(line.split(' ')[1]) > 0),
      'it did not tell how far the first one is',
    );
  });

  it('is one of two: the second goes on when the first is killed', async () => {
    hub.server.fault({ at: 'content', skip: 4, times: 4, fault: { kind: 'stall', after: 10 } });
    const first = start();
    while ((await journaled()).length < 3) {
      await delay(5);
    }
    const second = start();
    await second.line(/waiting/);
    first.kill();
    assert.equal(await second.ended, 0, second.lines.join('\n'));
    assert.ok((await readByHand(storedFile())).data.equals(hub.source.bytes));
  });
});

describe('A part that an earlier run left', () => {
  const hub = useHub();
  const partial = (extension: string): string => hub.inStorage(FOLDER, 'partial', `${COMMIT}.${extension}`);

  /** Leaves a part with some finished chunks. */
  const leavePart = async (): Promise<void> => {
    hub.server.fault({ at: 'content', skip: 6, fault: { kind: 'status', status: 404 } });
    await assert.rejects(hub.downloader().download(PINNED, { signal: NEVER }));
    hub.server.clearFaults();
    hub.server.requests.length = 0;
  };
  /** Chunks that are fetched by the next run, which has to end well. */
  const chunksOfNextRun = async (expected = hub.source.bytes): Promise<number> => {
    const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(expected));
    return hub.server.rangesOf(MODEL).length - 1;
  };
  const finishedChunks = async (): Promise<number> =>
    (await fs.readFile(partial('journal'), 'utf8')).trimEnd().split('\n').length - 1;

  it('is continued', async () => {
    await leavePart();
    const finished = await finishedChunks();
    assert.ok(finished > 0);
    assert.equal(await chunksOfNextRun(), CHUNK_COUNT - finished);
  });

  it('is not continued from a server with another name, and waits for its own', async () => {
    await leavePart();
    const finished = await finishedChunks();
    const endpoint = new URL(hub.server.endpoint.replace('127.0.0.1', 'localhost'));
    await hub.downloader({ endpoint }).download(PINNED, { signal: NEVER });
    assert.equal(hub.server.rangesOf(MODEL).length - 1, CHUNK_COUNT);
    hub.server.requests.length = 0;
    assert.equal(await chunksOfNextRun(), CHUNK_COUNT - finished);
  });

  it('is fetched again where bytes are not what the journal says, as after a power loss', async () => {
    await leavePart();
    const lines = (await fs.readFile(partial('journal'), 'utf8')).trimEnd().split('\n');
    const index = Number(lines[1]!.split(' ')[0]);
    const handle = await fs.open(partial('safetensors'), 'r+');
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(512), 0, 512, size - TENSOR_BYTES + index * CHUNK_BYTES + 4096);
    await handle.close();
    assert.equal(await chunksOfNextRun(), CHUNK_COUNT - (lines.length - 1) + 1);
  });

  it('is continued when the last line of the journal is torn', async () => {
    await leavePart();
    const finished = await finishedChunks();
    const text = await fs.readFile(partial('journal'), 'utf8');
    await fs.writeFile(partial('journal'), text.slice(0, -4));
    assert.equal(await chunksOfNextRun(), CHUNK_COUNT - finished + 1);
  });

  const spoiled: [string, () => Promise<void>][] = [
    ['the journal is missing', () => fs.rm(partial('journal'))],
    ['the journal is no journal', () => fs.writeFile(partial('journal'), '\0'.repeat(500))],
    ['the journal is huge', () => fs.truncate(partial('journal'), 2 ** 31)],
    ['the journal is a folder', () => fs.rm(partial('journal')).then(() => fs.mkdir(partial('journal')))],
    ['the part is missing', () => fs.rm(partial('safetensors'))],
    ['the part was shortened', () => fs.truncate(partial('safetensors'), 10_000)],
    ['the part has grown', () => fs.truncate(partial('safetensors'), 10_000_000)],
    [
      'the journal claims chunks that are not there',
      async () => {
        const [first] = (await fs.readFile(partial('journal'), 'utf8')).split('\n');
        const claims = Array.from({ length: 40 }, (_, i) => `${String(i)} 00000000`);
        await fs.writeFile(partial('journal'), `${first!}\n${claims.join('\n')}\n`);
      },
    ],
  ];
  for (const [what, spoil] of spoiled) {
    it(`is started again when ${what}`, async () => {
      await leavePart();
      await spoil();
      assert.equal(await chunksOfNextRun(), CHUNK_COUNT);
    });
  }

  it('is started again when the file on the server is another one', async () => {
    await leavePart();
    const other = matrix(9);
    hub.server.setRepository(REPOSITORY, {
      commits: { [COMMIT]: { files: { [MODEL]: checkpointAround(other) } } },
    });
    assert.equal(await chunksOfNextRun(other.bytes), CHUNK_COUNT);
  });

  itWithLinks('is never written through a symbolic link', async () => {
    await leavePart();
    const outside = hub.inStorage('..', 'outside');
    await fs.writeFile(outside, 'mine');
    await fs.rm(partial('safetensors'));
    await fs.symlink(outside, partial('safetensors'));
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'storage');
    assert.equal(await fs.readFile(outside, 'utf8'), 'mine');
  });
});

describe('The lock of a download', () => {
  const hub = useHub();
  const lockFile = (): string => hub.inStorage(FOLDER, 'download.lock');

  beforeEach(() => fs.mkdir(hub.inStorage(FOLDER), { recursive: true }));

  const writeLock = async (content: string, ageMilliseconds = 0): Promise<void> => {
    await fs.writeFile(lockFile(), content);
    const time = new Date(Date.now() - ageMilliseconds);
    await fs.utimes(lockFile(), time, time);
  };
  const record = (pid: number, host = os.hostname()): string => JSON.stringify({ id: 'someone', pid, host });

  it('is had by one at a time', async () => {
    const lock = await DownloadLock.tryAcquire(lockFile());
    assert.ok(lock !== undefined);
    assert.equal(await DownloadLock.tryAcquire(lockFile()), undefined);
    assert.equal(await DownloadLock.isHeld(lockFile()), true);
    await lock.release();
    assert.equal(await DownloadLock.isHeld(lockFile()), false);
    const next = await DownloadLock.tryAcquire(lockFile());
    await next?.release();
    assert.ok(next !== undefined);
    assert.deepEqual(await fs.readdir(hub.inStorage(FOLDER)), []);
  });

  it('is had by one of many who try at once', async () => {
    for (const stale of [false, true]) {
      if (stale) {
        await writeLock(record(process.pid, 'elsewhere'), STALE_MILLISECONDS + 5_000);
      }
      const locks = await Promise.all(Array.from({ length: 20 }, () => DownloadLock.tryAcquire(lockFile())));
      const held = locks.filter((lock) => lock !== undefined);
      assert.ok(held.length <= 1);
      await Promise.all(held.map((lock) => lock.release()));
    }
  });

  const free: [string, string, number][] = [
    ['a process that is no more', record(2 ** 22 + 1), 0],
    ['this process before a restart of the machine', record(process.pid), 0],
    ['another machine, long ago', record(1, 'elsewhere'), STALE_MILLISECONDS + 5_000],
    ['a living process that has not touched it for long', record(process.ppid), STALE_MILLISECONDS + 5_000],
    ['nobody, as it is unreadable and old', '\0\0', STALE_MILLISECONDS + 5_000],
  ];
  for (const [whose, content, age] of free) {
    it(`is taken over from ${whose}`, async () => {
      await writeLock(content, age);
      const lock = await DownloadLock.tryAcquire(lockFile());
      assert.ok(lock !== undefined);
      await lock.requireHeld();
      await lock.release();
    });
  }

  const held: [string, string][] = [
    ['a living process', record(process.ppid)],
    ['another machine', record(1, 'elsewhere')],
    ['somebody who is just writing it', ''],
  ];
  for (const [whose, content] of held) {
    it(`is left to ${whose}`, async () => {
      await writeLock(content);
      assert.equal(await DownloadLock.tryAcquire(lockFile()), undefined);
      assert.equal(await fs.readFile(lockFile(), 'utf8'), content);
    });
  }

  it('that another has taken over is noticed, and not released in their place', async () => {
    const lock = await DownloadLock.tryAcquire(lockFile());
    assert.ok(lock !== undefined);
    await writeLock(record(process.ppid));
    await rejectsHub(lock.requireHeld(), 'busy');
    assert.ok(lock.lostSignal.aborted);
    await lock.release();
    assert.equal(await fs.readFile(lockFile(), 'utf8'), record(process.ppid));
  });

  it('that is lost in a download makes it wait for the other, and nothing is put in place meanwhile', async () => {
    let isTaken = false;
    let steps = 0;
    const downloader = hub.downloader({
      log: () => {
        if (hub.server.rangesOf(MODEL).length === 5 && !isTaken) {
          isTaken = true;
          void writeLock(record(process.ppid));
        }
      },
      clock: {
        now: () => performance.now(),
        random: () => 0,
        sleep: async () => {
          // It waits for the other one, which now lets go.
          steps++;
          await assert.rejects(fs.stat(hub.inStorage(FOLDER, 'snapshots', COMMIT, MODEL)));
          await fs.rm(lockFile());
        },
      },
    });
    const { file } = await downloader.download(PINNED, { signal: NEVER });
    assert.equal(steps, 1);
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });
});

describe('A full disk', () => {
  const hub = useHub();

  /** Opens files that take so many bytes, as a disk does that becomes full. */
  const openUntilFull = (room: number, errorCode = 'ENOSPC') => {
    let left = room;
    const full = (): never => {
      throw Object.assign(new Error(errorCode), { code: errorCode, errno: -28, syscall: 'write' });
    };
    return async (file: string, flags: number): Promise<fs.FileHandle> => {
      const handle = await fs.open(file, flags);
      const writev = handle.writev.bind(handle);
      handle.writev = async (pieces, position) => {
        left -= pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
        return left < 0 ? full() : writev(pieces, position);
      };
      return handle;
    };
  };

  for (const room of [0, 100_000, 300_000]) {
    it(`after ${String(room)} bytes is reported, and when there is room again the download goes on`, async () => {
      const openHandle = openUntilFull(room);
      const download = hub.downloader({ openHandle }).download(PINNED, { signal: NEVER });
      const error = await rejectsHub(download, 'disk-full', /no room left/);
      assert.match(error.detail ?? '', /are kept/);
      const { file } = await hub.downloader().download(PINNED, { signal: NEVER });
      assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
    });
  }

  it('also where a quota is the limit', async () => {
    const openHandle = openUntilFull(0, 'EDQUOT');
    await rejectsHub(hub.downloader({ openHandle }).download(PINNED, { signal: NEVER }), 'disk-full');
  });

  it('that takes a part of a write is noticed', async () => {
    const openHandle = async (file: string, flags: number): Promise<fs.FileHandle> => {
      const handle = await fs.open(file, flags);
      const writev = handle.writev.bind(handle);
      handle.writev = async (pieces, position) => {
        const first = Buffer.from(pieces[0]!.buffer, pieces[0]!.byteOffset, 100);
        return { ...(await writev([first], position)), buffers: pieces };
      };
      return handle;
    };
    const { file } = await hub.downloader({ openHandle }).download(PINNED, { signal: NEVER });
    assert.ok((await readByHand(file)).data.equals(hub.source.bytes));
  });

  it('that must not be written is told apart', async () => {
    const openHandle = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS', errno: -30, syscall: 'open' }));
    const download = hub.downloader({ openHandle }).download(PINNED, { signal: NEVER });
    await rejectsHub(download, 'storage', /must not be written/);
  });

  it('is noticed before anything is fetched where it is too small from the start', async function () {
    const { execFileSync } = await import('node:child_process');
    const small = hub.inStorage();
    await fs.mkdir(small, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    try {
      const download = hub.downloader().download(PINNED, { signal: NEVER });
      await rejectsHub(download, 'disk-full', /needs 0\.6 MB on the disk/);
      assert.equal(hub.server.rangesOf(MODEL).length, 1);
      assert.deepEqual(await fs.readdir(hub.inStorage(FOLDER)), ['partial']);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('storage that is a file, or a link to elsewhere, is left alone', async () => {
    await fs.mkdir(hub.inStorage(), { recursive: true });
    const outside = hub.inStorage('..', 'outside');
    await fs.mkdir(outside);
    await fs.symlink(outside, hub.inStorage(FOLDER), 'junction');
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'storage', /is not a folder/);
    assert.deepEqual(await fs.readdir(outside), []);
    await fs.rm(hub.inStorage(FOLDER));
    await fs.writeFile(hub.inStorage(FOLDER), 'x', { flag: constants.O_CREAT | constants.O_WRONLY });
    await rejectsHub(hub.downloader().download(PINNED, { signal: NEVER }), 'storage');
  });
});
