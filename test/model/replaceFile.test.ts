import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { replaceFile } from '../../src/model/replaceFile';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { useRefusingFiles } from '../fixtures/refusingFiles';

describe('A file that takes the place of another', () => {
  const refuse = useRefusingFiles();
  const inFolder = useTemporaryFolder();
  const replace = (): Promise<void> => replaceFile(inFolder('new'), inFolder('place'), inFolder('aside'));
  const content = async (): Promise<string> => fs.readFile(inFolder('place'), 'utf8');

  beforeEach(async () => {
    await fs.writeFile(inFolder('new'), 'new');
    await fs.writeFile(inFolder('place'), 'old');
  });

  it('does so', async () => {
    await replace();
    assert.equal(await content(), 'new');
    assert.deepEqual(await fs.readdir(inFolder()), ['place']);
  });

  it('does so where no open file is replaced, but given another name', async () => {
    await fs.writeFile(inFolder('aside'), 'left by an earlier one');
    const taken = async (_from: string, to: string): Promise<boolean> =>
      fs.stat(to).then(
        () => true,
        () => false,
      );
    refuse('rename', async (from = '', to = '') => ((await taken(from, to)) ? 'EPERM' : undefined));
    await replace();
    assert.equal(await content(), 'new');
    assert.deepEqual(await fs.readdir(inFolder()), ['place']);
  });

  it('leaves the other one where it was when that fails', async () => {
    const canceled = new AbortController();
    const reason = new Error('not any more');
    refuse('rename', async (from) => {
      if (from !== inFolder('new')) {
        return undefined;
      }
      if (!(await fs.readdir(inFolder())).includes('place')) {
        canceled.abort(reason);
      }
      return 'EACCES';
    });
    const replacing = replaceFile(inFolder('new'), inFolder('place'), inFolder('aside'), canceled.signal);
    await assert.rejects(replacing, reason);
    assert.equal(await content(), 'old');
    assert.deepEqual((await fs.readdir(inFolder())).sort(), ['new', 'place']);
  });
});
