import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Gpt2Tokenizer } from '../../src/core/tokenizer/gpt2Tokenizer';
import { legendMarkdown, legendPart } from '../../src/editor/bands/bandLegendText';
import { COMMANDS } from '../../src/editor/commandIds';
import type { TestAccess } from '../../src/extension';
import { CheckpointOracle, norm } from '../e2e/checkpointOracle';
import { activated, answered, closeEditors, showText, until, withSetting } from './extensionAccess';

const tokenizer = Gpt2Tokenizer.shared();

interface PlainToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly index: number;
}

/** The tokens of a whole text, by the tokenizer alone. */
function tokensOf(text: string): PlainToken[] {
  const { ids, offsets } = tokenizer.encodeWithOffsets(text);
  return ids.map((id, index) => {
    const [start, end] = offsets[index] ?? [0, 0];
    return { id, start, end, index };
  });
}

/** Those of a text that hold a part of a range. */
function tokensWithin(text: string, start: number, end: number): PlainToken[] {
  return tokensOf(text).filter((token) => token.start < end && token.end > start);
}

/** The visible editors in groups: the log, in the panel, counts as an editor too. */
const groupedEditors = (): readonly vscode.TextEditor[] =>
  vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme !== 'output');

const toggle = (): Thenable<unknown> => vscode.commands.executeCommand(COMMANDS.toggleBands);
const colorBy = (by: string, query?: string): Thenable<unknown> =>
  vscode.commands.executeCommand(COMMANDS.colorBands, { by, ...(query !== undefined && { query }) });

describe('token bands', () => {
  let access: TestAccess;

  let restoreCounts: () => Promise<void>;

  before(async () => {
    access = await activated();
    // It would hold the tokens of the active editor too.
    restoreCounts = await withSetting('statusBar.tokens', false);
  });

  after(() => restoreCounts());

  afterEach(async () => {
    await closeEditors();
    await until(() => (access.bands.isIdle && access.bands.editorCount === 0 ? true : undefined));
    await until(() => (access.documents.followedCount === 0 && access.documents.isIdle ? true : undefined));
  });

  /** What an editor shows as soon as it is of the present text. */
  function painted(
    editor: vscode.TextEditor,
  ): Promise<NonNullable<ReturnType<TestAccess['bands']['painted']>>> {
    return until(() => {
      const shown = access.bands.painted(editor);
      return shown?.version === editor.document.version && shown.tokens.length > 0 ? shown : undefined;
    });
  }

  it('show the tokens that the whole text has, alternately, and go without leaving anything that listens', async () => {
    const listeners = access.session.listenerCount;
    const text = 'import numpy as np\n\nShe ate a ripe banana.\t🍌 日本語\n';
    const editor = await showText(text);
    await toggle();
    assert.equal(access.bands.isOn(editor), true);
    assert.equal(access.bands.editorCount, 1);
    const { tokens, parts } = await painted(editor);
    assert.deepEqual(tokens, tokensOf(text));
    const fillsOfFirstLine = parts.filter(({ line, style }) => line === 0 && style.startsWith('fill'));
    assert.deepEqual(
      fillsOfFirstLine.map(({ style, start, end }) => [style, start, end]),
      [
        ['fill bandA 0', 0, 6],
        ['fill bandB 0', 6, 8],
        ['fill bandA 0', 8, 12],
        ['fill bandB 0', 12, 15],
        ['fill bandA 0', 15, 18],
      ],
    );
    await toggle();
    assert.equal(access.bands.isOn(editor), false);
    assert.equal(access.bands.painted(editor), undefined);
    assert.equal(access.bands.isIdle, true);
    assert.equal(access.documents.followedCount, 0);
    assert.equal(access.session.listenerCount, listeners);
  });

  it('are of the new text already in the event of an edit', async () => {
    const editor = await showText('She ate a ripe banana.\n'.repeat(20));
    await toggle();
    await painted(editor);
    const seen: boolean[] = [];
    const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === editor.document && contentChanges.length > 0) {
        const shown = access.bands.painted(editor);
        seen.push(
          shown?.version === document.version &&
            JSON.stringify(shown.tokens) === JSON.stringify(tokensOf(document.getText())),
        );
      }
    });
    for (const [at, typed] of [
      [5, 'x'],
      [0, '語'],
      [30, '\n\n  '],
    ] as const) {
      await editor.edit((edit) => {
        edit.insert(editor.document.positionAt(at), typed);
      });
    }
    await vscode.commands.executeCommand('undo');
    listener.dispose();
    assert.deepEqual(seen, [true, true, true, true]);
    await editor.document.save();
  });

  it('are of the new text wherever one sees it in the event of an edit of a long text, and around it after a pause', async () => {
    const lines = Array.from({ length: 3_000 }, (_, line) => `Line ${line} has banana ${line * 7} times.`);
    const editor = await showText(lines.join('\n'));
    const at = new vscode.Position(1_500, 5);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
    await until(() => (editor.visibleRanges.some((range) => range.contains(at)) ? true : undefined));
    await toggle();
    const atRest = await painted(editor);
    const seen: { count: number; isRight: boolean }[] = [];
    const listener = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document === editor.document && contentChanges.length > 0) {
        const shown = access.bands.painted(editor);
        const [start, end] = [shown?.tokens[0]?.start ?? 0, shown?.tokens.at(-1)?.end ?? 0];
        const isRight =
          shown?.version === document.version &&
          JSON.stringify(shown.tokens) === JSON.stringify(tokensWithin(document.getText(), start, end)) &&
          editor.visibleRanges.every(
            (range) => start <= document.offsetAt(range.start) && document.offsetAt(range.end) <= end,
          );
        seen.push({ count: shown?.tokens.length ?? 0, isRight });
      }
    });
    for (const typed of [' word', 'x', '\n', '語']) {
      await editor.edit((edit) => edit.insert(editor.selection.active, typed));
    }
    listener.dispose();
    assert.equal(seen.length, 4);
    for (const { count, isRight } of seen) {
      assert.ok(isRight);
      assert.ok(
        count < atRest.tokens.length / 2,
        `${count} of ${atRest.tokens.length} tokens were painted anew`,
      );
    }
    await until(() =>
      (access.bands.painted(editor)?.tokens.length ?? 0) > 0.9 * atRest.tokens.length ? true : undefined,
    );
    await editor.document.save();
  });

  it('keep their colors while scrolling, and are painted only where one comes to', async () => {
    const lines = Array.from({ length: 3_000 }, (_, line) => `Line ${line} has banana ${line * 7} times.`);
    const text = lines.join('\n');
    const editor = await showText(text);
    await toggle();
    const first = await painted(editor);
    const last = first.tokens.at(-1);
    assert.ok(last && last.end < text.length / 2, 'all of a long text was painted');
    await vscode.commands.executeCommand('editorScroll', { to: 'down', by: 'line', value: 3 });
    await until(() => ((editor.visibleRanges[0]?.start.line ?? 0) > 0 ? true : undefined));
    assert.equal(access.bands.painted(editor)?.paintCount, first.paintCount, 'painted anew for three lines');
    await vscode.commands.executeCommand('editorScroll', { to: 'down', by: 'page', value: 2 });
    const second = await until(() => {
      const shown = access.bands.painted(editor);
      return shown && shown.paintCount > first.paintCount ? shown : undefined;
    });
    const [start, end] = [second.tokens[0]?.start ?? 0, second.tokens.at(-1)?.end ?? 0];
    assert.deepEqual(second.tokens, tokensWithin(text, start, end));
    const styleAt = (shown: typeof first): Map<string, string> =>
      new Map(
        shown.parts
          .filter(({ style }) => style.startsWith('fill'))
          .map((part) => [`${part.line}:${part.start}`, part.style]),
      );
    const [before, after] = [styleAt(first), styleAt(second)];
    const kept = [...after].filter(([place]) => before.has(place));
    assert.ok(kept.length > 100, 'the two paintings have too little in common');
    for (const [place, style] of kept) {
      assert.equal(before.get(place), style, place);
    }
    for (const { start: from, end: to } of editor.visibleRanges) {
      assert.ok(start <= editor.document.offsetAt(from) && editor.document.offsetAt(to) <= end);
    }
  });

  it('are limited to what is around the cursor in a line without end', async () => {
    const text = 'banana '.repeat(30_000);
    const editor = await showText(text);
    await toggle();
    const first = await painted(editor);
    assert.ok(first.tokens.length < 20_000);
    assert.equal(first.tokens[0]?.start, 0);
    const at = new vscode.Position(0, 150_000);
    editor.selection = new vscode.Selection(at, at);
    const second = await until(() => {
      const shown = access.bands.painted(editor);
      return shown && shown.paintCount > first.paintCount ? shown : undefined;
    });
    const [start, end] = [second.tokens[0]?.start ?? 0, second.tokens.at(-1)?.end ?? 0];
    assert.ok(start < 150_000 && 150_000 < end && end - start < 60_000, `${start} … ${end}`);
    assert.deepEqual(second.tokens, tokensWithin(text, start, end));
  });

  it('belong to a document in an editor group, and come back with its tab', async () => {
    const one = await showText('apple banana');
    await toggle();
    await painted(one);
    const beside = await vscode.window.showTextDocument(one.document, vscode.ViewColumn.Two);
    assert.equal(access.bands.isOn(beside), false);
    assert.equal(access.bands.isOn(one), true);
    assert.ok(access.bands.painted(one));
    const other = await showText('cherry');
    await until(() => (access.bands.editorCount === 0 ? true : undefined));
    assert.equal(access.bands.isOn(other), false);
    const again = await vscode.window.showTextDocument(one.document, vscode.ViewColumn.One);
    assert.equal(access.bands.isOn(again), true);
    assert.deepEqual((await painted(again)).tokens, tokensOf('apple banana'));
  });

  it('stay where they are when the editor is split, and are off in the new one', async () => {
    const one = await showText('apple banana');
    await toggle();
    await painted(one);
    await vscode.commands.executeCommand('workbench.action.splitEditor');
    const beside = await until(() =>
      groupedEditors().length === 2 && vscode.window.activeTextEditor !== one
        ? vscode.window.activeTextEditor
        : undefined,
    );
    assert.equal(beside.viewColumn, vscode.ViewColumn.Two);
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'other' }),
      vscode.ViewColumn.Two,
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const left = await until(() =>
      vscode.window.visibleTextEditors.find(({ viewColumn }) => viewColumn === vscode.ViewColumn.One),
    );
    assert.equal(access.bands.isOn(left), true);
    assert.ok(access.bands.painted(left));
    assert.equal(access.bands.editorCount, 1);
  });

  it('go with a tab that is moved to another group', async () => {
    const one = await showText('apple banana');
    await toggle();
    await painted(one);
    await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'stays' }),
      vscode.ViewColumn.One,
    );
    await vscode.window.showTextDocument(one.document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
    const moved = await until(() =>
      vscode.window.visibleTextEditors.find(
        ({ document, viewColumn }) => document === one.document && viewColumn === vscode.ViewColumn.Two,
      ),
    );
    assert.deepEqual((await painted(moved)).tokens, tokensOf('apple banana'));
    assert.equal(access.bands.editorCount, 1);
    await vscode.commands.executeCommand('workbench.action.moveEditorToPreviousGroup');
    const back = await until(() =>
      vscode.window.visibleTextEditors.find(
        ({ document, viewColumn }) => document === one.document && viewColumn === vscode.ViewColumn.One,
      ),
    );
    await painted(back);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => (access.bands.editorCount === 0 ? true : undefined));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  const closeAll = async (): Promise<void> => {
    await closeEditors();
    await until(() => (access.bands.isIdle && access.bands.editorCount === 0 ? true : undefined));
  };

  it('come back with a file that is opened again, or stay away, as it was left by hand', async () => {
    const { document } = await showText('apple banana');
    await toggle();
    await closeAll();
    const again = await vscode.window.showTextDocument(document.uri);
    assert.deepEqual((await painted(again)).tokens, tokensOf('apple banana'));
    assert.equal(access.bands.isOn(again), true);
    await toggle();
    await closeAll();
    await showText('other');
    await toggle();
    const later = await vscode.window.showTextDocument(document.uri);
    assert.equal(access.bands.isOn(later), false);
  });

  it('do not come back where something else has switched them on, as a split view does', async () => {
    const editor = await showText('apple banana');
    access.bands.toggle(editor);
    await painted(editor);
    await closeAll();
    const again = await vscode.window.showTextDocument(editor.document.uri);
    assert.equal(access.bands.isOn(again), false);
  });

  it('are on by themselves where the setting says so, but in files in which they were switched off', async () => {
    const restore = await withSetting('bands.enabled', true);
    const editor = await showText('apple banana');
    assert.deepEqual((await painted(editor)).tokens, tokensOf('apple banana'));
    await toggle();
    assert.equal(access.bands.isOn(editor), false);
    const other = await showText('cherry');
    await painted(other);
    await closeAll();
    const again = await vscode.window.showTextDocument(editor.document.uri);
    const beside = await vscode.window.showTextDocument(other.document.uri, {
      viewColumn: vscode.ViewColumn.Two,
    });
    await painted(beside);
    assert.equal(access.bands.isOn(again), false);
    await restore();
    await until(() => (access.bands.editorCount === 0 ? true : undefined));
  });

  it('are on by themselves in texts of a language, as soon as a text is of it', async () => {
    const markdown = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration('tokenscope', { languageId: 'markdown' });
    const { Global } = vscode.ConfigurationTarget;
    await markdown().update('bands.enabled', true, Global, true);
    const editor = await showText('apple banana');
    assert.equal(access.bands.isOn(editor), false);
    await vscode.languages.setTextDocumentLanguage(editor.document, 'markdown');
    assert.deepEqual((await painted(editor)).tokens, tokensOf('apple banana'));
    await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
    await until(() => (access.bands.editorCount === 0 ? true : undefined));
    await markdown().update('bands.enabled', undefined, Global, true);
  });

  it('stay when a document is saved for the first time, and when its file is renamed', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder, `saved-${crypto.randomUUID()}.txt`);
    const shownAs = (uri: vscode.Uri): Promise<vscode.TextEditor> =>
      until(() =>
        vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString()),
      );
    const untitled = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' })),
    );
    await untitled.edit((edit) => edit.insert(new vscode.Position(0, 0), 'ripe banana'));
    await toggle();
    await painted(untitled);
    await vscode.workspace.save(untitled.document.uri);
    assert.deepEqual((await painted(await shownAs(file))).tokens, tokensOf('ripe banana'));

    const renamed = vscode.Uri.joinPath(folder, `renamed-${crypto.randomUUID()}.txt`);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(file, renamed);
    await vscode.workspace.applyEdit(edit);
    assert.deepEqual((await painted(await shownAs(renamed))).tokens, tokensOf('ripe banana'));
    assert.equal(access.bands.editorCount, 1);
  });

  it('are not switched on for a text that was closed while a command waited: nothing would switch them off', async () => {
    // VS Code keeps a document that an extension has opened for minutes after its last tab; one of the user's own goes with it.
    await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
    const editor = await until(() =>
      vscode.window.visibleTextEditors.find(({ document }) => document.isUntitled),
    );
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await until(() => (editor.document.isClosed ? true : undefined));
    access.bands.toggle(editor);
    assert.equal(access.bands.isOn(editor), false);
    assert.equal(access.bands.isIdle, true);
  });

  it('work in documents that cannot be edited, and in the output panel', async () => {
    const scheme = vscode.workspace.registerTextDocumentContentProvider('band-test', {
      provideTextDocumentContent: () => 'read only banana',
    });
    const readOnly = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(vscode.Uri.parse('band-test:one.txt')),
    );
    await toggle();
    assert.deepEqual((await painted(readOnly)).tokens, tokensOf('read only banana'));
    await toggle();
    scheme.dispose();

    const channel = vscode.window.createOutputChannel('Band test');
    channel.append('output banana');
    channel.show();
    const output = await until(() => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.scheme === 'output' && editor.document.getText().includes('output banana')
        ? editor
        : undefined;
    });
    await toggle();
    assert.deepEqual((await painted(output)).tokens, tokensOf(output.document.getText()));
    channel.append(' and apple');
    await until(() => (output.document.getText().includes('and apple') ? true : undefined));
    assert.deepEqual((await painted(output)).tokens, tokensOf(output.document.getText()));
    await toggle();
    channel.dispose();
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('skip what is folded away, and are right around it', async () => {
    const folded = Array.from({ length: 2_000 }, (_, line) => `    banana ${line}`);
    const text = ['first:', ...folded, 'second:', '    apple', 'third'].join('\n');
    const editor = await showText(text);
    await vscode.commands.executeCommand('editor.foldAll');
    await until(() => (editor.visibleRanges.length > 1 ? true : undefined));
    await toggle();
    const { tokens, windows } = await painted(editor);
    assert.ok(tokens.length < 0.5 * tokensOf(text).length, `${tokens.length} tokens were painted`);
    const expected = windows
      .flatMap(({ start, end }) => tokensWithin(text, start, end))
      .filter((token, index, all) => token.index > (all[index - 1]?.index ?? -1));
    assert.deepEqual(tokens, expected);
    for (const { start, end } of editor.visibleRanges) {
      const [from, to] = [editor.document.offsetAt(start), editor.document.offsetAt(end)];
      assert.ok(windows.some((window) => window.start <= from && to <= window.end));
    }
  });

  it('work in untitled documents, cells of notebooks and comparisons', async () => {
    const untitled = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument({ content: 'untitled banana' }),
    );
    await toggle();
    assert.deepEqual((await painted(untitled)).tokens, tokensOf('untitled banana'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'banana = 1', 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    await vscode.commands.executeCommand('notebook.cell.edit');
    const cellEditor = await until(() =>
      vscode.window.activeTextEditor?.document === notebook.cellAt(0).document
        ? vscode.window.activeTextEditor
        : undefined,
    );
    await toggle();
    assert.deepEqual((await painted(cellEditor)).tokens, tokensOf('banana = 1'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

    const [left, right] = [
      (await showText('left banana')).document,
      (await showText('right apple')).document,
    ];
    await vscode.commands.executeCommand('vscode.diff', left.uri, right.uri);
    const side = await until(() => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document === right && groupedEditors().length === 2 ? editor : undefined;
    });
    await toggle();
    assert.deepEqual((await painted(side)).tokens, tokensOf('right apple'));
  });

  it('show white space by signs, unless the setting says otherwise', async () => {
    const editor = await showText('a\n    b\n\tc');
    await toggle();
    const signs = (): string[] =>
      (access.bands.painted(editor)?.parts ?? [])
        .filter(({ style }) => !style.startsWith('fill'))
        .map(({ style, line, start }) => `${style.replace(/ band[AB] single/, '')} ${line}:${start}`);
    await painted(editor);
    assert.deepEqual(signs(), [
      'lineEnd 0:1',
      'space 1:0',
      'space 1:1',
      'space 1:2',
      'lineEnd 1:5',
      'tab 2:0',
    ]);
    const restore = await withSetting('bands.whiteSpace', false);
    await until(() => (signs().length === 0 ? true : undefined));
    await restore();
    await until(() => (signs().length === 6 ? true : undefined));
  });

  describe('colored by a value', () => {
    let oracle: CheckpointOracle;
    let rowNorms: Float64Array;
    const text =
      'Mike met Michael at the cosmic bowling night.\nShe ate a ripe banana, 42 apples and 日本.\n';
    const rowCount = 50_257;

    before(async () => {
      const model = vscode.workspace.getConfiguration('tokenscope').get<string>('model');
      assert.ok(model);
      oracle = new CheckpointOracle(model);
      rowNorms = Float64Array.from({ length: rowCount }, (_, id) => norm(oracle.row(id)));
      access.session.reset();
      await access.session.ensureReady();
    });

    /** Checks each fill by the share of all tokens that have a smaller value; a per cent around a border may be either. */
    function assertShares(
      shown: NonNullable<ReturnType<TestAccess['bands']['painted']>>,
      valueOf: (id: number) => number,
      all: Iterable<number>,
    ): void {
      const sorted = Float64Array.from(all).sort();
      const fills = new Map(
        shown.parts.flatMap((part) => {
          const fill = /^fill value(\d)/.exec(part.style)?.[1];
          return fill === undefined ? [] : [[`${part.line}:${part.start}`, Number(fill)] as const];
        }),
      );
      let checked = 0;
      const lines = text.split('\n');
      const starts = lines.map((_, line) => lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1));
      let covered = 0;
      for (const token of shown.tokens) {
        const line = starts.filter((start) => start <= token.start).length - 1;
        const fill = fills.get(`${line}:${token.start - (starts[line] ?? 0)}`);
        if (fill === undefined || token.start < covered) {
          continue;
        }
        covered = token.end;
        checked++;
        const below = sorted.findIndex((value) => value >= valueOf(token.id)) / sorted.length;
        const inSevenths = below * 7;
        const isNearBorder = Math.abs(inSevenths - Math.round(inSevenths)) < 0.07;
        assert.ok(
          fill === Math.floor(inSevenths) + 1 || isNearBorder,
          `token ${token.id} is in share ${fill}, with ${below} below`,
        );
      }
      assert.ok(checked > 20, `only ${checked} tokens have a fill`);
      assert.ok(new Set(fills.values()).size > 3, 'nearly all have the same fill');
    }

    const colored = (editor: vscode.TextEditor): ReturnType<typeof painted> =>
      until(() => {
        const shown = access.bands.painted(editor);
        return shown?.parts.some(({ style }) => style.startsWith('fill value')) === true ? shown : undefined;
      });

    it('fills by the norm in seven equal shares of all tokens, as the checkpoint has them', async () => {
      const editor = await showText(text);
      await colorBy('norm');
      const shown = await colored(editor);
      assert.deepEqual(shown.tokens, tokensOf(text));
      assertShares(shown, (id) => rowNorms[id] ?? Number.NaN, rowNorms);
      const { explained } = access.bands;
      assert.equal(explained?.measure.kind, 'norm');
      assert.ok(Math.abs((explained.scale?.least ?? 1) - Math.min(...rowNorms)) < 1e-9);
      assert.equal(explained.model?.name, 'gpt2-planted');
    });

    it('fills by the similarity to a token', async () => {
      const editor = await showText(text);
      const mike = oracle.ranked(oracle.row(16_073), 'cosine');
      const cosines = new Map(mike.map(({ id, score }) => [id, score]));
      await colorBy('similarity', 'Mike');
      const shown = await colored(editor);
      assertShares(shown, (id) => cosines.get(id) ?? Number.NaN, cosines.values());
    });

    it('fills by token ids without a model', async () => {
      access.session.reset();
      const editor = await showText(text);
      await colorBy('tokenId');
      assertShares(
        await colored(editor),
        (id) => id,
        Array.from({ length: rowCount }, (_, id) => id),
      );
      assert.equal(access.session.state.state, 'none');
      await access.session.ensureReady();
    });

    it('fills by characters per token without a model, and tells those of a token', async () => {
      access.session.reset();
      const editor = await showText('I ate a banana 🍌');
      await vscode.commands.executeCommand(COMMANDS.colorBands, { by: 'characters' });
      const shown = await colored(editor);
      // I, ␣ate, ␣a, ␣banana; of the emoji, whose tokens are drawn as one, the first.
      assert.deepEqual(
        shown.parts.filter(({ style }) => style.startsWith('fill ')).map(({ style }) => style.split(' ')[1]),
        ['value7', 'value4', 'value6', 'value2', 'value6'],
      );
      assert.equal(access.session.state.state, 'none');
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        editor.document.uri,
        new vscode.Position(0, 10),
      );
      const card = hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (content as vscode.MarkdownString).value)
        .join();
      assert.match(card, /characters.*>7<.*on average in this text/s);
      await access.session.ensureReady();
    });

    it('follows the query of the inspector', async () => {
      const editor = await showText(text);
      await vscode.commands.executeCommand(COMMANDS.findNeighbors, 'Mike');
      await answered(access, 'Mike');
      await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
      await vscode.commands.executeCommand(COMMANDS.colorBands, { by: 'inspector' });
      assert.equal(access.bands.measure?.kind === 'similarity' && access.bands.measure.line, 'Mike');
      const before = await colored(editor);
      await vscode.commands.executeCommand(COMMANDS.findNeighbors, 'apple');
      const after = await until(() => {
        const shown = access.bands.painted(editor);
        const { measure } = access.bands;
        const isOther = measure?.kind === 'similarity' && measure.line === 'apple';
        return isOther && shown?.parts.some(({ style }) => style.startsWith('fill value')) === true
          ? shown
          : undefined;
      });
      assert.notDeepEqual(after.parts, before.parts);
    });

    it('says in the legend that the numbers are those of sample vectors', async () => {
      const restore = await withSetting('model', 'sample');
      const editor = await showText(text);
      await colorBy('norm');
      await colored(editor);
      const { explained } = access.bands;
      assert.ok(explained);
      assert.match(legendMarkdown(explained), /Sample vectors, not GPT-2/);
      assert.equal(legendPart(explained).icon, 'beaker');
      await vscode.commands.executeCommand(COMMANDS.colorBands, { by: 'tokenId' });
      const byId = access.bands.explained;
      assert.ok(byId);
      assert.doesNotMatch(legendMarkdown(byId), /Sample vectors/, 'token ids are no numbers of a model');
      await restore();
      await access.session.ensureReady();
    });

    it('has a legend only while the active editor is colored so', async () => {
      await showText(text);
      await colorBy('norm');
      assert.ok(access.bands.explained);
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ content: 'plain' }),
        vscode.ViewColumn.Two,
      );
      await until(() => (access.bands.explained === undefined ? true : undefined));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await until(() => (access.bands.explained ? true : undefined));
      await colorBy('alternating');
      assert.equal(access.bands.explained, undefined);
    });

    it('alternates again where another model cannot be loaded', async () => {
      const editor = await showText(text);
      await colorBy('norm');
      await colored(editor);
      const restore = await withSetting('model', '/nowhere/model.safetensors');
      await until(() => (access.bands.measure === undefined ? true : undefined));
      const shown = await painted(editor);
      assert.ok(shown.parts.some(({ style }) => style.startsWith('fill bandA')));
      await restore();
    });
  });
});
