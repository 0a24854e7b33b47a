import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import {
  isSameSource,
  parseSourceIdentity,
  readSourceIdentity,
} from '../../../../../src/engine/loaded/cache/sourceIdentity';
import { useRefusingFiles } from '../../../../fixtures/refusingFiles';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { itWithLinks } from '../../../../fixtures/symbolicLinks';

const MODEL = { tensorName: 'wte.weight', dtype: 'F16', rowCount: 3, dimension: 2 } as const;

describe('The identity of what was indexed', () => {
  const refuse = useRefusingFiles();
  const inFolder = useTemporaryFolder();

  itWithLinks('names the file behind a symbolic link, its size, its time and its tensor', async () => {
    await fs.writeFile(inFolder('blob'), 'twelve bytes');
    await fs.utimes(inFolder('blob'), 1_700_000_000.123, 1_700_000_000.123);
    await fs.symlink('blob', inFolder('model.safetensors'));
    const identity = await readSourceIdentity({ ...MODEL, path: inFolder('model.safetensors') }, 5);
    const { mtimeMs } = await fs.stat(inFolder('blob'));
    assert.deepEqual(identity, {
      path: inFolder('blob'),
      size: 12,
      mtimeMs,
      tensorName: 'wte.weight',
      tensorOffset: 5,
      dtype: 'F16',
      shape: [3, 2],
    });
    const direct = await readSourceIdentity({ ...MODEL, path: inFolder('blob') }, 5);
    assert.ok(isSameSource(identity, direct));
    assert.ok(isSameSource(parseSourceIdentity(JSON.parse(JSON.stringify(identity))), identity));
  });

  for (const code of ['EISDIR', 'EPERM', 'UNKNOWN']) {
    it(`names the file as it was opened where the system tells no real path (${code})`, async () => {
      await fs.writeFile(inFolder('a'), 'some bytes');
      const known = await readSourceIdentity({ ...MODEL, path: inFolder('a') });
      refuse('realpath', () => code);
      assert.ok(isSameSource(await readSourceIdentity({ ...MODEL, path: inFolder('.', 'a') }), known));
      assert.equal(await readSourceIdentity({ ...MODEL, path: inFolder('missing') }), undefined);
    });
  }

  it('is another one after the file was written, touched by less than a millisecond, or replaced', async () => {
    const model = { ...MODEL, path: inFolder('a') };
    await fs.writeFile(model.path, 'some bytes');
    await fs.utimes(model.path, 1_700_000_000, 1_700_000_000);
    const before = await readSourceIdentity(model);
    assert.ok(isSameSource(before, await readSourceIdentity(model)));
    await fs.utimes(model.path, 1_700_000_000, 1_700_000_000.0004);
    assert.ok(!isSameSource(before, await readSourceIdentity(model)));
    await fs.utimes(model.path, 1_700_000_000, 1_700_000_000);
    assert.ok(isSameSource(before, await readSourceIdentity(model)));
    await fs.appendFile(model.path, '!');
    await fs.utimes(model.path, 1_700_000_000, 1_700_000_000);
    assert.ok(!isSameSource(before, await readSourceIdentity(model)));
    await fs.rm(model.path);
    assert.ok(!isSameSource(before, await readSourceIdentity(model)));
  });

  it('is not there without a regular file, and for names that no cache file holds', async () => {
    await fs.writeFile(inFolder('a'), 'some bytes');
    assert.equal(await readSourceIdentity({ ...MODEL, path: '' }), undefined);
    assert.equal(await readSourceIdentity({ ...MODEL, path: inFolder('missing') }), undefined);
    assert.equal(await readSourceIdentity({ ...MODEL, path: inFolder() }), undefined);
    const tensorName = 'x'.repeat(5_000);
    assert.equal(await readSourceIdentity({ ...MODEL, path: inFolder('a'), tensorName }), undefined);
    assert.ok(!isSameSource(undefined, undefined));
  });
});
