import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import {
  cacheBytes,
  cacheFiles,
  clearCache,
  markUsed,
  removeStale,
} from '../../../../../src/engine/loaded/cache/cacheFolder';
import {
  readSourceIdentity,
  type SourceIdentity,
} from '../../../../../src/engine/loaded/cache/sourceIdentity';
import { writeSectionFile } from '../../../../../src/engine/loaded/cache/writeSectionFile';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { useRefusingFiles } from '../../../../fixtures/refusingFiles';
import { forgeSectionFile } from './forgeSectionFile';
import { sampleContents } from './sampleSections';
import { linksFiles } from '../../../../fixtures/symbolicLinks';

const HOUR = 60 * 60 * 1000;
const UUID = '01234567-89ab-cdef-0123-456789abcdef';

describe('The cache folder', () => {
  const refuse = useRefusingFiles();
  const inFolder = useTemporaryFolder();
  const cache = (): string => inFolder('cache');
  const names = async (): Promise<string[]> => (await fs.readdir(cache())).sort();
  const sizeOf = async (file: string): Promise<number> => (await fs.stat(file)).size;

  async function modelSource(name: string, tensorName = 'wte.weight'): Promise<SourceIdentity> {
    const file = inFolder(name);
    await fs.writeFile(file, `weights of ${name}`, { flag: 'a' });
    return readAgain(name, tensorName);
  }

  async function readAgain(name: string, tensorName = 'wte.weight'): Promise<SourceIdentity> {
    const file = inFolder(name);
    const model = { path: file, tensorName, dtype: 'F32', rowCount: 2, dimension: 2 } as const;
    const source = await readSourceIdentity(model);
    assert.ok(source);
    return source;
  }

  /** Writes an index for a source. */
  async function addIndex(source: SourceIdentity, usedAt = Date.now()): Promise<string> {
    const file = cacheFiles(cache(), source).index;
    assert.equal(
      (await writeSectionFile(file, sampleContents(1, { codes: 10_000 }, source))).kind,
      'written',
    );
    await markUsed(file, usedAt);
    return file;
  }

  it('has a name of its own for each file, version of the file and tensor', async () => {
    const source = await modelSource('a');
    const files = cacheFiles(cache(), source);
    assert.match(path.basename(files.index), /^[0-9a-f]{32}\.index$/);
    assert.equal(files.graph, files.index.replace(/index$/, 'graph'));
    assert.equal(files.graphPart, files.index.replace(/index$/, 'graph-part'));
    assert.equal(files.layout, files.index.replace(/index$/, 'layout'));
    assert.equal(cacheFiles(cache(), await readAgain('a')).index, files.index);
    assert.notEqual(cacheFiles(cache(), { ...source, mtimeMs: 0 }).index, files.index);
    assert.notEqual(cacheFiles(cache(), { ...source, size: 0 }).index, files.index);
    assert.notEqual(cacheFiles(cache(), { ...source, tensorOffset: 8 }).index, files.index);
    assert.notEqual(cacheFiles(cache(), { ...source, tensorName: 'b' }).index, files.index);
    assert.notEqual(cacheFiles(cache(), { ...source, path: inFolder('b') }).index, files.index);
  });

  it('takes what is made of a changed file while the old one is open, where no open file is replaced', async () => {
    const old = await addIndex(await modelSource('a'));
    refuse('rename', (_from, to) => (to === old ? 'EPERM' : undefined));
    const changed = await modelSource('a');
    const renewed = await addIndex(changed);
    assert.equal(await removeStale(cache(), [renewed]), await sizeOf(renewed));
    assert.deepEqual(await names(), [path.basename(renewed)]);
  });

  it('loses what is of no use and keeps the rest', async () => {
    const unchanged = await addIndex(await modelSource('unchanged'));
    const changed = await addIndex(await modelSource('changed'));
    await modelSource('changed');
    const changedButKept = await addIndex(await modelSource('changed but kept'));
    await modelSource('changed but kept');
    const gone = await addIndex(await modelSource('gone'));
    await fs.rm(inFolder('gone'));
    const damaged = await addIndex(await modelSource('damaged'));
    await fs.truncate(damaged, 1_000);
    const wrongName = path.join(cache(), `${'0'.repeat(32)}.graph-part`);
    await fs.copyFile(unchanged, wrongName);
    const newer = path.join(cache(), `${'1'.repeat(32)}.graph`);
    await fs.writeFile(newer, forgeSectionFile({}, { version: 2 }));
    const foreign = path.join(cache(), 'notes.txt');
    await fs.writeFile(foreign, 'not ours');
    const link = path.join(cache(), `${'2'.repeat(32)}.index`);
    if (linksFiles) {
      await fs.symlink(foreign, link);
    } else {
      await fs.symlink(inFolder(), link, 'junction');
    }
    const freed =
      (await sizeOf(changed)) + (await sizeOf(gone)) + (await sizeOf(damaged)) + (await sizeOf(wrongName));

    assert.equal(await removeStale(cache(), [changedButKept]), freed);
    const left = [unchanged, changedButKept, newer, foreign, link].map((file) => path.basename(file));
    assert.deepEqual(await names(), left.sort());
    assert.equal(await removeStale(cache(), [changedButKept]), 0);
  });

  it("loses temporary files after an hour, never another's fresh one, not even when it is cleared", async () => {
    const index = await addIndex(await modelSource('a'));
    const temporary = `${index}.${UUID}.tmp`;
    await fs.writeFile(temporary, 'half of a file');
    const now = (await fs.stat(temporary)).mtimeMs;
    await removeStale(cache(), [], { now: now + HOUR - 1_000, maxBytes: 0 });
    assert.deepEqual(await names(), [path.basename(temporary)]);
    assert.equal(await clearCache(cache(), now + HOUR - 1_000), 0);
    assert.equal(await cacheBytes(cache()), 14);
    assert.equal(await removeStale(cache(), [], { now: now + HOUR + 1_000 }), 14);
    assert.deepEqual(await names(), []);
  });

  it('loses what was not used for longest when it is too large, but not what is to be kept', async () => {
    const now = Date.now();
    const files: string[] = [];
    for (const [index, age] of [3, 1, 5, 4, 2].entries()) {
      files.push(await addIndex(await modelSource(`model ${index}`), now - age * HOUR));
    }
    const [, age1, age5, age4] = files as [string, string, string, string];
    const total = await cacheBytes(cache());
    const one = total / files.length;
    assert.equal(await removeStale(cache(), [], { now, maxBytes: total }), 0);
    await markUsed(age4);
    assert.equal(await removeStale(cache(), [age5], { now, maxBytes: total - one - 1 }), 2 * one);
    assert.deepEqual(await names(), [age1, age4, age5].map((file) => path.basename(file)).sort());
  });

  it('is cleared, and says how many bytes that freed', async () => {
    await addIndex(await modelSource('a'));
    await addIndex(await modelSource('b'));
    await fs.writeFile(path.join(cache(), 'notes.txt'), 'not ours');
    const bytes = await cacheBytes(cache());
    assert.ok(bytes > 20_000);
    assert.equal(await clearCache(cache()), bytes);
    assert.equal(await cacheBytes(cache()), 0);
    assert.deepEqual(await names(), ['notes.txt']);
  });

  it('may be missing', async () => {
    assert.equal(await cacheBytes(cache()), 0);
    assert.equal(await clearCache(cache()), 0);
    assert.equal(await removeStale(cache()), 0);
    await markUsed(path.join(cache(), 'nothing'));
  });

  it('bears that files vanish and appear while several clear it, clean it up and write into it', async () => {
    const sources = await Promise.all([...Array(12).keys()].map((index) => modelSource(`model ${index}`)));
    for (let round = 0; round < 5; round++) {
      const written = sources.map(async (source) => addIndex(source));
      await Promise.all([
        clearCache(cache()),
        removeStale(cache(), [], { maxBytes: 0 }),
        ...written,
        cacheBytes(cache()),
        removeStale(cache(), [], { maxBytes: 50_000 }),
        clearCache(cache()),
      ]);
      assert.deepEqual(
        (await names()).filter((name) => name.endsWith('.tmp')),
        [],
      );
    }
    await Promise.all([clearCache(cache()), clearCache(cache()), removeStale(cache())]);
    assert.deepEqual(await names(), []);
  });
});
