import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { EmbeddingState } from '../../src/engine/session/embeddingState';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { activated, answered, closeEditors, showText, until, withSetting } from './extensionAccess';

const WORDS = ['king 1 0 0', 'queen 0.9 0.1 0', 'man 0.5 0.5 0', 'apple 0 0 1', 'New York 0 1 0'];

describe('files of other vectors', () => {
  let folder: string;
  let restore: (() => Promise<void>) | undefined;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-vectors-'));
    await fs.writeFile(path.join(folder, 'small.txt'), `${WORDS.join('\n')}\n`);
  });

  afterEach(async () => {
    await restore?.();
    restore = undefined;
  });

  after(() => fs.rm(folder, { recursive: true, force: true }));

  /** The inspector's snapshot as soon as it says why there is no answer. */
  const refused = async (query: string): Promise<PanelSnapshot> => {
    const access = await activated();
    return until(() => {
      const shown = access.panels.current?.shown;
      return shown?.query?.text === query && shown.query.syntaxError && shown.embeddings.state === 'ready'
        ? shown
        : undefined;
    });
  };

  it('are searched by their words in the inspector, which says what is not found', async () => {
    const access = await activated();
    restore = await withSetting('model', path.join(folder, 'small.txt'));
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'queen');
    const { answer, query } = await answered(access, 'queen');
    assert.deepEqual(
      answer?.neighbors.slice(0, 3).map(({ token }) => token.plain),
      ['queen', 'king', 'man'],
    );
    assert.deepEqual(query?.forms, []);
    assert.equal(answer.model.name, 'small');
    assert.deepEqual(answer.model.vectors, { format: 'GloVe text', labelKind: 'words' });
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Apple');
    assert.equal(
      (await refused('Apple')).query?.syntaxError?.message,
      '"Apple" is not among the 5 labels of small; "apple" is.',
    );
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'king - man + New York');
    const { answer: analogy } = await answered(access, 'king - man + New York');
    assert.equal(analogy?.neighbors.length, 2);
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'king apple');
    const { answer: mean } = await answered(access, 'king apple');
    assert.deepEqual(mean?.neighbors.map(({ token }) => token.plain).includes('queen'), true);
  });

  it('are told by hovers word by word, and no text is split into them', async () => {
    const access = await activated();
    restore = await withSetting('model', path.join(folder, 'small.txt'));
    await access.session.ensureReady();
    const { document } = await showText('A queen, a Queen, a newt.');
    const cardAt = async (word: string): Promise<string> => {
      const position = document.positionAt(document.getText().indexOf(word) + 1);
      const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        position,
      );
      const text = (hover?.contents ?? []).map((part) => (part as vscode.MarkdownString).value).join();
      return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    };
    await until(() => access.tokenizers.current.labelKind);
    const found = await cardAt('queen');
    assert.match(found, /queen[^]*king/);
    assert.doesNotMatch(found.replaceAll('tokenscope', ''), /\btokens?\b/i);
    assert.match(await cardAt('Queen'), /"Queen" is not among the 5 labels of small; "queen" is\./);
    assert.match(await cardAt('newt'), /"newt" is not among the 5 labels of small\./);
    assert.equal(access.bands.editorCount, 0);
    void vscode.commands.executeCommand('tokenscope.toggleTokenBands');
    await vscode.commands.executeCommand('tokenscope.copyTokenIds');
    assert.equal(access.bands.editorCount, 0);
    assert.match(access.tokenizers.ofDocuments.current.missing ?? '', /^The rows of small are words/);
    await assert.rejects(access.tokenize('queen'), /no text is split into tokens/);
    const answer = await access.findNeighbors('queen', { k: 2 });
    assert.deepEqual(
      answer.neighbors.map(({ label }) => label),
      ['queen', 'king'],
    );
    await assert.rejects(access.findNeighbors('Queen'), /"Queen" is not among the 5 labels/);
    await closeEditors();
  });

  it('are converted once, with progress, and not at all when that is canceled', async () => {
    const access = await activated();
    const file = path.join(folder, 'large.txt');
    const rows = Array.from(
      { length: 400_000 },
      (_, row) => `word${row} ${row % 7} ${row % 11}.25 1 2 3 4 5 6`,
    );
    await fs.writeFile(file, rows.join('\n'));
    const vectors = path.join(path.dirname(access.storage), 'vectors');
    const kept = async (): Promise<string[]> =>
      (await fs.readdir(vectors)).filter((name) => name.startsWith('large'));
    const seen: EmbeddingState[] = [];
    const listener = access.session.onDidChangeState((state) => seen.push(state));
    restore = await withSetting('model', file);
    const canceled = vscode.commands.executeCommand('tokenscope.loadEmbeddings');
    await until(() => seen.find(({ state }) => state === 'converting'));
    await vscode.commands.executeCommand('tokenscope.cancelLoading');
    await canceled;
    assert.equal(access.session.state.state, 'none');
    // The worker may be in the middle of a batch.
    while ((await kept()).length > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    seen.length = 0;
    const { rowCount } = await access.session.ensureReady();
    assert.equal(rowCount, 400_000);
    const converting = seen.filter((state) => state.state === 'converting');
    assert.ok(converting.length > 1);
    assert.ok(converting.every(({ path: of }) => of === file));
    assert.equal((await kept()).length, 1);
    seen.length = 0;
    access.session.reset();
    await access.session.ensureReady();
    assert.deepEqual(
      seen.filter(({ state }) => state === 'converting'),
      [],
    );
    listener.dispose();
    const labels = access.tokenizers.current;
    assert.deepEqual([labels.vocabularySize, labels.encode('word399999')], [400_000, [399_999]]);
  });
});
