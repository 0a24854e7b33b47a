import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserCommand } from '../../../scripts/start/openInBrowser.mjs';
import { writeUserSettings, writeWorkspaceSettings } from '../../../scripts/start/sampleSettings.mjs';
import { programOfBundle } from '../../host/downloadedVscode.mjs';
import { npmCommand } from '../../host/npmCommand.mjs';
import { makeSocketFolder } from '../../host/socketFolder.mjs';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

/** A file with all folders above it. */
function writeFile(file: string, text = ''): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

describe('a VS Code that was downloaded for macOS', () => {
  const inFolder = useTemporaryFolder();
  const contents = 'Visual Studio Code.app/Contents';
  const said = (): string => inFolder(contents, 'MacOS/Electron');

  it('is started by the program that its bundle names', () => {
    const key = '<key>CFBundleExecutable</key>\n\t<string>Code</string>';
    writeFile(inFolder(contents, 'Info.plist'), `<plist><dict>${key}</dict></plist>`);
    assert.equal(programOfBundle(said()), inFolder(contents, 'MacOS/Code'));
    writeFile(said());
    assert.equal(programOfBundle(said()), said());
  });

  it('is started where it is said to be, where the bundle says nothing', () => {
    assert.equal(programOfBundle(said()), said());
    writeFile(inFolder(contents, 'Info.plist'), 'bplist00');
    assert.equal(programOfBundle(said()), said());
    assert.equal(programOfBundle(inFolder('Code.exe')), inFolder('Code.exe'));
  });
});

describe('a VS Code that was downloaded', () => {
  const inFolder = useTemporaryFolder();
  const read = (file: string) => JSON.parse(fs.readFileSync(inFolder(file), 'utf8')) as unknown;

  it('shows the sample vectors before the folder is trusted, and leaves what was chosen there', () => {
    const settings = { 'tokenscope.model': 'sample' };
    writeUserSettings(inFolder('data'), settings);
    assert.equal((read('data/User/settings.json') as typeof settings)['tokenscope.model'], 'sample');
    writeUserSettings(inFolder('data'), { 'tokenscope.model': '' });
    assert.equal((read('data/User/settings.json') as typeof settings)['tokenscope.model'], 'sample');
  });

  it('has settings in its workspace only where there are any', () => {
    writeWorkspaceSettings(inFolder('workspace'), {});
    assert.ok(!fs.existsSync(inFolder('workspace')));
    writeWorkspaceSettings(inFolder('workspace'), { a: 1 });
    assert.deepEqual(read('workspace/.vscode/settings.json'), { a: 1 });
  });
});

describe('npm', () => {
  const inFolder = useTemporaryFolder();

  it('is run by Node and without a shell where its script is known', () => {
    const script = writeFile(inFolder('npm-cli.js'));
    const execPath = inFolder('node.exe');
    const env = { npm_execpath: script };
    const expected = [execPath, [script, 'ci', 'a b & c']];
    assert.deepEqual(npmCommand(['ci', 'a b & c'], { platform: 'win32', env, execPath }), expected);
    const beside = writeFile(inFolder('node_modules/npm/bin/npm-cli.js'));
    assert.deepEqual(npmCommand(['ci'], { platform: 'win32', env: {}, execPath }), [
      execPath,
      [beside, 'ci'],
    ]);
  });

  it('is not taken for another package manager', () => {
    const env = { npm_execpath: writeFile(inFolder('yarn.js')) };
    const execPath = inFolder('node');
    assert.deepEqual(npmCommand(['ci'], { platform: 'linux', env, execPath }), ['npm', ['ci']]);
    assert.throws(() => npmCommand(['ci'], { platform: 'win32', env, execPath }), /run this by npm/);
  });

  it('runs here', () => {
    const { status, stdout } = spawnSync(...npmCommand(['--version']), { encoding: 'utf8' });
    assert.equal(status, 0);
    assert.match(stdout, /^\d+\./);
  });
});

describe('a folder for sockets', function () {
  const inFolder = useTemporaryFolder();

  before(function () {
    if (process.platform === 'win32') {
      this.skip(); // it has neither these folders nor such sockets
    }
  });

  it('is not below one for temporary files that is too deep, as that of macOS', () => {
    const deep = inFolder('folders/zz/zyxvpxvq6csfxvn_n0000000000000/T');
    fs.mkdirSync(deep, { recursive: true });
    const folder = makeSocketFolder('tokenscope-', { temporary: deep, platform: 'darwin' });
    fs.rmdirSync(folder);
    assert.equal(path.dirname(folder), '/tmp');
    assert.ok(`${folder}/vscode-ipc-4d4f1b0a-0000-4000-8000-000000000000.sock`.length <= 103);
    const ofWindows = makeSocketFolder('tokenscope-', { temporary: deep, platform: 'win32' });
    assert.equal(path.dirname(ofWindows), deep);
  });

  it('is there where it may be', () => {
    const folder = makeSocketFolder('tokenscope-', { temporary: '/var/tmp', platform: 'linux' });
    fs.rmdirSync(folder);
    assert.equal(path.dirname(folder), '/var/tmp');
  });
});

describe('the page of npm start', () => {
  it('is opened by what opens pages, on Windows too', () => {
    const page = path.resolve('a b.html');
    assert.deepEqual(browserCommand(page, 'darwin'), ['open', [page]]);
    assert.deepEqual(browserCommand(page, 'linux'), ['xdg-open', [page]]);
    const [program, [entry, address]] = browserCommand(page, 'win32');
    assert.equal(program, 'rundll32.exe');
    assert.equal(entry, 'url.dll,FileProtocolHandler');
    assert.equal(address, pathToFileURL(page).href);
  });
});
