import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { removeFile, removeTree, renamePath } from '../../src/model/patientFiles';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { useRefusingFiles } from '../fixtures/refusingFiles';

describe('Renaming and deleting', () => {
  const refuse = useRefusingFiles();
  const inFolder = useTemporaryFolder();
  const times = (count: number, code: string) => () => (count-- > 0 ? code : undefined);

  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    it(`is tried again where the system says ${code} for a moment`, async () => {
      await fs.writeFile(inFolder('a'), 'content');
      const renames = refuse('rename', times(3, code));
      await renamePath(inFolder('a'), inFolder('b'));
      assert.equal(await fs.readFile(inFolder('b'), 'utf8'), 'content');
      const removals = refuse('rm', times(3, code));
      await removeFile(inFolder('b'));
      assert.deepEqual(await fs.readdir(inFolder()), []);
      assert.deepEqual([renames.refused.length, removals.refused.length], [3, 3]);
    });
  }

  it('is tried again where a folder holds a file that is deleted and open still', async () => {
    await fs.mkdir(inFolder('tree', 'below'), { recursive: true });
    const removals = refuse('rm', times(2, 'ENOTEMPTY'));
    await removeTree(inFolder('tree'));
    assert.deepEqual(await fs.readdir(inFolder()), []);
    assert.equal(removals.refused.length, 2);
  });

  it('fails at once for any other reason', async () => {
    const renames = refuse('rename', () => 'EXDEV');
    await assert.rejects(renamePath(inFolder('a'), inFolder('b')), { code: 'EXDEV' });
    const removals = refuse('rm', () => 'ENOTEMPTY');
    await assert.rejects(removeFile(inFolder('a')), { code: 'ENOTEMPTY' });
    assert.deepEqual([renames.refused.length, removals.refused.length], [1, 1]);
  });

  it('fails in the end, with what the system says', async () => {
    const renames = refuse('rename', () => 'EBUSY');
    await assert.rejects(renamePath(inFolder('a'), inFolder('b'), { patience: 35 }), { code: 'EBUSY' });
    assert.equal(renames.refused.length, 3, 'after 0, 10 and 30 ms');
  });

  it('can be canceled', async () => {
    const canceled = new AbortController();
    const reason = new Error('not any more');
    const renames = refuse('rename', () => {
      canceled.abort(reason);
      return 'EBUSY';
    });
    const { signal } = canceled;
    await assert.rejects(renamePath(inFolder('a'), inFolder('b'), { signal, patience: 1e9 }), reason);
    assert.equal(renames.refused.length, 1);
  });
});
