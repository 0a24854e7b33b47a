import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { activated, showText } from './extensionAccess';

const SELECT = 'tokenscope.selectToken';
const NEXT = 'tokenscope.selectNextToken';
const PREVIOUS = 'tokenscope.selectPreviousToken';

async function selectedBy(command: string, editor: vscode.TextEditor): Promise<readonly string[]> {
  await vscode.commands.executeCommand(command);
  return editor.selections.map((selection) => editor.document.getText(selection));
}

/** All that the command selects, one after the other, until it selects the same again. */
async function walk(command: string, editor: vscode.TextEditor): Promise<string[]> {
  const walked: string[] = [];
  for (let before: vscode.Selection | undefined; !before?.isEqual(editor.selection);) {
    before = editor.selection;
    const [text = ''] = await selectedBy(command, editor);
    if (!before.isEqual(editor.selection)) {
      walked.push(text);
    }
  }
  return walked;
}

/** The parts of a text by its tokens, where no tokens share a character. */
function parts(text: string): string[] {
  return Gpt2Tokenizer.shared()
    .encodeWithOffsets(text)
    .offsets.map(([start, end]) => text.slice(start, end));
}

describe('Select Token', () => {
  before(activated);

  it('selects the token that holds the cursor, at a border the one after it', async () => {
    const editor = await showText('a banana banana');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    assert.deepEqual(await selectedBy(SELECT, editor), [' banana']);
    assert.deepEqual(await selectedBy(SELECT, editor), [' banana']);
    editor.selection = new vscode.Selection(0, 8, 0, 8);
    assert.deepEqual(await selectedBy(SELECT, editor), [' banana']);
    assert.equal(editor.selection.start.character, 8);
  });

  it('selects the last token at the end of the text', async () => {
    const editor = await showText('banana');
    editor.selection = new vscode.Selection(0, 6, 0, 6);
    assert.deepEqual(await selectedBy(SELECT, editor), ['ana']);
  });

  it('selects a token for every cursor', async () => {
    const editor = await showText('banana\na banana');
    editor.selections = [new vscode.Selection(0, 1, 0, 1), new vscode.Selection(1, 5, 1, 5)];
    assert.deepEqual(await selectedBy(SELECT, editor), ['ban', ' banana']);
    assert.deepEqual(await selectedBy(NEXT, editor), ['ana', ' banana']);
  });

  it('does nothing in an empty text', async () => {
    const editor = await showText('');
    for (const command of [SELECT, NEXT, PREVIOUS]) {
      assert.deepEqual(await selectedBy(command, editor), ['']);
    }
  });
});

describe('Select Next Token and Select Previous Token', () => {
  before(activated);

  it('walk over all tokens, lines and indentation among them, and stop at the ends', async () => {
    const text = 'def banana(x):\n    return  x\n\n\nbanana';
    const editor = await showText(text);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const forth = await walk(NEXT, editor);
    assert.deepEqual(forth, parts(text));
    assert.deepEqual(await walk(PREVIOUS, editor), forth.slice(0, -1).reverse());
    assert.ok(editor.selection.start.isEqual(new vscode.Position(0, 0)));
  });

  it('take tokens that share a character as one step', async () => {
    const editor = await showText('a \u{1f600}語\u{1f9d1}\u200d\u{1f680}b');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const walked = await walk(NEXT, editor);
    assert.deepEqual(walked.join(''), editor.document.getText());
    assert.deepEqual(walked.slice(0, 3), ['a', ' \u{1f600}', '語']);
    assert.ok(walked.every((part) => !/\p{Surrogate}/u.test(part)));
  });

  it('take a line end of two characters as one step', async () => {
    const editor = await showText('banana\r\nbanana');
    assert.equal(editor.document.eol, vscode.EndOfLine.CRLF);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual(await walk(NEXT, editor), ['ban', 'ana', '\r\n', 'ban', 'ana']);
    assert.deepEqual(await walk(PREVIOUS, editor), ['ban', '\r\n', 'ana', 'ban']);
  });

  it('go on from where a cursor stands inside a token', async () => {
    const editor = await showText('banana apple');
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    assert.deepEqual(await selectedBy(NEXT, editor), [' apple']);
    editor.selection = new vscode.Selection(0, 4, 0, 4);
    assert.deepEqual(await selectedBy(PREVIOUS, editor), ['ban']);
  });

  it('follow an edit', async () => {
    const editor = await showText('banana apple');
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual(await selectedBy(NEXT, editor), ['ban']);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual(await selectedBy(NEXT, editor), [' banana']);
  });

  it('wait for a large text to be tokenized', async () => {
    const editor = await showText('The cosmic banana met Mike. '.repeat(60_000));
    editor.selection = new vscode.Selection(0, 28 * 59_999, 0, 28 * 59_999);
    // The cursor stands behind the space of the last ' The'.
    assert.deepEqual(await selectedBy(NEXT, editor), [' cosmic']);
    assert.deepEqual(await selectedBy(NEXT, editor), [' banana']);
  });
});
