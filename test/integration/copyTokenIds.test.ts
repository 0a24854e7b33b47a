import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { activated, showText } from './extensionAccess';

async function copied(argument?: unknown): Promise<string> {
  await vscode.commands.executeCommand('tokenscope.copyTokenIds', argument);
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

  it('copies a list for each of several selections, in the order of the document, words in place among them', async () => {
    const editor = await showText('banana apple\na banana');
    editor.selections = [
      new vscode.Selection(1, 5, 1, 5),
      new vscode.Selection(0, 7, 0, 12),
      new vscode.Selection(0, 0, 0, 6),
    ];
    assert.deepEqual(JSON.parse(await copied()), [[3820, 2271], [18040], [25996]]);
  });

  it('copies a word once where two cursors stand in it', async () => {
    const editor = await showText('a banana');
    editor.selections = [new vscode.Selection(0, 4, 0, 4), new vscode.Selection(0, 6, 0, 6)];
    assert.equal(await copied(), '[25996]');
  });

  it('copies what another caller names, whatever the editor shows', async () => {
    const editor = await showText('nothing of it');
    editor.selection = new vscode.Selection(0, 0, 0, 7);
    assert.equal(await copied({ text: 'banana' }), '[3820, 2271]');
    const context = { text: 'a banana', start: 2, end: 8, line: 1 };
    assert.equal(await copied({ text: 'banana', context }), '[25996]');
  });

  it('copies a large selection as it copies a small one', async () => {
    const line = 'The cosmic banana — 語 and \u{1f600} — met  Mike at 10:45.\n';
    const text = line.repeat(8_000);
    const editor = await showText(text);
    editor.selection = new vscode.Selection(0, 0, 8_000, 0);
    assert.deepEqual(JSON.parse(await copied()), Gpt2Tokenizer.shared().encode(text));
  });

  it('leaves the clipboard alone where there is no word', async () => {
    const editor = await showText('   ');
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    await vscode.env.clipboard.writeText('as before');
    assert.equal(await copied(), 'as before');
  });
});
