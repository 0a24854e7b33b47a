import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { loadTokenizer } from '../../src/model/tokenizers/loadTokenizer';
import { makeModelFolder } from '../fixtures/tokenizers/modelFolder';
import { activated, answered, plantedModelBack, until, withSetting } from './extensionAccess';

describe('models with another tokenizer', () => {
  let folder: string;

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-models-'));
  });

  after(async () => {
    await plantedModelBack(await activated());
    await fs.rm(folder, { recursive: true, force: true });
  });

  for (const style of ['pythia', 'llama3', 'qwen2', 'gemma'] as const) {
    it(`are split by their own, in the style of ${style}, and searched in their own matrix`, async () => {
      const access = await activated();
      const model = path.join(folder, style);
      await makeModelFolder(style, model);
      const tokenizer = await loadTokenizer(path.join(model, 'tokenizer.json'));
      const restore = await withSetting('model', model);
      await vscode.commands.executeCommand('tokenscope.findNeighbors', 'language');
      const shown = await answered(access, 'language');
      const ids = tokenizer.encode('language');
      assert.deepEqual(
        shown.query?.forms.map(({ kind, pieces }) => [kind, pieces.map(({ id }) => id)]),
        [
          ['bare', ids],
          ['leadingSpace', tokenizer.encode(' language')],
        ],
      );
      assert.equal(shown.answer?.model.path.startsWith(model), true);
      const [vector] = ids;
      await vscode.commands.executeCommand('tokenscope.findNeighbors', `#${vector}`);
      const alone = await answered(access, `#${vector}`);
      // The stand-in's rows repeat themselves: the best has the lowest id of those that are equal to the query's.
      assert.equal(alone.answer?.neighbors[0]?.score, 1);
      assert.ok((alone.answer.neighbors[0].token.id - (vector ?? 0)) % 255 === 0);
      await restore();
    });
  }

  it('give way to the model before without another load', async () => {
    const access = await activated();
    await vscode.commands.executeCommand('tokenscope.findNeighbors', 'Mike');
    await answered(access, 'Mike');
    const states: string[] = [];
    const restore = await withSetting('model', path.join(folder, 'gemma'));
    await until(() =>
      access.panels.current?.shown?.answer?.model.path.includes('gemma') ? true : undefined,
    );
    const listener = access.session.onDidChangeState(({ state }) => states.push(state));
    await restore();
    const back = await until(() => {
      const shown = access.panels.current?.shown;
      return shown?.answer?.model.path.includes('gpt2-planted') ? shown : undefined;
    });
    listener.dispose();
    assert.equal(back.answer?.neighbors[1]?.token.plain, '␣Mike');
    assert.equal(states.includes('building'), false, states.join());
  });
});
