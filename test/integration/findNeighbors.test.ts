import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { PLANTED } from '../fixtures/checkpoints/plantedNeighborhoods';
import { activated, answered, closeEditors, showText, until, withSetting } from './extensionAccess';

const LESSON = ['Mike 1.000', '␣Mike 0.857', 'Michael 0.685', 'Chris 0.647', 'Jim 0.640'];

function firstLines(snapshot: PanelSnapshot, count = LESSON.length): string[] {
  return (snapshot.answer?.neighbors ?? [])
    .slice(0, count)
    .map(({ token, score }) => `${token.plain} ${score.toFixed(3)}`);
}

function find(argument?: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('tokenscope.findNeighbors', argument);
}

describe('Find Semantic Neighbors', () => {
  afterEach(() => closeEditors());

  it('shows the neighbors of the word under the cursor, computed from the planted checkpoint', async () => {
    const access = await activated();
    const editor = await showText('Mike knows about it.');
    editor.selection = new vscode.Selection(0, 2, 0, 2);
    await find();
    const shown = await answered(access, 'Mike');
    assert.deepEqual(firstLines(shown), LESSON);
    assert.equal(shown.answer?.neighbors.length, 20);
    assert.equal(shown.answer.model.isSample, false);
    assert.equal(shown.answer.map?.points.length, 20);
    assert.deepEqual(
      shown.query?.forms.map(({ kind, selected, pieces }) => [kind, selected, pieces[0]?.plain]),
      [
        ['bare', false, 'Mike'],
        ['leadingSpace', false, '␣Mike'],
        ['inDocument', true, 'Mike'],
      ],
    );
  });

  it('searches a word as it stands in the document where that is one token, and says why', async () => {
    const access = await activated();
    const editor = await showText('I ate a banana.');
    editor.selection = new vscode.Selection(0, 10, 0, 10);
    await find();
    const shown = await answered(access, 'banana');
    assert.equal(firstLines(shown, 1)[0], '␣banana 1.000');
    const taken = shown.query?.forms.find(({ selected }) => selected);
    assert.deepEqual([taken?.kind, taken?.reason], ['inDocument', 'oneTokenInDocument']);
  });

  it('opens beside the editor and leaves the focus there', async () => {
    const access = await activated();
    await showText('Mike');
    await find();
    await answered(access, 'Mike');
    assert.equal(access.panels.current?.panel.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.One);
  });

  it('searches the selection, and starts with the form that the settings name', async () => {
    const access = await activated();
    const restore = await withSetting('neighbors.form', 'inDocument');
    const editor = await showText('Ask Mike about it.');
    editor.selection = new vscode.Selection(0, 3, 0, 8);
    await find();
    const shown = await answered(access, 'Mike');
    assert.equal(shown.answer?.neighbors[0]?.token.plain, '␣Mike');
    await restore();
  });

  it('finds all that was planted, in its order, with its figures', async () => {
    const access = await activated();
    const restore = await withSetting('neighbors.count', 20);
    for (const { id, neighbors } of Object.values(PLANTED.queries)) {
      const line = `#${id}`;
      await find(line);
      const shown = await answered(access, line);
      const found = shown.answer?.neighbors.slice(0, neighbors.length) ?? [];
      assert.deepEqual(
        found.map(({ token }) => token.id),
        neighbors.map((neighbor) => neighbor.id),
      );
      for (const [index, { cosine }] of neighbors.entries()) {
        assert.ok(Math.abs((found[index]?.score ?? NaN) - cosine) < 1e-6, `${line}, rank ${index + 1}`);
      }
    }
    await restore();
  });

  it('uses the inspector that is open', async () => {
    const access = await activated();
    await find('Mike');
    await answered(access, 'Mike');
    const inspector = access.panels.current;
    await find('Michael');
    const shown = await answered(access, 'Michael');
    assert.equal(access.panels.current, inspector);
    assert.equal(shown.canGoBack, true);
  });

  it('frees what it used when inspectors are closed', async () => {
    const access = await activated();
    const before = access.session.listenerCount;
    for (let round = 0; round < 5; round++) {
      await find('Mike');
      await answered(access, 'Mike');
      access.panels.current?.panel.dispose();
      await until(() => (access.panels.current ? undefined : true));
    }
    assert.equal(access.session.listenerCount, before);
  });

  it('says which file is at fault when the setting names none, and recovers', async () => {
    const access = await activated();
    const restore = await withSetting('model', '/no/such/model.safetensors');
    await find('Mike');
    const failed = await until(() => {
      const shown = access.panels.current?.shown;
      return shown?.embeddings.state === 'failed' ? shown.embeddings : undefined;
    });
    assert.match(failed.reason, /\/no\/such\/model\.safetensors/);
    await restore();
    assert.deepEqual(firstLines(await answered(access, 'Mike')), LESSON);
  });

  it('works at once with sample vectors, which say what they are', async () => {
    const access = await activated();
    const restore = await withSetting('model', 'sample');
    await find('Mike');
    const shown = await answered(access, 'Mike');
    assert.equal(shown.answer?.model.isSample, true);
    assert.equal(shown.answer.model.dimension, 128);
    await restore();
  });

  it('asks where the model is to come from where none is at hand, and does what it is told', async () => {
    const access = await activated();
    const restore = await withSetting('model', '');
    await find('Mike');
    const asked = await until(() => {
      const shown = access.panels.current?.shown;
      return shown?.embeddings.state === 'undecided' ? shown.embeddings.offer : undefined;
    });
    assert.equal(asked.repository, 'openai-community/gpt2');
    assert.equal(asked.host, 'huggingface.co');
    assert.equal(asked.tensorBytes, 154_389_504);
    assert.equal(asked.fileBytes, 548_105_171);
    await vscode.commands.executeCommand('tokenscope.useSampleVectors');
    assert.equal((await answered(access, 'Mike')).answer?.model.isSample, true);
    await restore();
  });
});
