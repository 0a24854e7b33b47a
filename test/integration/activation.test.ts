import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION_ID = 'tokenscope.tokenscope';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(found, `${EXTENSION_ID} is not known to VS Code`);
  return found;
}

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('activation', () => {
  it('activates without an error', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('registers every command that the manifest contributes', async () => {
    await extension().activate();
    const { contributes } = extension().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
    assert.ok(contributes.commands.length > 0);
  });
});
