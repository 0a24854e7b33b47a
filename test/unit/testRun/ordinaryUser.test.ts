import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { isRoot, ordinaryCopy } from '../../../scripts/test/ordinaryUser.mjs';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

describe('a copy of the project for an ordinary user', () => {
  const inFolder = useTemporaryFolder();

  beforeEach(function () {
    if (!isRoot()) {
      this.skip(); // nobody else can start programs of others
    }
    for (const folder of ['node_modules/some', 'src/inner', 'out', '.cache']) {
      fs.mkdirSync(inFolder(folder), { recursive: true });
      fs.writeFileSync(inFolder(folder, 'file'), folder);
    }
  });

  it('is theirs, and the packages are not', () => {
    fs.chmodSync(inFolder(), 0o755);
    const copy = ordinaryCopy(inFolder());
    assert.ok(copy);
    const { folder, options, remove } = copy;
    assert.deepEqual(fs.readdirSync(folder).sort(), ['.cache', 'node_modules', 'src']);
    const canWrite = (file: string): boolean =>
      spawnSync(process.execPath, ['-e', `fs.writeFileSync(${JSON.stringify(file)}, '')`], options).status ===
      0;
    assert.ok(canWrite(path.join(folder, 'src/inner/file')));
    assert.ok(canWrite(path.join(folder, 'out')));
    assert.ok(canWrite(path.join(options.env.HOME ?? '', 'file')));
    assert.ok(!canWrite(path.join(folder, 'node_modules/some/file')));
    assert.ok(!canWrite(inFolder('src/inner/file')));
    remove();
    assert.ok(!fs.existsSync(folder));
    assert.ok(fs.existsSync(inFolder('node_modules/some/file')));
  });

  it('is not made where others cannot read the project', () => {
    fs.chmodSync(inFolder(), 0o700);
    assert.equal(ordinaryCopy(inFolder()), undefined);
  });
});
