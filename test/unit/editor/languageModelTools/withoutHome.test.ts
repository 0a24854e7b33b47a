import assert from 'node:assert/strict';
import { withoutHome } from '../../../../src/editor/languageModelTools/withoutHome';

describe('a reason that a language model is told', () => {
  it('names no home folder', () => {
    assert.equal(withoutHome('/home/ada/m/x: no file.', '/home/ada'), '~/m/x: no file.');
    assert.equal(withoutHome('/home/ada and /home/ada/m', '/home/ada/'), '~ and ~/m');
    assert.equal(withoutHome('/Users/ada/m', '/users/Ada'), '~/m');
    assert.equal(withoutHome('/home/ada-l/m', '/home/ada-l'), '~/m');
    assert.equal(withoutHome('/home/a.b+c/m /home/aXb+c', '/home/a.b+c'), '~/m /home/aXb+c');
  });

  it('names none on Windows, however drive letter, case and separators are written', () => {
    const home = String.raw`C:\Users\Ada Lovelace`;
    for (const path of [
      String.raw`C:\Users\Ada Lovelace\m`,
      String.raw`c:\Users\Ada Lovelace\m`,
      String.raw`c:\users\ada lovelace\m`,
      String.raw`c:\\Users\\Ada Lovelace\m`,
      String.raw`c:/Users/Ada Lovelace\m`,
    ]) {
      assert.equal(withoutHome(`${path} is gone.`, home), String.raw`~\m is gone.`);
    }
    assert.equal(withoutHome(String.raw`\\server\ada\m`, String.raw`\\server\Ada`), String.raw`~\m`);
  });

  it('stays as it is where there is no home, or a root', () => {
    for (const home of ['', '/', 'C:\\', 'c:']) {
      assert.equal(withoutHome(String.raw`C:\m /m`, home), String.raw`C:\m /m`, home);
    }
  });
});
