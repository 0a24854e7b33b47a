import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findSettingModel } from '../../src/model/findSettingModel';
import { modelPaths, type PathSurroundings } from '../../src/model/modelPaths';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';

const home = path.resolve('/home/ann');
const one = { name: 'one', path: path.resolve('/work/one') };
const two = { name: 'two', path: path.resolve('/work/two') };
const away = { name: 'away' };

function meant(setting: string, ...folders: PathSurroundings['folders']): readonly string[] {
  return modelPaths(setting, { home, folders });
}

function refused(setting: string, pattern: RegExp, ...folders: PathSurroundings['folders']): void {
  assert.throws(() => meant(setting, ...folders), pattern);
}

describe('a path in the setting of the model', () => {
  it('is taken as it is where it is whole', () => {
    const whole = path.resolve('/models/a b.safetensors');
    assert.deepEqual(meant(` ${whole} `), [whole]);
    assert.deepEqual(meant(pathToFileURL(whole).href), [whole]);
  });

  it('is in the home folder with ~ or ${userHome}, whatever is open', () => {
    const inHome = path.join(home, 'models');
    assert.deepEqual(meant('~'), [home]);
    assert.deepEqual(meant('~/models', one), [inHome]);
    assert.deepEqual(meant('${userHome}/models', one), [inHome]);
    // In replacements these signs would mean something.
    const strange = path.resolve('/home/a$$b$&');
    assert.deepEqual(modelPaths('${userHome}/models', { home: strange, folders: [] }), [
      path.join(strange, 'models'),
    ]);
  });

  it('is relative to the folder that is open, with and without ${workspaceFolder}', () => {
    const inOne = path.join(one.path, 'models/m.safetensors');
    for (const text of [
      'models/m.safetensors',
      './models/m.safetensors',
      '${workspaceFolder}/models/m.safetensors',
    ]) {
      assert.deepEqual(meant(text, one), [inOne]);
    }
    assert.deepEqual(meant('../shared', one), [path.resolve('/work/shared')]);
    assert.deepEqual(meant('${workspaceFolder}', one), [one.path]);
    assert.deepEqual(meant('./sample', one), [path.join(one.path, 'sample')]);
  });

  it('is looked for in each of several folders, or in the one that is named', () => {
    assert.deepEqual(meant('m', one, away, two), [path.join(one.path, 'm'), path.join(two.path, 'm')]);
    assert.deepEqual(meant('${workspaceFolder}/m', one, two), [
      path.join(one.path, 'm'),
      path.join(two.path, 'm'),
    ]);
    assert.deepEqual(meant('${workspaceFolder:two}/m', one, two), [path.join(two.path, 'm')]);
  });

  it('is refused in words where there is nothing that it could be relative to', () => {
    refused('models', /relative to the folder that is open, and none is/);
    refused(
      'openai-community/gpt2',
      /and none is.* tokenscope\.model takes it as hf:openai-community\/gpt2\./,
    );
    refused('${workspaceFolder}/models', /with ~\.$/);
    refused('${workspaceFolder}/models', /and none is/);
    refused('${workspaceFolder:three}/m', /no folder of the workspace is named three/, one, two);
    refused('models', /not on this machine/, away);
    refused('${workspaceFolder}', /not on this machine/, away);
  });

  it('is refused in words where it means no path', () => {
    refused('${env:MODELS}/m', /\$\{env:MODELS\} is not known here/, one);
    refused('hf:a/b/c', /Expected hf:owner\/name.*address of its page/, one);
    refused('HF:gpt2@', /Expected hf:owner\/name/, one);
    refused('https://huggingface.co/datasets/a/b', /names no model of the hub/, one);
    refused('https://example.com/a/b', /web address, and none of a page/, one);
    refused('file://elsewhere%2f/m', /no file of this machine/);
  });

  describe('on disk', () => {
    const inFolder = useTemporaryFolder();

    it('is the first that is there', async () => {
      await fs.mkdir(inFolder('two/models'), { recursive: true });
      const folders = ['one', 'two'].map((name) => ({ name, path: inFolder(name) }));
      assert.deepEqual(await findSettingModel('models', { home, folders }), {
        kind: 'folder',
        path: inFolder('two/models'),
      });
      assert.deepEqual(await findSettingModel('sample', { home, folders }), { kind: 'sample' });
      await rejectsCheckpoint(findSettingModel('elsewhere', { home, folders }), {
        reason: 'not-found',
        source: path.join('one', 'elsewhere'),
      });
    });
  });
});
