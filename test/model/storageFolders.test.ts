import assert from 'node:assert/strict';
import path from 'node:path';
import { storageFolders } from '../../src/model/storageFolders';

describe('The folders of large files', () => {
  it('are not below what Windows copies from machine to machine', () => {
    const env = {
      APPDATA: 'C:\\Users\\ada\\AppData\\Roaming',
      LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local',
    };
    const storage = 'Code\\User\\globalStorage\\tokenscope.tokenscope';
    assert.deepEqual(storageFolders(`${env.APPDATA}\\${storage}`, { env, isWindows: true }), {
      models: `${env.LOCALAPPDATA}\\${storage}\\models`,
      indexes: `${env.LOCALAPPDATA}\\${storage}\\indexes`,
      vectors: `${env.LOCALAPPDATA}\\${storage}\\vectors`,
    });
  });

  it('are in what VS Code gives elsewhere', () => {
    const storage = path.resolve('storage');
    assert.deepEqual(storageFolders(storage, { env: {}, isWindows: false }), {
      models: path.join(storage, 'models'),
      indexes: path.join(storage, 'indexes'),
      vectors: path.join(storage, 'vectors'),
    });
  });
});
