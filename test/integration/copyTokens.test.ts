import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, showText } from './extensionAccess';

const COMMAND = 'tokenscope.copyTokens';

async function copied(argument: unknown): Promise<string> {
  await vscode.commands.executeCommand(COMMAND, argument);
  return vscode.env.clipboard.readText();
}

/** Milliseconds between two keys at first: the list opens some moments after the command, and keys that come before are lost. */
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 20_000;

/** Runs the command, takes the entry so many below the first, and gives what lies on the clipboard then. */
async function picked(below: number, pauseMilliseconds: number): Promise<string> {
  const pause = (): Promise<false> =>
    new Promise((resolve) => setTimeout(() => resolve(false), pauseMilliseconds));
  await vscode.env.clipboard.writeText('');
  const isDone = vscode.commands.executeCommand(COMMAND).then(() => true);
  for (let moved = 0; moved < below; moved++) {
    await pause();
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  }
  do {
    await pause();
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  } while (!(await Promise.race([isDone, pause()])));
  return vscode.env.clipboard.readText();
}

/** Asserts what an entry copies. Nothing tells that the list is open, so where it was not yet, it is tried again with more time. */
async function assertPicked(below: number, expected: string): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    const copied = await picked(below, pause);
    if (copied === expected || pause > LONGEST_PAUSE_MS) {
      assert.equal(copied, expected);
      return;
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
    await assertPicked(0, '[3820, 2271]');
    await assertPicked(1, '["ban", "ana"]');
    await assertPicked(2, "['ban', 'ana']");
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
