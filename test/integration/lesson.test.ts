import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import { activated, answered, closeEditors, showText, until, withSetting } from './extensionAccess';

const LESSON = vscode.Uri.parse('tokenscope-lesson:/lesson.md');

/** There only with the figures of a model. */
const FIGURES = / = [\d,]+ products\./;

describe('the lesson', () => {
  let access: TestAccess;

  before(async () => {
    access = await activated();
    await closeEditors();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
  });

  after(() => closeEditors());

  async function open(argument?: unknown): Promise<vscode.TextEditor> {
    await vscode.commands.executeCommand('tokenscope.openLesson', argument);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), LESSON.toString());
    return editor;
  }

  /** The lesson's text as soon as it is like this. */
  function textLike(pattern: RegExp): Promise<string> {
    return until(() => {
      const text = vscode.window.activeTextEditor?.document.getText() ?? '';
      return pattern.test(text) ? text : undefined;
    });
  }

  function lensesOf(uri: vscode.Uri): Thenable<vscode.CodeLens[]> {
    return vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 100);
  }

  function linksOf(uri: vscode.Uri): Thenable<vscode.DocumentLink[]> {
    return vscode.commands.executeCommand('vscode.executeLinkProvider', uri);
  }

  it('tells the figures of the model that is loaded, and those of the next one', async () => {
    await open();
    const text = await textLike(FIGURES);
    assert.match(text, /In use: `gpt2-planted`, 50,257 rows of 768 numbers\./);
    assert.match(text, /`ban` and `ana`: 0\.320\./);
    assert.match(text, /Nearest: `␣Mike` 0\.857, `Michael` 0\.685, `Chris` 0\.647\./);
    const restore = await withSetting('model', 'sample');
    await textLike(/In use: sample vectors/);
    await restore();
    await textLike(/In use: `gpt2-planted`/);
  });

  it('tells of a formula what the inspector answers', async () => {
    await open();
    const [, told] = /`king - man \+ woman`: (.+)\.\n/.exec(await textLike(FIGURES)) ?? [];
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'king - man + woman');
    const { answer } = await answered(access, 'king - man + woman');
    const best = answer?.neighbors.slice(0, 3) ?? [];
    assert.equal(told, best.map(({ token, score }) => `\`${token.plain}\` ${score.toFixed(3)}`).join(', '));
  });

  it('lies where no inspector is covered, and is not opened twice', async () => {
    const first = await open();
    const inspector = access.panels.current?.panel;
    assert.ok(inspector);
    assert.notEqual(first.viewColumn, inspector.viewColumn);
    inspector.reveal();
    const again = await open();
    assert.equal(again.viewColumn, first.viewColumn);
    assert.ok(inspector.visible);
  });

  it('covers no inspector that is alone in the window', async () => {
    await closeEditors();
    await vscode.commands.executeCommand('tokenscope.newInspector');
    const { tabGroups } = vscode.window;
    await until(() =>
      tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview ? true : undefined,
    );
    await open();
    assert.ok(access.panels.current?.panel.visible);
  });

  it('puts the cursor into a word, and takes anything else for nothing', async () => {
    const editor = await open({ word: 'banana' });
    const { document } = editor;
    assert.equal(document.getText(document.getWordRangeAtPosition(editor.selection.active)), 'banana');
    for (const argument of [{ word: 7 }, { word: 'not in it' }, 'banana', [LESSON]]) {
      const { active } = (await open(argument)).selection;
      assert.deepEqual(active, editor.selection.active);
    }
  });

  it('offers commands that exist, by buttons and by links', async () => {
    await open();
    await textLike(FIGURES);
    const known = new Set(await vscode.commands.getCommands());
    const lenses = await lensesOf(LESSON);
    assert.equal(lenses.length, 10);
    assert.ok(lenses.every(({ command }) => command && known.has(command.command)));
    const links = (await linksOf(LESSON)).filter(({ target }) => target?.scheme === 'command');
    assert.deepEqual(
      links.map(({ target }) => target?.path).sort(),
      lenses.map(({ command }) => command?.command).sort(),
    );
    const compare = links.find(({ target }) => target?.path === 'tokenscope.compareTokens');
    assert.deepEqual(JSON.parse(compare?.target?.query ?? ''), [{ texts: ['ban', 'ana'] }]);
  });

  it('gives none of them to another document, whatever that is called and says', async () => {
    const text = (await open()).document.getText();
    const { document } = await showText(text, 'markdown');
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const foreign = vscode.Uri.joinPath(folder, 'lesson.md');
    const before = await vscode.workspace.fs.readFile(foreign);
    await vscode.workspace.fs.writeFile(foreign, new TextEncoder().encode(text));
    for (const uri of [document.uri, foreign]) {
      await vscode.workspace.openTextDocument(uri);
      assert.deepEqual(await lensesOf(uri), []);
      const links = await linksOf(uri);
      assert.ok(links.every(({ target }) => target?.scheme !== 'command'));
    }
    await vscode.workspace.fs.writeFile(foreign, before);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('can be read only, and is the only document of its kind', async () => {
    const content = new TextEncoder().encode('another');
    await assert.rejects(async () => vscode.workspace.fs.writeFile(LESSON, content));
    await assert.rejects(async () => vscode.workspace.fs.delete(LESSON));
    const other = LESSON.with({ path: '/other.md' });
    await assert.rejects(async () => vscode.workspace.fs.readFile(other));
  });
});
