import assert from 'node:assert/strict';
import { localFolder } from '../../src/model/localFolder';

describe('The folder of large files', () => {
  const env = { APPDATA: 'C:\\Users\\Ada\\AppData\\Roaming', LOCALAPPDATA: 'C:\\Users\\Ada\\AppData\\Local' };
  const stored =
    'c:\\Users\\Ada\\AppData\\Roaming\\Code\\User\\globalStorage\\tokenscope.tokenscope\\indexes';

  it('is not where Windows roams profiles', () => {
    assert.equal(
      localFolder(stored, { env, isWindows: true }),
      'C:\\Users\\Ada\\AppData\\Local\\Code\\User\\globalStorage\\tokenscope.tokenscope\\indexes',
    );
  });

  it('is the one of an installation that keeps its data beside itself', () => {
    for (const folder of ['D:\\VSCode\\data\\user-data\\indexes', 'C:\\Users\\Ada\\AppData\\RoamingNot\\a']) {
      assert.equal(localFolder(folder, { env, isWindows: true }), folder);
    }
    assert.equal(localFolder(env.APPDATA, { env, isWindows: true }), env.APPDATA);
  });

  it('is the one that was named where nothing says better, and on other systems', () => {
    for (const poor of [{}, { ...env, LOCALAPPDATA: '' }, { ...env, LOCALAPPDATA: 'Local' }]) {
      assert.equal(localFolder(stored, { env: poor, isWindows: true }), stored);
    }
    assert.equal(localFolder('/home/ada/x', { env: { ...env, APPDATA: '/home/ada' } }), '/home/ada/x');
  });
});
