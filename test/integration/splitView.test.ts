import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import type { BareView } from '../../src/editor/splitView/bareView';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { activated, closeEditors, showText, until } from './extensionAccess';

const COMMAND = 'tokenscope.openSplitView';
const TEXT = 'I ate a banana and an apple.\nbanana is cosmic, snake_case is not.\n';

const topOf = (editor: vscode.TextEditor): number => editor.visibleRanges[0]?.start.line ?? -1;

function scrollTo(editor: vscode.TextEditor, line: number): void {
  editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
}

/** The top line of both, where it is the same and not above a line. */
function sameTop(a: vscode.TextEditor, b: vscode.TextEditor, lowest: number): number | undefined {
  return topOf(a) === topOf(b) && topOf(a) >= lowest ? topOf(a) : undefined;
}

describe('the split view', () => {
  let access: TestAccess;

  before(async () => {
    access = await activated();
  });

  afterEach(async () => {
    await closeEditors();
    await until(() => access.splitView.openViews.length === 0 || undefined);
  });

  async function opened(): Promise<BareView> {
    await vscode.commands.executeCommand(COMMAND);
    const [view] = access.splitView.openViews;
    assert.ok(view);
    return view;
  }

  function bareEditor(view: BareView): vscode.TextEditor | undefined {
    return vscode.window.visibleTextEditors.find(({ document }) => document === view.document);
  }

  async function closeBare(view: BareView): Promise<void> {
    const tab = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(
        ({ input }) =>
          input instanceof vscode.TabInputText && input.uri.toString() === view.document.uri.toString(),
      );
    assert.ok(tab);
    await vscode.window.tabGroups.close(tab);
    await until(() => (access.splitView.openViews.length === 0 ? true : undefined));
  }

  const textsOf = (view: BareView, ranges: readonly vscode.Range[] | undefined): string[] =>
    (ranges ?? []).map((range) => view.document.getText(range));

  it('shows the same text beside its source, in its language, read-only', async () => {
    const source = await showText(TEXT, 'markdown');
    const view = await opened();
    assert.equal(view.document.getText(), TEXT);
    assert.equal(view.document.languageId, 'markdown');
    assert.equal(bareEditor(view)?.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor, source);
    assert.match(view.document.uri.path, /\.txt \(bare\)$/);
    const [tab] = vscode.window.tabGroups.all[1]?.tabs ?? [];
    assert.match(tab?.label ?? '', /\.txt \(bare\)$/);
  });

  it('marks the words that are split differently alone, and tells how many', async () => {
    await showText(TEXT);
    const view = await opened();
    const summary = await until(() => view.summary);
    // A naive count: a word is marked where its tokens alone are others than those behind its space, apart from the space.
    const tokenizer = Gpt2Tokenizer.shared();
    const pieces = (text: string): string =>
      tokenizer
        .encodeWithOffsets(text)
        .offsets.map(([start, end]) => text.slice(start, end).trim())
        .join('|');
    const words = TEXT.match(/\w+/g) ?? [];
    const marked = words.filter((word, at) => {
      const startsLine = at === 0 || at === 7;
      return !startsLine && pieces(` ${word}`) !== pieces(word);
    });
    assert.ok(marked.includes('cosmic'), marked.join());
    assert.deepEqual(summary, { words: words.length, different: marked.length });
    assert.deepEqual(textsOf(view, view.painted?.different), marked);
  });

  it('paints each word by itself, its pieces in turn', async () => {
    await showText(TEXT);
    const view = await opened();
    const pieces = textsOf(view, view.painted?.pieces);
    assert.deepEqual(pieces.slice(0, 8), ['I', 'ate', 'a', 'ban', 'ana', 'and', 'an', 'apple']);
    assert.ok(!pieces.some((text) => /\s/.test(text)));
  });

  it('shows the bands of its source for as long as it is open, unless they were on before', async () => {
    const source = await showText(TEXT);
    assert.equal(access.bands.isOn(source), false);
    const view = await opened();
    assert.equal(access.bands.isOn(source), true);
    await closeBare(view);
    assert.equal(access.bands.isOn(source), false);
    access.bands.toggle(source);
    await closeBare(await opened());
    assert.equal(access.bands.isOn(source), true);
    access.bands.toggle(source);
  });

  it('tells both splits in the hover of a word', async () => {
    await showText(TEXT);
    const view = await opened();
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      view.document.uri,
      new vscode.Position(0, 10),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as vscode.MarkdownString).value)
      .join();
    assert.match(text, /here.*25996.*alone.*3820 2271/s);
  });

  it('counts the words that the status bar counts', async () => {
    const editor = await showText(
      "don't count x1y, snake_case or 1,234 e\u0301te\u0301 \u0301! twice 漢字\n",
    );
    const tokens = access.documents.acquire(editor.document);
    const { words } = await until(() => tokens.wordStatistics());
    tokens.dispose();
    const view = await opened();
    assert.equal((await until(() => view.summary)).words, words);
    // don, t, count, x1y, snake_case, or, 1, 234, the one with accents, twice, and the last.
    assert.equal(words, 11);
  });

  it('follows edits of the source', async () => {
    const source = await showText(TEXT);
    const view = await opened();
    const before = await until(() => view.summary);
    await source.edit((edit) => edit.insert(new vscode.Position(1, 0), 'a banana\n'));
    await until(() => (view.document.getText() === source.document.getText() ? true : undefined));
    const after = await until(() => (view.summary === before ? undefined : view.summary));
    assert.deepEqual(after, { words: before.words + 2, different: before.different + 1 });
  });

  it('scrolls with its source, and its source with it', async () => {
    const source = await showText('a banana\n'.repeat(1_000));
    const view = await opened();
    const bare = bareEditor(view);
    assert.ok(bare);
    scrollTo(source, 500);
    const there = await until(() => sameTop(source, bare, 400));
    assert.ok(there <= 500);
    // Who has just been scrolled by the other does not scroll it back at once.
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(sameTop(source, bare, 400), there);
    scrollTo(bare, 200);
    const back = await until(() => (topOf(bare) < 300 ? sameTop(source, bare, 100) : undefined));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(sameTop(source, bare, 100), back);
    assert.ok(view.painted?.pieces.some(({ start }) => start.line === 200));
  });

  it('begins at the line at which its source is', async () => {
    const source = await showText('a banana\n'.repeat(1_000));
    scrollTo(source, 700);
    await until(() => (topOf(source) > 600 ? true : undefined));
    const view = await opened();
    await until(() => {
      const bare = bareEditor(view);
      return bare && sameTop(source, bare, 600);
    });
  });

  it('is one for a document, however often it is asked for', async () => {
    await showText(TEXT);
    const view = await opened();
    assert.equal(await opened(), view);
    assert.equal(access.splitView.openViews.length, 1);
  });

  it('gives back the bands of every editor for which it was asked', async () => {
    const first = await showText(TEXT);
    const second = await vscode.window.showTextDocument(first.document, vscode.ViewColumn.Two);
    const view = await opened();
    await vscode.window.showTextDocument(first.document, vscode.ViewColumn.One);
    assert.equal(await opened(), view);
    assert.deepEqual(
      [first, second].map((editor) => access.bands.isOn(editor)),
      [true, true],
    );
    await closeBare(view);
    assert.deepEqual(
      [first, second].map((editor) => access.bands.isOn(editor)),
      [false, false],
    );
  });

  it('shows a text that was never saved', async () => {
    const untitled = await vscode.workspace.openTextDocument({ content: TEXT });
    await vscode.window.showTextDocument(untitled, vscode.ViewColumn.One);
    const view = await opened();
    assert.equal(view.document.getText(), TEXT);
    assert.equal((await until(() => view.summary)).words, 13);
    await vscode.window.showTextDocument(untitled, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => (access.splitView.openViews.length === 0 ? true : undefined));
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
  });

  it('shows a cell of a notebook, and closes with the notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, TEXT, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook, { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('notebook.cell.edit');
    const { document } = notebook.cellAt(0);
    await until(() => (vscode.window.activeTextEditor?.document === document ? true : undefined));
    const view = await opened();
    assert.equal(view.document.getText(), TEXT);
    assert.equal((await until(() => view.summary)).words, 13);
    await vscode.window.showNotebookDocument(notebook, { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => (access.splitView.openViews.length === 0 ? true : undefined));
  });

  it('is not shown without its source', async () => {
    await showText(TEXT);
    const { uri } = (await opened()).document;
    const other = uri.with({ query: uri.query.replace(/\.txt$/, '-2.txt') });
    await assert.rejects(Promise.resolve(vscode.workspace.openTextDocument(other)), /is not open any more/);
  });

  it('closes with its source, and lets go of its document', async () => {
    const source = await showText(TEXT);
    await opened();
    const tab = vscode.window.tabGroups.all[0]?.activeTab;
    assert.ok(tab && vscode.window.activeTextEditor === source);
    await vscode.window.tabGroups.close(tab);
    await until(() => (access.splitView.openViews.length === 0 ? true : undefined));
    assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 0);
  });

  it('refuses a text that is too large, and opens nothing', async () => {
    await showText('banana\n'.repeat(150_000));
    await vscode.commands.executeCommand(COMMAND);
    assert.equal(access.splitView.openViews.length, 0);
    assert.equal(vscode.window.tabGroups.all.length, 1);
  });
});
