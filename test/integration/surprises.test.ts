import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';
import { activated, closeEditors, showText, until, withSetting } from './extensionAccess';

const TEXT = 'x.getElementsByTagNameNS(a);\nno\u00a0break\nThe answer is ';

/** Our marks in a document, sorted by place. */
function marksIn({ uri }: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'Tokenscope')
    .sort((a, b) => a.range.start.compareTo(b.range.start));
}

/** The kind and the text of each mark, as soon as there are so many. */
async function marked(document: vscode.TextDocument, count: number): Promise<[string, string][]> {
  const marks = await until(() => {
    const found = marksIn(document);
    return found.length === count ? found : undefined;
  });
  return marks.map(({ code, range }) => [typeof code === 'string' ? code : '', document.getText(range)]);
}

async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<ReadonlyMap<string, vscode.CodeAction>> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    20,
  );
  return new Map(actions.map((action) => [action.title, action]));
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action?.edit, 'there is no such fix');
  assert.equal(await vscode.workspace.applyEdit(action.edit), true);
}

describe('surprises', () => {
  const restores: (() => Promise<void>)[] = [];
  const set = async (name: string, value: unknown): Promise<void> => {
    restores.push(await withSetting(name, value));
  };

  afterEach(async () => {
    for (const restore of restores.splice(0).reverse()) {
      await restore();
    }
    await closeEditors();
  });

  it('are not looked for until they are switched on', async () => {
    const { surprises, session, documents } = await activated();
    await set('statusBar.tokens', false);
    const listeners = session.listenerCount;
    const { document } = await showText(TEXT);
    assert.equal(surprises.isOn, false);
    assert.deepEqual(marksIn(document), []);
    assert.deepEqual([documents.followedCount, documents.isIdle], [0, true]);
    await set('surprises.enabled', true);
    await marked(document, 3);
    assert.equal(surprises.isOn, true);
    assert.equal(documents.followedCount, 1);
    await set('surprises.enabled', false);
    await marked(document, 0);
    assert.equal(surprises.isOn, false);
    assert.equal(session.listenerCount, listeners);
    assert.deepEqual([documents.followedCount, documents.isIdle], [0, true]);
    assert.equal(
      (await actionsAt(document, new vscode.Range(0, 0, 2, 14))).has('Replace by a plain space'),
      false,
    );
  });

  it('are marked where they stand, with kind, severity and explanation', async () => {
    await set('surprises.enabled', true);
    const { document } = await showText(TEXT);
    assert.deepEqual(await marked(document, 3), [
      ['manyTokens', 'getElementsByTagNameNS'],
      ['invisibleCharacter', '\u00a0'],
      ['trailingSpace', ' '],
    ]);
    const [words, invisible, trailing] = marksIn(document);
    assert.match(words?.message ?? '', /7 tokens: get\|E\|lements\|By\|Tag\|Name\|NS/);
    assert.equal(words?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(invisible?.message ?? '', /U\+00A0 no-break space is 1 token: 1849/);
    assert.equal(trailing?.severity, vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(trailing.tags, [vscode.DiagnosticTag.Unnecessary]);
  });

  it('follow what is typed', async () => {
    await set('surprises.enabled', true);
    const editor = await showText('a banana');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'getElementsByTagNameNS '));
    assert.deepEqual(await marked(editor.document, 1), [['manyTokens', 'getElementsByTagNameNS']]);
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 0, 23)));
    await marked(editor.document, 0);
  });

  it('follow their settings', async () => {
    await set('surprises.enabled', true);
    const { document } = await showText('banana split\u200b');
    assert.deepEqual(await marked(document, 1), [['invisibleCharacter', '\u200b']]);
    await set('surprises.manyTokens', 2);
    assert.deepEqual(await marked(document, 2), [
      ['manyTokens', 'banana'],
      ['invisibleCharacter', '\u200b'],
    ]);
    await set('surprises.kinds', ['manyTokens']);
    await marked(document, 1);
  });

  it('are fixed by a quick fix, which can be undone', async () => {
    await set('surprises.enabled', true);
    const { document } = await showText(TEXT);
    await marked(document, 3);
    const trailing = marksIn(document)[2];
    assert.ok(trailing);
    const action = (await actionsAt(document, trailing.range)).get('Remove the white space at the end');
    assert.equal(action?.isPreferred, true);
    await apply(action);
    assert.equal(document.getText(), TEXT.trimEnd());
    await marked(document, 2);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), TEXT);
    await marked(document, 3);
  });

  it('are fixed all at once', async () => {
    await set('surprises.enabled', true);
    const lines = ['a:', ...Array<string>(230).fill('\tb'), ...Array<string>(240).fill('    c')];
    const { document } = await showText(lines.join('\n'), 'python');
    // More than are marked.
    await marked(document, 200);
    const actions = await actionsAt(document, new vscode.Range(1, 0, 1, 1));
    await apply(actions.get('Fix all mixed indentation in this file'));
    assert.equal(document.getText().includes('\t'), false);
    assert.equal(document.lineAt(1).text, '    b');
    await marked(document, 0);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), lines.join('\n'));
  });

  it('of a kind are marked no more where somebody says so', async () => {
    await set('surprises.enabled', true);
    await set('surprises.kinds', ['manyTokens', 'invisibleCharacter']);
    const { document } = await showText(TEXT);
    await marked(document, 2);
    const [words] = marksIn(document);
    assert.ok(words);
    const action = (await actionsAt(document, words.range)).get('Do not mark words of many tokens');
    assert.ok(action?.command);
    await vscode.commands.executeCommand(
      action.command.command,
      ...((action.command.arguments ?? []) as unknown[]),
    );
    assert.deepEqual(vscode.workspace.getConfiguration('tokenscope').get('surprises.kinds'), [
      'invisibleCharacter',
    ]);
    assert.deepEqual(await marked(document, 1), [['invisibleCharacter', '\u00a0']]);
  });

  it('are marked in the cells of a notebook', async () => {
    await set('surprises.enabled', true);
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'getElementsByTagNameNS = 1 ', 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    assert.deepEqual(await marked(document, 1), [['manyTokens', 'getElementsByTagNameNS']]);
  });

  it('have no fixes where nothing can be changed, and no marks where nobody writes', async () => {
    await set('surprises.enabled', true);
    const provider = { provideTextDocumentContent: () => TEXT };
    const registrations = ['tokenscope-shown', 'vscode-foreign'].map((scheme) =>
      vscode.workspace.registerTextDocumentContentProvider(scheme, provider),
    );
    const foreign = await vscode.workspace.openTextDocument(vscode.Uri.parse('vscode-foreign:/text.txt'));
    await vscode.window.showTextDocument(foreign, vscode.ViewColumn.Two);
    const shown = await vscode.workspace.openTextDocument(vscode.Uri.parse('tokenscope-shown:/text.txt'));
    await vscode.window.showTextDocument(shown, vscode.ViewColumn.One);
    await marked(shown, 3);
    const titles = [...(await actionsAt(shown, new vscode.Range(0, 0, 2, 14))).keys()];
    assert.ok(titles.includes('Do not mark invisible characters'), titles.join());
    assert.equal(titles.includes('Replace by a plain space'), false);
    assert.deepEqual(marksIn(foreign), []);
    registrations.forEach((registration) => void registration.dispose());
  });

  it('go when their document is no longer shown', async () => {
    await set('surprises.enabled', true);
    const { document } = await showText(TEXT);
    await marked(document, 3);
    await closeEditors();
    await marked(document, 0);
  });

  it('are toggled by a command', async () => {
    const { surprises } = await activated();
    restores.push(await withSetting('surprises.enabled', undefined));
    await vscode.commands.executeCommand('tokenscope.toggleSurprises');
    await until(() => (surprises.isOn ? true : undefined));
    await vscode.commands.executeCommand('tokenscope.toggleSurprises');
    await until(() => (surprises.isOn ? undefined : true));
  });
});

/** Rows of a common mean, and the few tokens that were never moved from there. */
const NEVER_MOVED = [43453, 30898, 40241];
const ROWS = 50_257;
const DIMENSION = 16;

function hardlyTrainedMatrix(): Float32Array {
  const random = new SeededRandom(21);
  const values = Float32Array.from({ length: ROWS * DIMENSION }, () => 0.5 + random.roughNormal());
  for (const id of NEVER_MOVED) {
    values.fill(0.5, id * DIMENSION, (id + 1) * DIMENSION);
  }
  return values;
}

describe('surprises of hardly trained tokens', () => {
  it('are marked once a model is loaded whose rows say so, and never load one', async () => {
    const { session } = await activated();
    // An inspector that another test has left would load whatever model is set.
    await closeEditors();
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-surprises-'));
    const file = path.join(folder, 'model.safetensors');
    const tensor = embeddingTensor('wte.weight', 'F32', ROWS, DIMENSION, hardlyTrainedMatrix());
    await fs.writeFile(file, safetensorsBytes([tensor]));
    const restores = [
      await withSetting('model', file),
      await withSetting('surprises.enabled', true),
      await withSetting('surprises.kinds', ['hardlyTrained', 'invisibleCharacter']),
    ];
    await until(() => (session.state.state === 'none' ? true : undefined));
    const { document } = await showText('The SolidGoldMagikarp and the banana\u200b.');
    assert.deepEqual(await marked(document, 1), [['invisibleCharacter', '\u200b']]);
    assert.equal(session.state.state, 'none');

    await session.ensureReady();
    assert.deepEqual(await marked(document, 2), [
      ['hardlyTrained', 'SolidGoldMagikarp'],
      ['invisibleCharacter', '\u200b'],
    ]);
    const { centroidDistance } = await session.ask('measureToken', 43453);
    assert.match(
      marksIn(document)[0]?.message ?? '',
      new RegExp(
        `^Token 43453, ␣SolidGoldMagikarp: This row is ${centroidDistance.toFixed(2)} from the mean`,
      ),
    );

    for (const restore of restores.reverse()) {
      await restore();
    }
    await marked(document, 0);
    await fs.rm(folder, { recursive: true, force: true });
  });
});
