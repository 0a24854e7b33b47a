import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { keyClashes } from '../fixtures/keyClashes';
import { EXTENSION_ID } from './extensionAccess';

interface Manifest {
  readonly contributes: { readonly keybindings: Parameters<typeof keyClashes>[0] };
}

interface Rule {
  readonly key: string;
  readonly command: string;
}

describe('keybindings', () => {
  it('take no key that this VS Code binds on this system', async () => {
    const address = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const text = (await vscode.workspace.openTextDocument(address)).getText();
    const rules = JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as readonly Rule[];
    const taken = rules.filter(({ command }) => !command.startsWith('tokenscope.')).map(({ key }) => key);
    assert.ok(taken.length > 300);
    const system = process.platform === 'darwin' ? 'mac' : 'linux';
    const manifest = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as Manifest;
    assert.deepEqual(keyClashes(manifest.contributes.keybindings, system, taken), []);
  });
});
