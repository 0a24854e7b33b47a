import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { LARGEST_TEXT } from '../../src/editor/documents/followedText';
import { REVEAL_SECTION, SHOW_MORE_SECTIONS, type TreeNode } from '../../src/editor/sections/sectionItems';
import { COMMANDS, FOCUS_SECTIONS } from '../../src/editor/commandIds';
import type { TestAccess } from '../../src/extension';
import { activated, closeEditors, showText, until, withSetting } from './extensionAccess';

const LANGUAGE = 'plaintext';
const CODE = 'import x\n\nclass Fruit {\n  ripe() { return 7; }\n  peel() {}\n}\n\nfunction last() {}\n';

const tokensOf = (text: string): number => Gpt2Tokenizer.shared().encode(text).length;

/** Of a row: all its texts are plain. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

describe('tokens by section', () => {
  let access: TestAccess;
  let provider: vscode.Disposable | undefined;
  let symbols: (document: vscode.TextDocument) => vscode.ProviderResult<vscode.DocumentSymbol[]>;

  before(async () => {
    access = await activated();
    await vscode.commands.executeCommand(FOCUS_SECTIONS);
  });

  beforeEach(() => {
    symbols = () => [];
    register();
  });

  afterEach(async () => {
    provider?.dispose();
    await vscode.commands.executeCommand(COMMANDS.sortSectionsByPosition);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.view.search');
    await until(() => access.sections.document === undefined || undefined);
  });

  const register = (): void => {
    provider = vscode.languages.registerDocumentSymbolProvider(LANGUAGE, {
      provideDocumentSymbols: (document) => symbols(document),
    });
  };

  /** A symbol from the first occurrence of a text to the end of that of another. */
  const symbol = (
    document: vscode.TextDocument,
    name: string,
    from: string,
    to: string,
    children: vscode.DocumentSymbol[] = [],
  ): vscode.DocumentSymbol => {
    const text = document.getText();
    const start = text.indexOf(from);
    const range = new vscode.Range(
      document.positionAt(start),
      document.positionAt(text.indexOf(to, start) + to.length),
    );
    const found = new vscode.DocumentSymbol(name, '', vscode.SymbolKind.Class, range, range);
    found.children = children;
    return found;
  };

  const codeSymbols = (document: vscode.TextDocument): vscode.DocumentSymbol[] => [
    symbol(document, 'Fruit', 'class', '\n}', [
      symbol(document, 'ripe', 'ripe', '; }'),
      symbol(document, 'peel', 'peel', '{}'),
    ]),
    symbol(document, 'last', 'function', '{}'),
  ];

  /** The rows as they are drawn: `Fruit 20 tokens · 60 %`, those inside of others behind a sign. */
  const rows = (parent?: TreeNode, indentation = ''): string[] =>
    access.sections.tree.getChildren(parent).flatMap((node) => {
      const { label, description } = access.sections.tree.getTreeItem(node);
      return [
        `${indentation}${textOf(label)} ${textOf(description)}`.trimEnd(),
        ...rows(node, `${indentation}> `),
      ];
    });

  const shows = (first: string): Promise<string[]> =>
    until(() => {
      // The rows of the document before stay until there are those of the next.
      if (access.sections.tree.shown?.document !== vscode.window.activeTextEditor?.document) {
        return undefined;
      }
      const shown = rows();
      return shown[0]?.startsWith(first) === true ? shown : undefined;
    });

  const share = (part: string, whole: string): string => {
    const percent = (100 * tokensOf(part)) / tokensOf(whole);
    return `${tokensOf(part)} tokens · ${percent < 10 ? (Math.floor(10 * percent) / 10).toFixed(1) : Math.floor(percent)} %`;
  };

  it('shows the outline as a tree, with tokens and shares, and what is outside of it', async () => {
    symbols = codeSymbols;
    await showText(CODE);
    const shown = await shows('Fruit');
    // Lines begin and end with whole tokens here, so those of a part alone are those of the document.
    const fruit = CODE.slice(CODE.indexOf('class'), CODE.indexOf('\n\nfunction'));
    assert.deepEqual(shown.slice(0, 4), [
      `Fruit ${share(fruit, CODE)}`,
      `> ripe ${share('  ripe() { return 7; }', CODE)}`,
      `> peel ${share('  peel() {}', CODE)}`,
      `last ${share('function last() {}', CODE)}`,
    ]);
    assert.match(shown[4] ?? '', /^Outside of these \d+ tokens/);
    const sum = shown
      .filter((row) => !row.startsWith('>'))
      .reduce((all, row) => all + Number(/(\d+) tokens?/.exec(row)?.[1]), 0);
    assert.equal(sum, tokensOf(CODE));
  });

  it('gives all figures in the tooltip, and to screen readers', async () => {
    symbols = codeSymbols;
    const restore = await withSetting('contextWindow', 100);
    await showText(CODE);
    await shows('Fruit');
    const [fruit] = access.sections.tree.getChildren();
    assert.ok(fruit);
    const item = access.sections.tree.getTreeItem(fruit);
    const tooltip = textOf(item.tooltip);
    assert.match(tooltip, /^Fruit\n\d+ tokens, \d+ % of this text\nContext window: [\d.]+ % of 100\n/);
    assert.match(tooltip, /\n\d+ characters, \d\.\d\d per token$/);
    assert.equal(item.accessibilityInformation?.label, tooltip.replaceAll('\n', '. '));
    assert.deepEqual((item.iconPath as vscode.ThemeIcon).id, 'symbol-class');
    await restore();
    await until(() => textOf(access.sections.tree.getTreeItem(fruit).tooltip).includes('1,024') || undefined);
  });

  it('follows edits, and keeps rows open by their ids', async () => {
    symbols = codeSymbols;
    const editor = await showText(CODE);
    await shows('Fruit');
    const idOf = (): unknown => {
      const [node] = access.sections.tree.getChildren();
      return node && access.sections.tree.getTreeItem(node).id;
    };
    const id = idOf();
    assert.ok(id);
    await editor.edit((edit) => edit.insert(new vscode.Position(3, 2), 'banana bread '));
    const text = editor.document.getText();
    const fruit = text.slice(text.indexOf('class'), text.indexOf('\n\nfunction'));
    await shows(`Fruit ${share(fruit, text)}`);
    assert.equal(idOf(), id);
  });

  it('sorts by size, and as in the text again', async () => {
    symbols = (document) => [symbol(document, 'small', 'a', 'a'), symbol(document, 'large', 'b', 'd')];
    await showText('a b c d');
    await shows('small');
    await vscode.commands.executeCommand(COMMANDS.sortSectionsBySize);
    assert.deepEqual(
      rows().map((row) => row.split(' ')[0]),
      ['large', 'small'],
    );
    await vscode.commands.executeCommand(COMMANDS.sortSectionsByPosition);
    assert.deepEqual(
      rows().map((row) => row.split(' ')[0]),
      ['small', 'large'],
    );
  });

  it('shows the blocks of a text without an outline, CRLF too', async () => {
    const text = 'one banana\r\ntwo\r\n\r\n\r\n  three\r\n';
    await showText(text);
    const shown = await shows('one banana');
    assert.deepEqual(shown.slice(0, 2), [
      `one banana ${share('one banana\r\ntwo', text)}`,
      `three ${share('  three', text)}`,
    ]);
  });

  it('asks again for an outline whose extension was still starting', async () => {
    provider?.dispose();
    await showText('a banana');
    await shows('a banana');
    symbols = (document) => [symbol(document, 'late', 'banana', 'banana')];
    register();
    await shows('late');
  });

  /** Has the outline wait for a call of what is returned. */
  const withheld = (): (() => void) => {
    const answers: (() => void)[] = [];
    symbols = (document) =>
      new Promise((resolve) => {
        answers.push(() => resolve(codeSymbols(document)));
      });
    return () => {
      symbols = codeSymbols;
      for (const answer of answers) {
        answer();
      }
    };
  };

  it('shows blocks and says so while an outline does not come, and the outline when it does', async () => {
    const answer = withheld();
    await showText(CODE);
    await shows('import x');
    assert.match(access.sections.message ?? '', /^Blocks .* until the outline of this text comes/);
    answer();
    await shows('Fruit');
    assert.equal(access.sections.message, '');
  });

  it('says when figures are of before the last edit, until the outline comes', async () => {
    symbols = codeSymbols;
    const editor = await showText(CODE);
    const before = await shows('Fruit');
    const answer = withheld();
    await editor.edit((edit) => edit.insert(new vscode.Position(3, 2), 'banana bread '));
    await until(() =>
      access.sections.message?.startsWith('As it was before the last edit') === true ? true : undefined,
    );
    assert.deepEqual(rows(), before);
    answer();
    const text = editor.document.getText();
    await shows(`Fruit ${share(text.slice(text.indexOf('class'), text.indexOf('\n\nfunction')), text)}`);
    assert.equal(access.sections.message, '');
  });

  it('goes to a section on a click, and selects it', async () => {
    symbols = codeSymbols;
    const { document } = await showText(CODE);
    await shows('Fruit');
    const last = access.sections.tree.getChildren()[1];
    assert.ok(last);
    const { command } = access.sections.tree.getTreeItem(last);
    assert.equal(command?.command, REVEAL_SECTION);
    await vscode.commands.executeCommand(command.command, ...(command.arguments as unknown[]));
    const editor = await until(() =>
      vscode.window.activeTextEditor?.selection.isEmpty === false
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.equal(editor.document.getText(editor.selection), 'function last() {}');
    assert.equal(editor.document, document);
  });

  it('does nothing for what is no row of it', async () => {
    const editor = await showText(CODE);
    const before = editor.selection;
    for (const argument of [undefined, 7, {}, { row: 'section', section: { start: 1, end: 3 } }]) {
      await vscode.commands.executeCommand(REVEAL_SECTION, argument);
      await vscode.commands.executeCommand(SHOW_MORE_SECTIONS, argument);
    }
    assert.deepEqual(editor.selection, before);
  });

  it('shows a hostile name as it is', async () => {
    const name = '$(bug) [x](command:evil)\n\u202e';
    symbols = (document) => [symbol(document, name, 'a', 'a')];
    await showText('a');
    await shows('$\u2060(bug) [x]\u2060(command:evil)‹U+000A›‹U+202E›');
  });

  it('shows many sections some at a time', async () => {
    symbols = (document) =>
      Array.from({ length: 1_200 }, (_, line) => {
        const { range } = document.lineAt(line);
        return new vscode.DocumentSymbol(`s${line}`, '', vscode.SymbolKind.Key, range, range);
      });
    await showText('banana\n'.repeat(1_200));
    const shown = await shows('s0');
    assert.equal(shown.length, 501);
    assert.equal(shown.at(-1), 'Show more of 701 others');
    const more = access.sections.tree.getChildren().at(-1);
    assert.ok(more);
    const { command } = access.sections.tree.getTreeItem(more);
    await vscode.commands.executeCommand(SHOW_MORE_SECTIONS, ...(command?.arguments as unknown[]));
    assert.equal(rows().length, 1_001);
  });

  it('says that a text is too large, and that one is empty', async () => {
    await showText('');
    await until(() => access.sections.message === 'There is nothing in this text.' || undefined);
    const line = `${'the quick brown fox '.repeat(10)}\n`;
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({
        content: line.repeat(Math.ceil(LARGEST_TEXT / line.length) + 1),
      }),
    );
    await until(() =>
      access.sections.message?.startsWith('This text is too large') === true ? true : undefined,
    );
    assert.deepEqual(rows(), []);
  });

  it('goes on while an inspector has the focus, and shows nothing without an editor', async () => {
    await showText('a banana');
    await shows('a banana');
    await vscode.commands.executeCommand(COMMANDS.newInspector);
    await until(() => vscode.window.activeTextEditor === undefined || undefined);
    assert.equal(rows()[0]?.startsWith('a banana'), true);
    await closeEditors();
    await until(() => access.sections.document === undefined || undefined);
    assert.deepEqual(rows(), []);
  });

  it('follows no document while it is not visible', async () => {
    const restore = await withSetting('statusBar.tokens', false);
    await showText('a banana');
    await shows('a banana');
    assert.equal(access.documents.followedCount, 1);
    await vscode.commands.executeCommand('workbench.view.search');
    await until(() => access.documents.followedCount === 0 || undefined);
    assert.equal(access.sections.document, undefined);
    assert.equal(access.sections.tree.shown, undefined);
    await vscode.commands.executeCommand(FOCUS_SECTIONS);
    await shows('a banana');
    await restore();
  });
});
