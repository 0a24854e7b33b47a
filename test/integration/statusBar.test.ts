import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { LARGEST_TEXT } from '../../src/editor/documents/followedText';
import type { PickEntry } from '../../src/editor/workbench/pickItems';
import type { EmbeddingState } from '../../src/engine/session/embeddingState';
import type { GraphState } from '../../src/engine/session/graphBuild';
import type { Tokenizer } from '../../src/core/tokenizer/tokenizer';
import { OpenDocuments } from '../../src/editor/documents/openDocuments';
import { ActiveTokens } from '../../src/editor/statusBar/activeTokens';
import { COMMANDS } from '../../src/editor/commandIds';
import { contributedCommands } from '../../src/editor/commands/contributedCommands';
import { tokenActions } from '../../src/editor/commands/tokenActions';
import type { TestAccess } from '../../src/extension';
import { EXTENSION_ID, activated, closeEditors, showText, until, withSetting } from './extensionAccess';

const TEXT = 'A ripe banana and a cosmic apple.\nMike likes bananas, and 🍌.\n';

const tokensOf = (text: string): number => Gpt2Tokenizer.shared().encode(text).length;

describe('status bar', () => {
  let access: TestAccess;

  before(async () => {
    access = await activated();
    access.session.reset();
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
  });

  const shows = (text: string): Promise<true> =>
    until(() => (access.status.shown?.text.startsWith(`$(whole-word) ${text}`) ? true : undefined));
  const tooltip = (part: RegExp): Promise<string> =>
    until(() => {
      const plain = plainTooltip(access.status.shown?.tooltip ?? '');
      return part.test(plain) ? plain : undefined;
    });

  it('tells the tokens of the document, and of another one when that is shown', async () => {
    await showText(TEXT);
    await shows(`${tokensOf(TEXT)} tokens`);
    await showText('banana');
    await shows('2 tokens');
    await showText('');
    await shows('0 tokens');
  });

  it('is up to date after each key, in the same event', async () => {
    const { document } = await showText(TEXT);
    await shows(`${tokensOf(TEXT)} tokens`);
    const seen: string[] = [];
    const listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) {
        // Listeners are called in turn: ours may come before the extension's.
        const count = tokensOf(document.getText());
        queueMicrotask(() => seen.push(`${access.status.shown?.text} / ${count}`));
      }
    });
    for (const character of 'in the 10 kilos') {
      await vscode.commands.executeCommand('type', { text: character });
    }
    listener.dispose();
    assert.equal(seen.length, 15);
    for (const line of seen) {
      const [shown, count] = line.split(' / ');
      assert.match(shown ?? '', new RegExp(`\\) ${count} tokens`));
    }
  });

  it('counts what is selected as texts of their own, and says where they lie otherwise in the document', async () => {
    const editor = await showText('a banana, a banana');
    editor.selection = new vscode.Selection(0, 2, 0, 8);
    await shows('2 of 5 tokens');
    const text = await tooltip(/^Selection in .*: 2 tokens, 6 characters; 1 in place/);
    assert.match(text, /Characters per token 3\.00/);
    assert.match(text, /Context window 0\.1 % of 1,024/);
    assert.match(text, /Words that are one token 0 % of 1 word/);
    assert.match(text, /Whole text 5 tokens, 18 characters/);
    assert.match(access.status.shown?.label ?? '', /^Selected: 2 tokens.* has 5 tokens\./);
    editor.selections = [new vscode.Selection(0, 2, 0, 8), new vscode.Selection(0, 12, 0, 18)];
    await shows('4 of 5 tokens');
    await tooltip(/^Selection in .*: 4 tokens, 12 characters; 2 in place.* 0 % of 2 words/s);
    editor.selections = [new vscode.Selection(0, 3, 0, 3)];
    await shows('5 tokens');
    assert.doesNotMatch(await tooltip(/^(?!Selection in)/), /Whole text/);
  });

  it('breaks the count down in its tooltip', async () => {
    const restore = await withSetting('contextWindow', 20);
    const { document } = await showText(TEXT);
    const count = tokensOf(TEXT);
    const characters = Array.from(TEXT).length;
    const name = document.uri.path.split('/').at(-1);
    const text = await tooltip(/Words that are one token/);
    assert.ok(text.startsWith(`${name}: ${count} tokens, ${characters} characters`), text);
    assert.match(text, new RegExp(`Characters per token ${(characters / count).toFixed(2)}`));
    assert.match(
      text,
      new RegExp(`Context window ${(count / 20).toFixed(2)} times the 20 tokens|Context window .* of 20`),
    );
    // A, ripe, banana, and, a, cosmic, apple, Mike, likes, bananas, and: counted by hand.
    assert.match(text, /Words that are one token 100 % of 11 words/);
    assert.match(text, /Embeddings not loaded/);
    assert.match(text, /Bands off/);
    assert.match(access.status.shown?.label ?? '', new RegExp(`has ${count} tokens\\.`));
    await restore();
    await tooltip(/of 1,024/);
  });

  it('trusts its links, and shows a hostile file name as it is', async () => {
    const name = '[x](command:evil) $(bug) <b>&amp; `|`.txt';
    const uri = vscode.Uri.from({ scheme: 'untitled', path: name });
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'banana'));
    await tooltip(/2 tokens/);
    const raw = access.status.shown?.tooltip ?? '';
    assert.ok(plainTooltip(raw).startsWith(`${name}: 2 tokens`), plainTooltip(raw));
    assert.deepEqual(
      [...raw.matchAll(/\(command:([^)]*)\)/g)].map(([, command]) => command),
      [
        'tokenscope.newInspector',
        'tokenscope.toggleTokenBands',
        'tokenscope.sections.focus',
        'tokenscope.loadEmbeddings',
        'tokenscope.chooseModel',
      ],
    );
  });

  it('tells of bands, and in how many editors', async () => {
    await showText(TEXT);
    await tooltip(/Show Bands/);
    await vscode.commands.executeCommand('tokenscope.toggleTokenBands');
    await tooltip(/Bands on in 1 editor .*Hide Bands/s);
    await vscode.commands.executeCommand('tokenscope.toggleTokenBands');
    await tooltip(/Bands off/);
  });

  it('counts the cell of a notebook that has the focus', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'print("banana")', 'python'),
        new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'banana', 'python'),
      ]),
    );
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(1, 2)] });
    await vscode.commands.executeCommand('notebook.cell.edit');
    await shows('2 tokens');
    await tooltip(/cell 2 of /);
  });

  it('tells of a large file that it is one, and counts what is selected in it', async () => {
    const line = `${'the quick brown fox '.repeat(10)}\n`;
    const editor = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({
        content: line.repeat(Math.ceil(LARGEST_TEXT / line.length) + 1),
      }),
    );
    await shows('large file');
    editor.selection = new vscode.Selection(5, 0, 6, 0);
    await shows(`${tokensOf(line)} tokens selected`);
  });

  it('counts a long selection only in a pause where the tokenizer has to look at all of it', async () => {
    const gpt2 = Gpt2Tokenizer.shared();
    const uncut: Tokenizer = {
      name: 'uncut',
      vocabularySize: gpt2.vocabularySize,
      encode: (text) => gpt2.encode(text),
      encodeWithOffsets: (text) => gpt2.encodeWithOffsets(text),
      decode: (ids) => gpt2.decode(ids),
      hasToken: (id) => gpt2.hasToken(id),
      tokenBytes: (id) => gpt2.tokenBytes(id),
    };
    const tokenizers = { current: uncut, onDidChange: new vscode.EventEmitter<void>().event };
    const documents = new OpenDocuments(tokenizers);
    const text = TEXT.repeat(400);
    const editor = await showText(text);
    const active = new ActiveTokens(documents, tokenizers, () => undefined);
    const selected = (): number | undefined => active.figures?.selection?.tokens;
    await until(() => (active.figures?.state === 'complete' ? true : undefined));
    editor.selection = new vscode.Selection(0, 0, 1, 0);
    await until(() => active.figures?.selection);
    assert.equal(selected(), tokensOf(TEXT.slice(0, TEXT.indexOf('\n') + 1)));
    editor.selection = new vscode.Selection(0, 0, editor.document.lineCount, 0);
    await until(() => (selected() === undefined ? true : undefined));
    assert.equal(active.details(1_024)?.selection?.tokens, tokensOf(text));
    assert.equal(selected(), tokensOf(text));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'x'));
    assert.equal(selected(), undefined, 'an old number is told');
    active.dispose();
    assert.equal(documents.followedCount, 0);
  });

  it('claims no count of more selections than it counts, nor that nothing is selected', async () => {
    const editor = await showText('ab\n'.repeat(600));
    await shows('1,200 tokens');
    editor.selections = Array.from({ length: 600 }, (_, line) => new vscode.Selection(line, 0, line, 2));
    await shows('… of 1,200 tokens');
    await tooltip(/^Selection in .*: 1,200 characters/);
  });

  it('counts nothing and listens to no text while that is switched off', async () => {
    const restore = await withSetting('statusBar.tokens', false);
    const editor = await showText(TEXT);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'more '));
    assert.equal(access.status.shown, undefined);
    assert.equal(access.documents.followedCount, 0);
    assert.equal(access.documents.isIdle, true);
    await restore();
    await shows(`${tokensOf(editor.document.getText())} tokens`);
    assert.equal(access.documents.followedCount, 1);
  });

  it('follows no document while no editor is active', async () => {
    await showText(TEXT);
    await shows(`${tokensOf(TEXT)} tokens`);
    await closeEditors();
    await until(() => (access.documents.followedCount === 0 ? true : undefined));
    assert.equal(access.status.shown, undefined);
    assert.equal(access.documents.isIdle, true);
  });

  it('shows the state of the embeddings beside the tokens, and alone without an editor', async () => {
    await showText('banana');
    await until(() => (access.status.shown?.text.startsWith('$(whole-word) 2 tokens') ? true : undefined));
    // A suite before may have loaded them.
    access.session.reset();
    const texts: string[] = [];
    const listener = access.session.onDidChangeState(() => texts.push(access.status.shown?.text ?? ''));
    await access.session.ensureReady();
    listener.dispose();
    assert.ok(
      texts.some((text) => text.startsWith('$(whole-word) 2 tokens · $(loading~spin)')),
      texts.join(),
    );
    await shows('2 tokens · gpt2-planted');
    await tooltip(/Embeddings gpt2-planted, ready/);
    await closeEditors();
    await until(() => (access.status.shown?.text === '$(symbol-array) gpt2-planted' ? true : undefined));
  });

  it('says of sample vectors what they are, and of a failure why', async () => {
    let restore = await withSetting('model', 'sample');
    await showText('banana');
    await until(() => (access.session.state.state === 'none' ? true : undefined));
    await access.session.ensureReady();
    await shows('2 tokens · $(beaker) sample vectors');
    await tooltip(/sample vectors, not GPT-2/);
    await restore();
    restore = await withSetting('model', '/no/such/model.safetensors');
    await until(() => (access.session.state.state === 'none' ? true : undefined));
    await assert.rejects(access.session.ensureReady());
    await shows('2 tokens · $(warning) no model');
    const text = await tooltip(/\/no\/such\/model\.safetensors/);
    assert.match(text, /Show Log/);
    await restore();
  });
});

describe('Token Actions', () => {
  let access: TestAccess;
  let manifest: {
    contributes: {
      commands: { command: string; title: string }[];
      menus: { commandPalette: { command: string; when: string }[] };
    };
  };

  before(async () => {
    access = await activated();
    manifest = vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON as typeof manifest;
  });

  type Item = PickEntry & { readonly command?: string };
  const all = (state: EmbeddingState, graph: GraphState = { state: 'none' }): Item[] =>
    tokenActions({
      session: { state, graph },
      bands: access.bands,
      settings: { surprisesEnabled: true },
      contributed: contributedCommands(manifest, 'other'),
    });
  const entries = (state: EmbeddingState, graph?: GraphState): Item[] =>
    all(state, graph).filter(({ isSeparator }) => isSeparator !== true);
  const labels = (items: PickEntry[]): string[] => items.map(({ label }) => label);

  it('are all commands, as they are called in the command palette', async () => {
    await showText('banana');
    const hidden = manifest.contributes.menus.commandPalette.filter(({ when }) =>
      /^(?:false|view\.)/.test(when),
    );
    const others = [COMMANDS.tokenActions, ...hidden.map(({ command }) => command)];
    const expected = manifest.contributes.commands.filter(({ command }) => !others.includes(command));
    const found = [
      ...entries({ state: 'none' }),
      ...entries({ state: 'locating' }),
      ...entries({ state: 'none' }, { state: 'building' } as never),
    ];
    assert.deepEqual(
      [...new Set(found.map(({ command, label }) => `${command} ${label}`))].sort(),
      [
        ...expected.map(({ command, title }) => `${command} ${title}`),
        'tokenscope.sections.focus Show Tokens by Section',
      ].sort(),
    );
  });

  it('lie in groups, with what is on and with their keys', async () => {
    await showText('banana');
    const items = all({ state: 'none' });
    assert.deepEqual(labels(items.filter(({ isSeparator }) => isSeparator === true)), [
      'Neighbors',
      'Tokens of This Text',
      'Model',
      'Help',
    ]);
    const descriptionOf = (title: string): string | undefined =>
      items.find(({ label }) => label === title)?.description;
    assert.equal(descriptionOf('Find Semantic Neighbors'), 'Ctrl+K Ctrl+G');
    assert.equal(descriptionOf('Toggle Token Bands'), 'off · Ctrl+K Ctrl+Y');
    assert.equal(descriptionOf('Toggle Marks of Surprising Tokens'), 'on');
  });

  it('begin with what the embeddings ask for', () => {
    assert.deepEqual(labels(all({ state: 'locating' })).slice(0, 2), ['Now', 'Cancel Loading Embeddings']);
    const failed = entries({ state: 'failed', reason: 'It is gone.', error: new Error('gone') });
    assert.deepEqual(labels(failed).slice(0, 3), ['Choose Model…', 'Load Embeddings…', 'Show Log']);
    assert.equal(failed[0]?.description, 'It is gone.');
    assert.equal(new Set(labels(failed)).size, failed.length, 'an entry is there twice');
    const model = { server: 'https://c', repository: 'a/b', revision: 'main' };
    const offer = { model, name: 'GPT-2', repository: 'a/b', host: 'c' };
    assert.deepEqual(labels(entries({ state: 'undecided', offer })).slice(0, 3), [
      'Choose Model…',
      'Download Model',
      'Use Sample Vectors',
    ]);
  });

  it('are only those that need no text where no editor is active', async () => {
    await closeEditors();
    await until(() => (vscode.window.activeTextEditor ? undefined : true));
    const titles = labels(all({ state: 'none' }));
    assert.deepEqual(titles.slice(titles.indexOf('Tokens of This Text'), titles.indexOf('Model')), [
      'Tokens of This Text',
      'Show Tokens by Section',
      'Toggle Marks of Surprising Tokens',
    ]);
    assert.ok(titles.includes('Find Semantic Neighbors'));
  });
});

/** What is to be read in a tooltip. */
function plainTooltip(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\(command:[^)]*\)/g, '$1')
    .replace(/<\/tr>/g, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('**', '')
    .replaceAll('&nbsp;', ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/[ \t]+/g, ' ');
}
