import assert from 'node:assert/strict';
import { dialogStart, localPath } from '../../../../src/editor/commands/localPath';

const home = { scheme: 'file', fsPath: '/home/ada' };
const local = { scheme: 'file', fsPath: '/work' };
const virtual = { scheme: 'vscode-vfs', fsPath: '/github/some/repository' };

describe('the dialog for a model file', () => {
  it('begins at home in a virtual workspace, whose file system has no model that can be read', () => {
    assert.equal(dialogStart([virtual], home), home);
    assert.equal(dialogStart([local, virtual], home), home);
  });

  it('begins where VS Code says elsewhere', () => {
    assert.equal(dialogStart([local], home), undefined);
    assert.equal(dialogStart([], home), undefined);
  });

  it('gives paths of this machine alone', () => {
    assert.equal(localPath(local), '/work');
    assert.equal(localPath(virtual), undefined);
    assert.equal(localPath({ scheme: 'untitled', fsPath: 'x' }), undefined);
  });
});
