import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, showText } from './extensionAccess';

async function copied(): Promise<string> {
  await vscode.commands.executeCommand('tokenscope.copyTokenIds');
  return vscode.env.clipboard.readText();
}

describe('Copy Token Ids', () => {
  before(activated);

  it('copies the ids of the word as it stands', async () => {
    const editor = await showText('a banana');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    assert.equal(await copied(), '[25996]');
  });

  it('copies the ids of a selection over several lines', async () => {
    const editor = await showText('banana\napple');
    editor.selection = new vscode.Selection(0, 0, 1, 5);
    assert.deepEqual(JSON.parse(await copied()), [3820, 2271, 198, 18040]);
  });
});
