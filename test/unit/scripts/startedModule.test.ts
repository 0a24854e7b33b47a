import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isStartedModule } from '../../../scripts/startedModule.mjs';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

const SCRIPT = `import { isStartedModule } from ${JSON.stringify(pathToFileURL('scripts/startedModule.mjs').href)};
console.log(isStartedModule(import.meta.url));`;

describe('a script', () => {
  const inFolder = useTemporaryFolder();

  function run(file: string): string {
    return spawnSync(process.execPath, [file], { encoding: 'utf8' }).stdout.trim();
  }

  it('is started where Node was told to run it, also through a link or junction', () => {
    fs.mkdirSync(inFolder('real'));
    fs.writeFileSync(inFolder('real/script.mjs'), SCRIPT);
    fs.symlinkSync(inFolder('real'), inFolder('link'), 'junction');
    assert.equal(run(inFolder('real/script.mjs')), 'true');
    assert.equal(run(inFolder('link/script.mjs')), 'true');
  });

  it('is not where another imports it, or where Node runs no file', () => {
    fs.writeFileSync(inFolder('imported.mjs'), SCRIPT);
    fs.writeFileSync(inFolder('other.mjs'), "import './imported.mjs';");
    assert.equal(run(inFolder('other.mjs')), 'false');
    assert.equal(isStartedModule(pathToFileURL(inFolder('imported.mjs')).href, undefined), false);
    assert.equal(isStartedModule(pathToFileURL(inFolder('imported.mjs')).href, 'no such file'), false);
  });

  it('asks no other way', () => {
    for (const folder of ['scripts', 'bench']) {
      for (const name of fs.readdirSync(folder).filter((file) => file.endsWith('.mjs'))) {
        if (name !== 'startedModule.mjs') {
          assert.doesNotMatch(fs.readFileSync(path.join(folder, name), 'utf8'), /argv\[1\]/, name);
        }
      }
    }
  });
});
