import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated, showText, withSetting } from './extensionAccess';

/** Text of our hover at the first occurrence of a word, markup dropped; undefined where there is none. */
async function hoverText(document: vscode.TextDocument, word: string): Promise<string | undefined> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const texts = hovers.flatMap(({ contents }) =>
    contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
  );
  return texts
    .find((text) => text.includes('tokenscope'))
    ?.replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('hover card', () => {
  before(async () => {
    const { session } = await activated();
    session.reset();
  });

  it('shows a word as it stands and alone, without loading the matrix', async () => {
    const { session } = await activated();
    const { document } = await showText('She ate a ripe banana on the train.');
    const text = await hoverText(document, 'banana');
    assert.match(text ?? '', /here.*␣banana.*25996.*alone.*ban.*ana.*3820 2271.*2 tokens/s);
    assert.equal(session.state.state, 'none');
  });

  it('tells that a word is one token after a space, where it stands without one', async () => {
    const { document } = await showText('banana');
    assert.match((await hoverText(document, 'banana')) ?? '', /ban.*ana.*after a space.*␣banana.*25996/s);
  });

  for (const language of ['python', 'typescript', 'markdown', 'json', 'plaintext']) {
    it(`works in a document of language ${language}`, async () => {
      const { document } = await showText('"cosmic apple"', language);
      assert.match((await hoverText(document, 'cosmic')) ?? '', /cos.*mic/s);
      assert.match((await hoverText(document, 'apple')) ?? '', /␣apple/);
    });
  }

  it('works in an untitled document', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'cosmic' });
    assert.match((await hoverText(document, 'cosmic')) ?? '', /cos.*mic/s);
  });

  it('works in the cells of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'banana = 1', 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    assert.match((await hoverText(notebook.cellAt(0).document, 'banana')) ?? '', /ban.*ana/s);
  });

  it('is about the selection where the mouse is on one', async () => {
    const editor = await showText('ripe banana bread');
    editor.selection = new vscode.Selection(0, 5, 0, 17);
    assert.match((await hoverText(editor.document, 'bread')) ?? '', /␣banana.*␣bread/s);
  });

  it('shows emoji as bytes', async () => {
    const { document } = await showText('const fruit = "🍌";', 'typescript');
    assert.match((await hoverText(document, '🍌')) ?? '', /\\xf0\\x9f.*8582/s);
  });

  it('keeps hostile text as text', async () => {
    const { document } = await showText('x|`<b>$(bug)[a](command:b)');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    editor.selection = new vscode.Selection(0, 0, 0, document.getText().length);
    const text = await hoverText(document, 'bug');
    assert.ok(text);
    assert.match(text, /\$.*\(.*bug/s);
  });

  it('goes when its setting is off, and comes back', async () => {
    const { document } = await showText('banana');
    const restore = await withSetting('hover.enabled', false);
    assert.equal(await hoverText(document, 'banana'), undefined);
    await restore();
    assert.match((await hoverText(document, 'banana')) ?? '', /ban/);
  });

  it('shows the nearest tokens of each piece once embeddings are loaded', async () => {
    const { session } = await activated();
    await session.ensureReady();
    const { document } = await showText('Mike');
    assert.match(
      (await hoverText(document, 'Mike')) ?? '',
      /nearest by cosine.*␣Mike 0\.857.*Michael 0\.685.*Chris 0\.647/s,
    );
  });
});
