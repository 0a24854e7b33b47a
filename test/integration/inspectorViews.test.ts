import assert from 'node:assert/strict';
import fs from 'node:fs';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { activated, answered, closeEditors, showText, until } from './extensionAccess';

const MIKE = 16_073;
const [BAN, ANA] = [3_820, 2_271];

/** Rows of the checkpoint that the settings name, read by this test alone. */
function rowsOfCheckpoint(...ids: readonly number[]): number[][] {
  const configured = vscode.workspace.getConfiguration('tokenscope').get<string>('model') ?? '';
  const file = fs.statSync(configured).isDirectory() ? `${configured}/model.safetensors` : configured;
  const handle = fs.openSync(file, 'r');
  const read = (length: number, at: number): Buffer => {
    const bytes = Buffer.alloc(length);
    assert.equal(fs.readSync(handle, bytes, 0, length, at), length);
    return bytes;
  };
  const headerLength = Number(read(8, 0).readBigUInt64LE());
  const header = JSON.parse(read(headerLength, 8).toString('utf8')) as Record<
    string,
    { shape: number[]; data_offsets: [number, number] }
  >;
  const { shape, data_offsets: offsets } = header['wte.weight']!;
  const dimension = shape[1]!;
  const rows = ids.map((id) => {
    const bytes = read(4 * dimension, 8 + headerLength + offsets[0] + 4 * dimension * id);
    return Array.from({ length: dimension }, (_, j) => bytes.readFloatLE(4 * j));
  });
  fs.closeSync(handle);
  return rows;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, j) => sum + value * (b[j] ?? 0), 0);

function shown<Value>(
  access: TestAccess,
  part: (snapshot: PanelSnapshot) => Value | undefined,
): Promise<Value> {
  return until(() => {
    const snapshot = access.panels.current?.shown;
    return snapshot && part(snapshot);
  });
}

describe('views of the inspector', () => {
  afterEach(() => closeEditors());

  it('compare ban and ana as a computation from the file does', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.compareTokens', { texts: ['ban', 'ana'] });
    const pair = await shown(access, ({ compare }) => compare?.pair);
    const [a, b] = rowsOfCheckpoint(BAN, ANA);
    assert.ok(a && b);
    assert.deepEqual(pair.a, a);
    assert.deepEqual(pair.b, b);
    assert.ok(Math.abs(pair.cosine - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))) < 1e-6);
    assert.ok(Math.abs(pair.dot - dot(a, b)) < 1e-6);
    assert.ok((pair.rankOfB ?? 0) > 1);
    assert.equal(access.panels.current?.panel.title, 'Compare: ban, ana');
  });

  it('compare the words at two cursors, as they stand there', async () => {
    const access = await activated();
    const editor = await showText('Mike met Michael.');
    editor.selections = [new vscode.Selection(0, 2, 0, 2), new vscode.Selection(0, 12, 0, 12)];
    await vscode.commands.executeCommand('tokenscope.compareTokens');
    const compare = await shown(access, ({ compare: view }) => (view?.pair ? view : undefined));
    assert.deepEqual(
      compare.items.map(({ text }) => text),
      ['Mike', '" Michael"'],
    );
    assert.equal(access.panels.current?.panel.title, 'Compare: Mike, ␣Michael');
    const [a, b] = rowsOfCheckpoint(...compare.items.map(({ pieces }) => pieces[0]?.id ?? NaN));
    assert.ok(a && b && compare.pair);
    assert.ok(Math.abs(compare.pair.cosine - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))) < 1e-6);
  });

  it('compare tokens that were named by ids as words, and go back to the query', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const inspector = access.panels.current;
    assert.ok(inspector);
    const ways = (): unknown[] => {
      const { view, canGoBack, canGoForward } = inspector.shown ?? {};
      return [view, canGoBack, canGoForward];
    };
    assert.deepEqual(ways(), ['neighbors', false, false]);
    await vscode.commands.executeCommand('tokenscope.compareTokens', { texts: [`#${MIKE}`, '#4995'] });
    const compare = await shown(access, ({ compare: view }) => (view?.pair ? view : undefined));
    assert.deepEqual(
      compare.items.map(({ text }) => text),
      ['Mike', '" Mike"'],
    );
    assert.equal(inspector.panel.title, 'Compare: Mike, ␣Mike');
    assert.deepEqual(ways(), ['compare', true, false]);
    inspector.inspection.go(-1);
    assert.equal(inspector.panel.title, 'Neighbors: Mike');
    assert.deepEqual(ways(), ['neighbors', false, false]);
  });

  it('show the page of a token: its facts, its measures and its neighbors under two metrics', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    access.panels.current?.inspection.chooseView('token');
    const page = await shown(access, ({ tokenPage }) => (tokenPage?.milliseconds ? tokenPage : undefined));
    assert.equal(page.token.id, MIKE);
    const [row] = rowsOfCheckpoint(MIKE);
    assert.ok(Math.abs((page.measures?.norm ?? NaN) - Math.sqrt(dot(row!, row!))) < 1e-6);
    assert.equal(page.neighbors?.[0].neighbors[0]?.token.plain, '␣Mike');
    assert.equal(page.neighbors[0].neighbors[0].score.toFixed(3), '0.857');
    assert.equal(page.variants.find(({ text }) => text === ' Mike')?.cosine?.toFixed(3), '0.857');
  });

  it('change the metric, tell the ranks under the one before, and verify', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    access.panels.current?.inspection.change({ metric: 'dot' });
    const answer = await shown(access, ({ answer: found }) =>
      found?.previousMetric === 'cosine' ? found : undefined,
    );
    assert.equal(answer.metric, 'dot');
    const previousRankOf = (plain: string): number | undefined =>
      answer.neighbors.find(({ token }) => token.plain === plain)?.previousRank;
    assert.deepEqual(['Mike', '␣Mike', 'Michael'].map(previousRankOf), [1, 2, 3]);
    assert.ok((answer.distribution?.total ?? 0) > 50_000);
    await vscode.commands.executeCommand('tokenscope.verifySimilarity');
    const verification = await shown(access, ({ verification: found }) => found);
    assert.equal(verification.sameOrder, true);
    assert.equal(verification.correlation.toFixed(3), '1.000');
  });

  it('do not show what was verified of a list that another has replaced meanwhile', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const inspector = access.panels.current!;
    const verified = inspector.inspection.verify();
    inspector.inspection.change({ k: 7 });
    assert.equal(await verified, false);
    assert.equal(inspector.inspection.snapshot.verification, undefined);
  });

  it('open another inspector in the same group, which ranks alike, and leave the first as it is', async () => {
    const access = await activated();
    await showText('Mike');
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const first = access.panels.current!;
    first.inspection.change({ metric: 'euclidean' });
    first.openAnother({ text: 'Chris', form: 'bare', vector: 'mean' });
    const { metric } = await answered(access, 'Chris');
    assert.equal(metric, 'euclidean');
    assert.notEqual(access.panels.current, first);
    assert.equal(access.panels.current?.panel.viewColumn, first.panel.viewColumn);
    assert.equal(first.inspection.history.current?.text, 'Mike');
  });

  it('follow the cursor in one step of the history when they are not pinned', async () => {
    const access = await activated();
    const editor = await showText('Mike met Michael and Chris.');
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'banana');
    await answered(access, 'banana');
    access.panels.current?.pin(false);
    for (const [column, word] of [
      [10, 'Michael'],
      [22, 'Chris'],
    ] as const) {
      editor.selection = new vscode.Selection(0, column, 0, column);
      await answered(access, word);
    }
    assert.equal(access.panels.current?.inspection.history.toMemento().history.length, 2);
    access.panels.current.pin(true);
  });

  it('are several at once, each with its own query', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const first = access.panels.current;
    await vscode.commands.executeCommand('tokenscope.newInspector');
    await answered(access, 'Mike');
    assert.notEqual(access.panels.current, first);
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Michael');
    await answered(access, 'Michael');
    assert.equal(first?.shown?.query?.text, 'Mike');
  });

  it('are told nothing while they are hidden and have no page, and all of it when they are shown again', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const inspector = access.panels.current;
    assert.ok(inspector);
    const { document } = await showText('Mike met Michael.');
    const { viewColumn } = inspector.panel;
    await vscode.window.showTextDocument(document, { ...(viewColumn && { viewColumn }) });
    await until(() => (inspector.panel.visible ? undefined : true));
    assert.equal(inspector.connection.isPageReady, false);
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Michael');
    await answered(access, 'Michael');
    assert.equal(access.panels.current, inspector);
    assert.equal(inspector.connection.isPageReady, true);
  });

  it('ask again what a saved list has asked', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'king - man + woman');
    await answered(access, 'king - man + woman');
    const inspector = access.panels.current;
    inspector?.inspection.change({ k: 7, metric: 'euclidean' });
    const before = await shown(access, ({ answer }) => (answer?.metric === 'euclidean' ? answer : undefined));
    await inspector?.exports.exportList({ type: 'exportList', format: 'json', to: 'clipboard' });
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder, 'saved.json');
    const saved = await vscode.env.clipboard.readText();
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(saved));
    inspector?.panel.dispose();
    await vscode.commands.executeCommand('tokenscope.openSavedNeighbors', uri);
    const after = await shown(access, ({ answer }) => answer);
    assert.deepEqual(
      after.neighbors.map(({ token, score }) => [token.id, score]),
      before.neighbors.map(({ token, score }) => [token.id, score]),
    );
    assert.equal(after.neighbors.length, 7);
    await vscode.workspace.fs.delete(uri);
  });

  it('have a page that can neither move its base nor send a form', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', { text: 'Mike' });
    const page = await until(() => access.panels.current?.panel.webview.html);
    const [, policy = ''] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    for (const directive of [`default-src 'none'`, `base-uri 'none'`, `form-action 'none'`]) {
      assert.ok(policy.split('; ').includes(directive), directive);
    }
    assert.doesNotMatch(policy, /unsafe-/);
  });

  it('open no saved list that is no regular file: a pipe or a device may never end', async () => {
    const access = await activated();
    let reads = 0;
    const files = new OneIrregularFile(() => reads++);
    const registration = vscode.workspace.registerFileSystemProvider('irregular', files, {
      isReadonly: true,
    });
    try {
      await vscode.commands.executeCommand(
        'tokenscope.openSavedNeighbors',
        vscode.Uri.parse('irregular:/pipe.json'),
      );
      assert.equal(reads, 0);
      assert.equal(access.panels.current, undefined);
    } finally {
      registration.dispose();
    }
  });
});

/** A file system with a pipe, as VS Code tells of one: of no type it knows, and without a size. */
class OneIrregularFile implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly onRead: () => void) {}

  stat(): vscode.FileStat {
    return { type: vscode.FileType.Unknown, ctime: 0, mtime: 0, size: 0 };
  }

  readFile(): Uint8Array {
    this.onRead();
    return new Uint8Array();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}
