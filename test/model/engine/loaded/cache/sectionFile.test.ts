import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createChecksum, type Checksum } from '../../../../../src/core/embedding/checksum';
import {
  openSectionFile,
  readSectionFileHeader,
  SectionFile,
} from '../../../../../src/engine/loaded/cache/sectionFile';
import { writeSectionFile } from '../../../../../src/engine/loaded/cache/writeSectionFile';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { forgeSectionFile } from './forgeSectionFile';
import { naiveChecksum } from './naiveChecksum';
import { emptyTargets, sampleContents, SOURCE } from './sampleSections';

/** One of several portions, one that is no multiple of a block, an empty one, and one of a whole block. */
const LENGTHS = { codes: 5 * 1024 * 1024 + 77, scales: 4_003, empty: 0, center: 64 };
const EXPECTED = { kind: 'embedding-index', contentVersion: 3, source: SOURCE } as const;

async function opened(file: string): Promise<SectionFile> {
  const result = await openSectionFile(file, EXPECTED);
  assert.equal(result.kind, 'opened', JSON.stringify(result));
  return result.file;
}

/** Calls back before a certain portion is added. */
function checksumThatCalls(onPortion: (portion: number) => void): () => Checksum {
  let portions = 0;
  return () => {
    const checksum = createChecksum();
    return {
      update: (bytes) => {
        onPortion(portions++);
        checksum.update(bytes);
      },
      digest: () => checksum.digest(),
    };
  };
}

describe('A section file', () => {
  const inFolder = useTemporaryFolder();

  it('gives back into shared memory what was written from shared memory, scalars to the last bit', async () => {
    const file = inFolder('made', 'on', 'demand', 'a.index');
    const contents = sampleContents(1, LENGTHS);
    const shared = emptyTargets(LENGTHS);
    contents.sections.forEach((bytes, name) => shared.get(name)!.set(bytes));
    const outcome = await writeSectionFile(file, { ...contents, sections: shared });
    assert.deepEqual(outcome, { kind: 'written', byteLength: (await fs.stat(file)).size });
    assert.deepEqual(await fs.readdir(inFolder('made', 'on', 'demand')), ['a.index']);

    const section = await opened(file);
    const targets = emptyTargets(LENGTHS);
    assert.equal(await section.readSections(targets), undefined);
    for (const [name, bytes] of contents.sections) {
      assert.ok(Buffer.from(targets.get(name)!).equals(bytes), name);
    }
    assert.deepEqual(section.header.scalars, contents.scalars);
    assert.deepEqual(section.header.source, SOURCE);
    await section.close();
    await section.close();
  });

  it('has the layout that is described, with the checksums of an independent computation', async () => {
    const file = inFolder('a.index');
    const lengths = { codes: 100, empty: 0, scales: 5 };
    const contents = sampleContents(2, lengths);
    await writeSectionFile(file, contents);
    const [codes, empty, scales] = [...contents.sections.values()];
    const body = Buffer.alloc(128 + 5);
    body.set(codes!);
    body.set(scales!, 128);
    const header = {
      kind: 'embedding-index',
      contentVersion: 3,
      source: SOURCE,
      scalars: contents.scalars,
      sections: [
        { name: 'codes', byteOffset: 0, byteLength: 100, checksum: naiveChecksum(codes!) },
        { name: 'empty', byteOffset: 128, byteLength: 0, checksum: naiveChecksum(empty!) },
        { name: 'scales', byteOffset: 128, byteLength: 5, checksum: naiveChecksum(scales!) },
      ],
    };
    assert.deepEqual(await fs.readFile(file), forgeSectionFile(header, { sections: body }));
  });

  it('reads some of its sections, and bytes within them once they are verified', async () => {
    const file = inFolder('a.index');
    const contents = sampleContents(3, LENGTHS);
    await writeSectionFile(file, contents);
    const section = await opened(file);
    const few = Buffer.from(new SharedArrayBuffer(10));
    assert.throws(() => section.readAt('codes', 0, few), /not verified/);
    assert.equal(await section.verifySections(['codes']), undefined);
    assert.equal(await section.readSections(new Map([['center', new Uint8Array(64)]])), undefined);
    for (const offset of [0, 1, 1024 * 1024 - 5, LENGTHS.codes - 10]) {
      assert.equal(section.readAt('codes', offset, few), true);
      assert.deepEqual([...few], [...contents.sections.get('codes')!.subarray(offset, offset + 10)]);
    }
    assert.equal(section.readAt('center', 54, few), true);
    for (const offset of [-1, 0.5, NaN, LENGTHS.codes - 9, 2 ** 60]) {
      assert.throws(() => section.readAt('codes', offset, few), RangeError);
    }
    assert.throws(() => section.readAt('scales', 0, few), /not verified/);
    assert.throws(() => section.readAt('nothing', 0, few), RangeError);
    await fs.truncate(file, 100);
    assert.equal(section.readAt('codes', 0, few), false);
    await section.close();
    assert.equal(section.readAt('codes', 0, few), false);
  });

  it('is of no use where the sections are not as long as expected, or not there', async () => {
    const file = inFolder('a.index');
    await writeSectionFile(file, sampleContents(4, LENGTHS));
    const section = await opened(file);
    for (const [name, length] of [
      ['scales', 4_002],
      ['scales', 4_004],
      ['nothing', 0],
    ] as const) {
      const failure = await section.readSections(new Map([[name, new Uint8Array(length)]]));
      assert.equal(failure?.cause, 'damaged');
      assert.match(
        failure.reason,
        new RegExp(`${file}: its section ${name} has (4003|no) bytes, not ${length}`),
      );
    }
    await section.close();
  });

  it('is refused when its kind, version or source is another', async () => {
    const file = inFolder('a.index');
    await writeSectionFile(file, sampleContents(5, LENGTHS));
    const causes = async (expected: object): Promise<string> => {
      const result = await openSectionFile(file, { ...EXPECTED, ...expected });
      if (result.kind === 'unusable') {
        return result.cause;
      }
      await result.file.close();
      return 'opened';
    };
    assert.equal(await causes({}), 'opened');
    assert.equal(await causes({ kind: 'neighbor-graph' }), 'other-kind');
    assert.equal(await causes({ contentVersion: 4 }), 'other-version');
    for (const difference of [
      { path: `${SOURCE.path}2` },
      { size: SOURCE.size + 1 },
      { mtimeMs: SOURCE.mtimeMs + 0.0005 },
      { tensorName: 'wpe.weight' },
      { tensorOffset: 0 },
      { dtype: 'F16' },
      { shape: [50_257, 769] },
      { shape: [50_258, 768] },
    ]) {
      assert.equal(await causes({ source: { ...SOURCE, ...difference } }), 'other-source');
    }
    assert.equal(await causes({ source: { ...SOURCE, tensorOffset: undefined } }), 'other-source');
    const header = await readSectionFileHeader(file);
    assert.equal(header.kind, 'header');
  });

  it('is not waited for where a pipe or a folder lies in its place', async function () {
    assert.equal((await openSectionFile(inFolder('none'), EXPECTED)).kind, 'unusable');
    const folder = await openSectionFile(inFolder(), EXPECTED);
    assert.equal(folder.kind === 'unusable' && folder.cause, 'unreadable');
    if (process.platform === 'win32') {
      this.skip();
    }
    execFileSync('mkfifo', [inFolder('pipe')]);
    const pipe = await openSectionFile(inFolder('pipe'), EXPECTED);
    assert.equal(pipe.kind === 'unusable' && pipe.cause, 'unreadable');
  });

  it('leaves nothing behind when writing is aborted, and the old file as it was', async () => {
    const file = inFolder('a.index');
    const lengths = { codes: 3 * 4 * 1024 * 1024, scales: 100 };
    await writeSectionFile(file, sampleContents(6, LENGTHS));
    const old = await fs.readFile(file);
    for (const portion of [0, 1, 2, 3]) {
      const controller = new AbortController();
      const reason = new Error('enough');
      const createChecksum = checksumThatCalls((at) => {
        if (at === portion) {
          controller.abort(reason);
        }
      });
      const { signal } = controller;
      const writing = writeSectionFile(file, sampleContents(7, lengths), { signal, createChecksum });
      await assert.rejects(writing, (error) => error === reason);
      assert.deepEqual(await fs.readdir(inFolder()), ['a.index']);
      assert.ok(old.equals(await fs.readFile(file)));
      await assert.rejects(writeSectionFile(file, sampleContents(7, lengths), { signal }), reason);
    }
  });

  it('is removed, and the error told, when the checksum cannot be computed', async () => {
    const createChecksum = checksumThatCalls(() => {
      throw new Error('out of memory');
    });
    const writing = writeSectionFile(inFolder('a.index'), sampleContents(8, LENGTHS), { createChecksum });
    await assert.rejects(writing, /out of memory/);
    assert.deepEqual(await fs.readdir(inFolder()), []);
  });

  it('stops being read when that is aborted, and writes nothing into the targets afterwards', async () => {
    const file = inFolder('a.index');
    await writeSectionFile(file, sampleContents(9, LENGTHS));
    const controller = new AbortController();
    const reason = new Error('enough');
    const calls = checksumThatCalls((at) => {
      if (at === 2) {
        controller.abort(reason);
      }
    });
    const result = await openSectionFile(file, EXPECTED, { createChecksum: calls });
    assert.equal(result.kind, 'opened');
    const targets = emptyTargets(LENGTHS);
    const reading = result.file.readSections(targets, controller.signal);
    await assert.rejects(reading, (error) => error === reason);
    assert.equal(await result.file.readSections(targets), undefined);
    await result.file.close();

    // A slow disk, to see that no request is left under way.
    const slow = await fs.open(file);
    let underWay = 0;
    const read = slow.read.bind(slow) as (...args: unknown[]) => Promise<unknown>;
    const slowly = async (...args: unknown[]): Promise<unknown> => {
      underWay++;
      await delay(20);
      const bytes = await read(...args);
      underWay--;
      return bytes;
    };
    const handle = Object.assign(slow, { read: slowly }) as fs.FileHandle;
    const failingChecksum = checksumThatCalls(() => {
      throw reason;
    });
    const { header } = result.file;
    const slowFile = new SectionFile(file, header, 64 * 20, handle, failingChecksum);
    await assert.rejects(slowFile.readSections(targets), (error) => error === reason);
    assert.equal(underWay, 0);
    await slowFile.close();
  });

  it('is not written, with a reason, where the system refuses', async function () {
    await fs.writeFile(inFolder('file'), 'a file');
    const contents = sampleContents(10, { codes: 1_000 });
    const inFile = await writeSectionFile(inFolder('file', 'a.index'), contents);
    assert.equal(inFile.kind, 'not-written');
    assert.match(inFile.reason, /a\.index: it cannot be written \(E/);

    // Renaming fails here as it does on Windows where a file is held open.
    await fs.mkdir(inFolder('taken', 'a.index', 'inside'), { recursive: true });
    const overFolder = await writeSectionFile(inFolder('taken', 'a.index'), contents);
    assert.equal(overFolder.kind, 'not-written');
    assert.deepEqual(await fs.readdir(inFolder('taken')), ['a.index']);

    if (process.getuid === undefined || process.seteuid === undefined) {
      this.skip();
    }
    await fs.mkdir(inFolder('readOnly'));
    await fs.chmod(inFolder('readOnly'), 0o555);
    await fs.chmod(inFolder(), 0o755);
    const isRoot = process.getuid() === 0;
    if (isRoot) {
      // Root may write anywhere: be nobody for the moment.
      process.seteuid(65_534);
    }
    try {
      const readOnly = await writeSectionFile(inFolder('readOnly', 'a.index'), contents);
      assert.equal(readOnly.kind, 'not-written');
      assert.match(readOnly.reason, /readOnly.a\.index: it must not be written.* \(EACCES\)/);
    } finally {
      if (isRoot) {
        process.seteuid(0);
      }
    }
    assert.deepEqual(await fs.readdir(inFolder('readOnly')), []);
  });

  it('is refused by the writer where no reader would take it', async () => {
    const contents = sampleContents(11, { codes: 8 });
    const refused = async (change: object): Promise<void> => {
      const writing = writeSectionFile(inFolder('a.index'), { ...contents, ...change });
      await assert.rejects(writing, RangeError);
      assert.deepEqual(await fs.readdir(inFolder()), []);
    };
    await refused({ kind: 'picture' });
    await refused({ contentVersion: -1 });
    await refused({ contentVersion: 0.5 });
    await refused({ scalars: { mean: NaN } });
    await refused({ scalars: { mean: Infinity } });
    await refused({ scalars: { '': 1 } });
    await refused({ scalars: Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`s${i}`, i])) });
    await refused({ sections: new Map([['../codes', new Uint8Array(1)]]) });
    await refused({
      sections: new Map(Array.from({ length: 65 }, (_, i) => [`s${i}`, new Uint8Array(1)])),
    });
    await refused({ source: { ...SOURCE, mtimeMs: NaN } });
    await refused({ source: { ...SOURCE, path: 'model.safetensors' } });
  });
});
