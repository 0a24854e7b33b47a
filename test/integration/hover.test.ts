import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/editor/commandIds';
import { SELECT_HOVERED_TOKEN } from '../../src/editor/hover/selectHoveredToken';
import { activated, showText, until, withSetting } from './extensionAccess';

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

/** Commands that our hover at a position links to, and those with which VS Code trusts it. */
async function hoverCommands(
  document: vscode.TextDocument,
  word: string,
): Promise<{ readonly linked: Set<string>; readonly trusted: Set<string> }> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  const ours = hovers
    .flatMap(({ contents }) => contents)
    .find(
      (content): content is vscode.MarkdownString =>
        content instanceof vscode.MarkdownString && content.value.includes('tokenscope'),
    );
  assert.ok(ours);
  const { isTrusted } = ours;
  assert.ok(typeof isTrusted === 'object', 'every command is trusted, or none');
  return {
    linked: new Set([...ours.value.matchAll(/\]\(command:([\w.]+)/g)].map(([, command]) => command ?? '')),
    trusted: new Set(isTrusted.enabledCommands),
  };
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

  it('trusts the commands that it links to, and no others', async () => {
    const { document } = await showText('banana');
    const { linked, trusted } = await hoverCommands(document, 'banana');
    assert.deepEqual(trusted, linked);
    assert.deepEqual(
      linked,
      new Set([
        COMMANDS.findNeighbors,
        COMMANDS.compareTokens,
        COMMANDS.showOnMap,
        COMMANDS.copyTokenIds,
        COMMANDS.loadEmbeddings,
      ]),
    );
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

  describe('where token bands are on', () => {
    before(async () => {
      const { session } = await activated();
      session.reset();
    });

    /** Shows a text with bands, as soon as its tokens are known. */
    async function showBands(text: string): Promise<vscode.TextEditor> {
      const { bands } = await activated();
      const editor = await showText(text);
      await vscode.commands.executeCommand(COMMANDS.toggleBands);
      await until(() => bands.painted(editor));
      return editor;
    }

    it('is about the token: id, place, and the tokens around it', async () => {
      const { session } = await activated();
      const { document } = await showBands('She ate a ripe banana. A banana is ripe.');
      const text = (await hoverText(document, 'banana')) ?? '';
      assert.match(text, /^␣banana +id 25996 +token 5 of 11, twice in this document/);
      assert.match(text, /… ▸ +␣a ▸ +␣ripe ▸ +␣banana ▸ +\. ▸ +␣A +▸ …/);
      assert.match(text, /257 +29036 +25996 +13 +317/);
      assert.doesNotMatch(text, /alone/);
      assert.equal(session.state.state, 'none');
      await vscode.commands.executeCommand(COMMANDS.toggleBands);
      assert.match((await hoverText(document, 'banana')) ?? '', /alone/);
    });

    it('trusts the commands that it links to, and no others', async () => {
      const { document } = await showBands('banana');
      const { linked, trusted } = await hoverCommands(document, 'banana');
      assert.deepEqual(trusted, linked);
      assert.ok(linked.has(SELECT_HOVERED_TOKEN));
      assert.ok(!linked.has(COMMANDS.chooseModel));
    });

    it('lists the tokens of a character with their bytes, and tokens of white space', async () => {
      const { document } = await showBands('日語\n\n x');
      const text = (await hoverText(document, '日')) ?? '';
      assert.match(text, /\\xe8\\xaa.*\\x9e.*each of these 2 tokens/s);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(1, 0),
      );
      const values = hovers.flatMap(({ contents }) =>
        contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : '')),
      );
      assert.ok(values.some((value) => value.includes('↵↵</span></code>')));
    });

    it('has the value that bands are colored by, and the nearest tokens, once there are embeddings', async () => {
      const { session, bands } = await activated();
      await session.ensureReady();
      const { document } = await showBands('Mike met Michael.');
      await vscode.commands.executeCommand(COMMANDS.colorBands, { by: 'similarity', query: 'Mike' });
      await until(() => bands.explained?.scale);
      const text = (await hoverText(document, 'Michael')) ?? '';
      // The planted similarity of " Michael" is that of the checkpoint; that of "Mike" with itself is 1.
      assert.match(text, /cosine to Mike +[−\d.]+ +higher than \d+ % of all tokens/);
      assert.match(text, /nearest by cosine/);
      assert.match((await hoverText(document, 'Mike')) ?? '', /cosine to Mike +1\.000 +higher than 99 % of/);
    });

    it('selects the token by its link', async () => {
      const editor = await showBands('a ripe banana');
      const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        editor.document.uri,
        new vscode.Position(0, 4),
      );
      const [content] = hover?.contents ?? [];
      const link = new RegExp(`command:${SELECT_HOVERED_TOKEN.replace('.', '\\.')}\\?([^ ]+)`).exec(
        content instanceof vscode.MarkdownString ? content.value : '',
      );
      const [argument] = JSON.parse(decodeURIComponent(link?.[1] ?? '[]')) as unknown[];
      await vscode.commands.executeCommand(SELECT_HOVERED_TOKEN, argument);
      assert.equal(editor.document.getText(editor.selection), ' ripe');
      for (const hostile of [
        undefined,
        3,
        {},
        { uri: editor.document.uri.toString(), start: [-1], end: 'x' },
      ]) {
        await vscode.commands.executeCommand(SELECT_HOVERED_TOKEN, hostile);
      }
      assert.equal(editor.document.getText(editor.selection), ' ripe');
    });
  });
});
