import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, showText } from './extensionAccess';

const COMMAND = 'tokenscope.copyTokens';

async function copied(argument: unknown): Promise<string> {
  await vscode.commands.executeCommand(COMMAND, argument);
  return vscode.env.clipboard.readText();
}

/** Runs the command, takes the entry so many below the first, and gives what lies on the clipboard then. */
async function picked(below: number): Promise<string> {
  await vscode.env.clipboard.writeText('');
  const done = vscode.commands.executeCommand(COMMAND);
  const isDone = done.then(() => true);
  let moved = 0;
  // The list opens some moments after the command; keys that come before are lost.
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (moved < below) {
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      moved++;
      continue;
    }
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const ended = await Promise.race([
      isDone,
      new Promise<false>((resolve) => setTimeout(() => resolve(false), 300)),
    ]);
    if (ended) {
      return vscode.env.clipboard.readText();
    }
  }
}

describe('Copy Tokens As…', () => {
  before(activated);

  it('copies in the format that a keybinding names', async () => {
    const editor = await showText("it's 語");
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    assert.equal(await copied({ format: 'ids' }), '[270, 338, 5525, 103, 252]');
    assert.deepEqual(JSON.parse(await copied({ format: 'json' })), [
      'it',
      "'s",
      [0x20, 0xe8],
      [0xaa],
      [0x9e],
    ]);
    assert.equal(await copied({ format: 'python' }), `['it', "'s", b' \\xe8', b'\\xaa', b'\\x9e']`);
  });

  it('copies the word under the cursor as it stands', async () => {
    const editor = await showText('a banana');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    assert.equal(await copied({ format: 'json' }), '[" banana"]');
  });

  it('copies a list for each of several selections', async () => {
    const editor = await showText('banana\napple');
    editor.selections = [new vscode.Selection(0, 0, 0, 6), new vscode.Selection(1, 0, 1, 5)];
    assert.equal(await copied({ format: 'python' }), "[\n  ['ban', 'ana'],\n  ['apple']\n]");
  });

  it('copies what another caller names', async () => {
    const context = { text: 'a banana', start: 2, end: 8, line: 1 };
    assert.equal(await copied({ text: 'banana', context, format: 'python' }), "[' banana']");
  });

  it('asks where no format is named', async () => {
    const editor = await showText('banana');
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    assert.equal(await picked(0), '[3820, 2271]');
    assert.equal(await picked(1), '["ban", "ana"]');
    assert.equal(await picked(2), "['ban', 'ana']");
  });

  it('copies nothing where the question is closed', async () => {
    const editor = await showText('banana');
    editor.selection = new vscode.Selection(0, 0, 0, 6);
    await vscode.env.clipboard.writeText('as before');
    const done = vscode.commands.executeCommand(COMMAND, { format: 'haskell' });
    const closing = setInterval(
      () => void vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
      200,
    );
    await done;
    clearInterval(closing);
    assert.equal(await vscode.env.clipboard.readText(), 'as before');
  });
});
