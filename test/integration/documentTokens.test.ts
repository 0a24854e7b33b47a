import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../src/core/tokenizer/tokenizer';
import { LARGEST_TEXT } from '../../src/editor/documents/followedText';
import { OpenDocuments } from '../../src/editor/documents/openDocuments';
import type { TokenizedDocument } from '../../src/editor/documents/tokenizedDocument';
import { seededRandom } from '../fixtures/checkpoints/seededRandom';
import { closeEditors, showText, until } from './extensionAccess';

const TEXT = 'A ripe banana, cosmic apples and 語 in Mike’s text 🍌.\n\tNumbers: 12345;  two  spaces \n';

/** Documents that this suite alone follows, so that it sees what is left. */
class Tokenizers {
  current: Tokenizer = Gpt2Tokenizer.shared();
  readonly changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changes.event;
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
}

function assertExact(tokenized: TokenizedDocument): void {
  const { ids, offsets } = Gpt2Tokenizer.shared().encodeWithOffsets(tokenized.document.getText());
  assert.equal(tokenized.state, 'complete');
  assert.equal(tokenized.count, ids.length);
  assert.deepEqual(
    tokenized.tokensIn(0, tokenized.document.getText().length),
    ids.map((id, index) => ({ id, start: offsets[index]?.[0], end: offsets[index]?.[1], index })),
  );
}

describe('tokens of open documents', () => {
  let tokenizers: Tokenizers;
  let documents: OpenDocuments;
  let held: TokenizedDocument[];

  beforeEach(() => {
    tokenizers = new Tokenizers();
    documents = new OpenDocuments(tokenizers);
    held = [];
  });

  afterEach(async () => {
    for (const tokenized of held) {
      tokenized.dispose();
    }
    assert.equal(documents.followedCount, 0);
    assert.equal(documents.isIdle, true, 'something is left');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
  });

  const acquired = async (document: vscode.TextDocument): Promise<TokenizedDocument> => {
    const tokenized = documents.acquire(document);
    held.push(tokenized);
    await until(() => (tokenized.state === 'complete' ? true : undefined));
    return tokenized;
  };

  /** Checks after each change, in the event itself: tokens are those of the present text at once. */
  const watched = async (
    document: vscode.TextDocument,
  ): Promise<{ tokenized: TokenizedDocument; changes: number }> => {
    const watch = { tokenized: await acquired(document), changes: 0 };
    watch.tokenized.onDidChange(() => {
      watch.changes++;
    });
    return watch;
  };

  describe('are those of the whole text', () => {
    for (const language of ['plaintext', 'markdown', 'python', 'typescript', 'json', 'css', 'bat', 'log']) {
      it(`in a file of the language ${language}`, async () => {
        assertExact(await acquired((await showText(TEXT, language)).document));
      });
    }

    it('in an untitled document', async () => {
      assertExact(await acquired(await vscode.workspace.openTextDocument({ content: TEXT })));
    });

    it('in an empty document', async () => {
      const { tokenized } = await watched(await vscode.workspace.openTextDocument({ content: '' }));
      assert.equal(tokenized.count, 0);
      assertExact(tokenized);
    });

    it('in the cells of a notebook, while they are edited', async () => {
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([
          new vscode.NotebookCellData(vscode.NotebookCellKind.Code, TEXT, 'python'),
          new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, 'a *banana*', 'markdown'),
        ]),
      );
      for (const cell of notebook.getCells()) {
        assert.equal(cell.document.uri.scheme, 'vscode-notebook-cell');
        const tokenized = await acquired(cell.document);
        const edit = new vscode.WorkspaceEdit();
        edit.insert(cell.document.uri, new vscode.Position(0, 2), 'very ');
        await vscode.workspace.applyEdit(edit);
        assert.ok(cell.document.getText().includes('very '));
        assertExact(tokenized);
      }
    });

    it('on both sides of a diff editor, which are read-only', async () => {
      const provider = vscode.workspace.registerTextDocumentContentProvider('tokenscope-test', {
        provideTextDocumentContent: ({ path }) => `${path}\n${TEXT}`,
      });
      const side = (name: string): vscode.Uri => vscode.Uri.parse(`tokenscope-test:/${name}.txt`);
      await vscode.commands.executeCommand('vscode.diff', side('before'), side('after'));
      const editors = await until(() => {
        const found = vscode.window.visibleTextEditors.filter(
          ({ document }) => document.uri.scheme === 'tokenscope-test',
        );
        return found.length === 2 ? found : undefined;
      });
      for (const { document } of editors) {
        assertExact(await acquired(document));
      }
      provider.dispose();
    });

    it('in an output channel, while it grows', async () => {
      const channel = vscode.window.createOutputChannel('Tokenscope test');
      channel.append(TEXT);
      channel.show(true);
      const document = await until(() =>
        vscode.workspace.textDocuments.find(
          (one) => one.uri.scheme === 'output' && one.getText().includes('ripe banana'),
        ),
      );
      const tokenized = await acquired(document);
      assertExact(tokenized);
      channel.append('one more line');
      await until(() => (document.getText().includes('more line') ? true : undefined));
      assertExact(tokenized);
      channel.dispose();
      await vscode.commands.executeCommand('workbench.action.closePanel');
    });
  });

  describe('after edits', () => {
    it('are exact after each of many random ones, with one and several cursors', async () => {
      const random = seededRandom(20);
      const pick = (count: number): number => Math.floor(random() * count);
      const parts = ['x', ' ', '\n', 'banana', ' the', '🍌', '\ud83c', '12', '\t', '語', '', "'s", '  '];
      const editor = await showText(TEXT.repeat(5));
      const { document } = editor;
      const { tokenized } = await watched(document);
      for (let i = 0; i < 200; i++) {
        const length = document.getText().length;
        // Apart from one another: VS Code moves positions inside of an emoji.
        const starts = Array.from({ length: 1 + pick(4) }, () => pick(length))
          .sort((a, b) => a - b)
          .filter((start, index, all) => index === 0 || start > (all[index - 1] ?? 0) + 9);
        await editor.edit((edit) => {
          for (const start of starts) {
            edit.replace(
              new vscode.Range(document.positionAt(start), document.positionAt(start + pick(6))),
              parts[pick(parts.length)] ?? '',
            );
          }
        });
        assertExact(tokenized);
      }
    });

    it('are exact in the event itself', async () => {
      const editor = await showText(TEXT);
      const { tokenized } = await watched(editor.document);
      let inEvent = 0;
      tokenized.onDidChange(() => {
        assertExact(tokenized);
        inEvent++;
      });
      for (const character of 'typed text') {
        await vscode.commands.executeCommand('type', { text: character });
      }
      assert.ok(editor.document.getText().startsWith('typed text'));
      assert.ok(inEvent >= 10);
    });

    it('are exact in one line of half a million digits', async () => {
      const random = seededRandom(4);
      const digits = Array.from({ length: 500_000 }, () => Math.floor(random() * 10)).join('');
      const editor = await showText(digits);
      const { tokenized } = await watched(editor.document);
      assertExact(tokenized);
      for (const [index, digit] of Array.from('31415').entries()) {
        const at = new vscode.Position(0, 70_000 * (index + 1));
        await editor.edit((edit) => edit.insert(at, digit));
        await until(() => (tokenized.state === 'complete' ? true : undefined));
        assertExact(tokenized);
      }
    });

    it('are exact after undo and redo', async () => {
      const editor = await showText(TEXT);
      const { tokenized } = await watched(editor.document);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 3), 'banana'));
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), TEXT);
      assertExact(tokenized);
      await vscode.commands.executeCommand('redo');
      assert.notEqual(editor.document.getText(), TEXT);
      assertExact(tokenized);
    });

    it('are exact when the line endings change, there and back', async () => {
      const editor = await showText(TEXT.repeat(20));
      const { tokenized } = await watched(editor.document);
      const lengths = [editor.document.getText().length];
      for (const ending of [vscode.EndOfLine.CRLF, vscode.EndOfLine.LF, vscode.EndOfLine.CRLF]) {
        await editor.edit((edit) => edit.setEndOfLine(ending));
        lengths.push(editor.document.getText().length);
        await until(() => (tokenized.state === 'complete' ? true : undefined));
        assertExact(tokenized);
      }
      assert.equal(new Set(lengths).size, 2);
      await editor.edit((edit) => edit.insert(new vscode.Position(7, 3), 'with\nCRLF'));
      assertExact(tokenized);
    });

    it('are exact when all is replaced', async () => {
      const editor = await showText(TEXT);
      const { tokenized } = await watched(editor.document);
      const all = new vscode.Range(0, 0, editor.document.lineCount, 0);
      await editor.edit((edit) => edit.replace(all, 'another\r\ntext\r\nthat had CRLF\n'));
      assertExact(tokenized);
      await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, editor.document.lineCount, 0)));
      assert.equal(editor.document.getText(), '');
      assertExact(tokenized);
    });

    it('are exact when text with CRLF is pasted into a document with LF', async () => {
      const editor = await showText(TEXT);
      const { tokenized } = await watched(editor.document);
      await vscode.env.clipboard.writeText('one\r\ntwo\r\n\r\nthree');
      await vscode.commands.executeCommand('editor.action.clipboardPasteAction');
      await until(() => (editor.document.getText() === TEXT ? undefined : true));
      assertExact(tokenized);
    });

    it('are exact when an emoji is cut in half', async () => {
      const editor = await showText('a 🍌 banana');
      const { tokenized } = await watched(editor.document);
      await editor.edit((edit) => edit.delete(new vscode.Range(0, 3, 0, 4)));
      assertExact(tokenized);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '\udf4c\ud83c'));
      assertExact(tokenized);
    });

    it('are exact when a document gets another language, and afterwards', async () => {
      const editor = await showText(TEXT);
      const { tokenized } = await watched(editor.document);
      await vscode.languages.setTextDocumentLanguage(editor.document, 'python');
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'import '));
      assertExact(tokenized);
    });

    it('come in slices after a large paste, and are told step by step', async () => {
      const editor = await showText(TEXT);
      const watch = await watched(editor.document);
      const states: string[] = [];
      watch.tokenized.onDidChange(() => {
        states.push(watch.tokenized.state);
      });
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), TEXT.repeat(20_000)));
      await until(() => (watch.tokenized.state === 'complete' ? true : undefined));
      assertExact(watch.tokenized);
      assert.equal(states.at(-1), 'complete');
      assert.ok(states.includes('tokenizing'), 'all was done at a stretch');
    });
  });

  it('are told of a large document by range, while it is edited', async () => {
    const line = `${'the quick brown fox '.repeat(10)}\n`;
    const document = await vscode.workspace.openTextDocument({
      content: line.repeat(Math.ceil(LARGEST_TEXT / line.length) + 1),
    });
    const tokenized = documents.acquire(document);
    held.push(tokenized);
    const middle = 4_000_000;
    const exact = (): void => {
      assert.deepEqual([tokenized.state, tokenized.count], ['large', undefined]);
      const position = document.positionAt(middle);
      const start = document.offsetAt(new vscode.Position(position.line, 0));
      const text = document.lineAt(position.line).text;
      assert.deepEqual(
        tokenized.tokensIn(start, start + text.length)?.map(({ id }) => id),
        Gpt2Tokenizer.shared().encode(text),
      );
    };
    exact();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, document.positionAt(middle - 5), 'banana');
    await vscode.workspace.applyEdit(edit);
    exact();
    await vscode.window.showTextDocument(document);
  });

  it('are shared by all who hold a document, until the last lets go', async () => {
    const { document } = await showText(TEXT);
    const first = await acquired(document);
    const second = documents.acquire(document);
    assert.equal(second.state, 'complete', 'the second holder waits for what is there');
    first.dispose();
    first.dispose();
    assert.equal(documents.followedCount, 1);
    assertExact(second);
    second.dispose();
    assert.equal(documents.followedCount, 0);
    assert.equal(documents.isIdle, true);
  });

  it('are let go when a document is closed, and followed anew when it is opened again', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, `closing-${crypto.randomUUID()}.txt`);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(TEXT));
    // Opened by a command: what an extension opens stays open for minutes.
    const opened = async (): Promise<vscode.TextDocument> => {
      await vscode.commands.executeCommand('vscode.open', uri);
      return until(() => vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString()));
    };
    const document = await opened();
    const tokenized = await acquired(document);
    await closeEditors();
    await until(() => (document.isClosed ? true : undefined));
    assert.equal(documents.followedCount, 0);
    assertExact(tokenized);
    assertExact(await acquired(await opened()));
    tokenized.dispose();
    assert.equal(documents.followedCount, 1, 'the old holder let go of the new document');
  });

  it('are others with another tokenizer', async () => {
    const { document } = await showText(TEXT);
    const { tokenized } = await watched(document);
    tokenizers.current = {
      name: 'characters',
      vocabularySize: 65_536,
      encode: unitsOf,
      encodeWithOffsets: (text) => ({
        ids: unitsOf(text),
        offsets: unitsOf(text).map((_, index) => [index, index + 1] as const),
      }),
      decode: (ids) => String.fromCharCode(...ids),
      hasToken: () => true,
      tokenBytes: () => new Uint8Array(0),
    };
    tokenizers.changes.fire();
    assert.equal(tokenized.state, 'tokenizing');
    await until(() => (tokenized.state === 'complete' ? true : undefined));
    assert.equal(tokenized.count, document.getText().length);
  });
});
