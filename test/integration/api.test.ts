import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TokenscopeApi, TokenscopeError, TokenscopeModel } from '../../src/editor/api/tokenscopeApi';
import { CheckpointOracle, dot, norm } from '../e2e/checkpointOracle';
import { EXTENSION_ID, until, withSetting } from './extensionAccess';

describe('the API for other extensions', () => {
  let api: TokenscopeApi;
  let oracle: CheckpointOracle;

  before(async () => {
    // As docs/api.md shows it.
    const extension = vscode.extensions.getExtension<TokenscopeApi>(EXTENSION_ID);
    assert.ok(extension);
    api = await extension.activate();
    assert.equal(extension.exports, api);
    oracle = new CheckpointOracle(vscode.workspace.getConfiguration('tokenscope').get<string>('model', ''));
  });

  const idOf = async (text: string): Promise<number> => {
    const { ids } = await api.tokenize(text);
    assert.equal(ids.length, 1, text);
    return ids[0]!;
  };

  const codeOf = (expected: TokenscopeError['code']) => (error: unknown) => {
    assert.ok(error instanceof Error);
    assert.deepEqual([error.name, (error as TokenscopeError).code], ['TokenscopeError', expected]);
    assert.deepEqual(Object.keys(error).sort(), ['code', 'name']);
    return true;
  };

  it('has a version', () => {
    assert.equal(api.apiVersion, 1);
  });

  it('tokenizes, counts and decodes', async () => {
    const text = 'banana ✨\n<|endoftext|>';
    const { tokenizer, ids, tokens } = await api.tokenize(text);
    assert.equal(tokenizer, 'GPT-2');
    assert.deepEqual(ids.slice(0, 2), [3820, 2271]);
    assert.deepEqual(tokens[0], { id: 3820, label: 'ban', start: 0, end: 3 });
    assert.deepEqual(
      tokens.map(({ id }) => id),
      ids,
    );
    assert.equal(await api.decode(ids), text);
    assert.equal(await api.countTokens(text), ids.length);
    assert.equal(await api.decode([50256]), '<|endoftext|>');
    assert.ok(Object.isFrozen(ids) && Object.isFrozen(tokens[0]));
  });

  it('finds the neighbors of Mike, and tells the model', async () => {
    const { model, metric, query, neighbors, averageScore } = await api.findNeighbors('Mike', { k: 5 });
    assert.deepEqual(
      neighbors.map(({ rank, label, score }) => [rank, label, score.toFixed(3)]),
      [
        [1, 'Mike', '1.000'],
        [2, '␣Mike', '0.857'],
        [3, 'Michael', '0.685'],
        [4, 'Chris', '0.647'],
        [5, 'Jim', '0.640'],
      ],
    );
    assert.equal(neighbors[1]?.id, await idOf(' Mike'));
    assert.deepEqual([metric, query.map(({ label }) => label)], ['cosine', ['Mike']]);
    assert.ok(averageScore > -1 && averageScore < 0.6, String(averageScore));
    assert.deepEqual(api.currentModel(), model);
    assert.deepEqual(
      [model.tensor, model.dtype, model.vocabularySize, model.dimension, model.isSample, model.isVerified],
      ['wte.weight', 'F32', 50_257, 768, false, false],
    );
    assert.equal(/[/\\]/.test(model.file), false);
    assert.ok(Object.isFrozen(model) && Object.isFrozen(neighbors) && Object.isFrozen(neighbors[0]));
  });

  it('ranks by other metrics, forms and filters', async () => {
    const id = await idOf(' king');
    const { neighbors } = await api.findNeighbors('king', { k: 8, metric: 'dot', form: 'leadingSpace' });
    assert.deepEqual(
      neighbors.map((neighbor) => neighbor.id),
      oracle
        .ranked(oracle.row(id), 'dot')
        .slice(0, 8)
        .map((neighbor) => neighbor.id),
    );
    const words = await api.findNeighbors('king', { k: 30, space: 'with', wordLike: true });
    assert.equal(words.neighbors.length, 30);
    assert.ok(words.neighbors.every(({ label }) => /^␣\p{L}+$/u.test(label)));
  });

  it('compares two queries', async () => {
    const ids = [await idOf('ban'), await idOf('ana')] as const;
    const [a, b] = [oracle.row(ids[0]), oracle.row(ids[1])];
    const { cosine, dot: product, norms, tokens, averageCosine } = await api.compare('ban', `#${ids[1]}`);
    assert.ok(Math.abs(cosine - oracle.cosine(...ids)) < 1e-12);
    assert.ok(Math.abs(product - dot(a, b)) < 1e-9);
    assert.ok(Math.abs(norms[1] - norm(b)) < 1e-9);
    assert.deepEqual(
      tokens.map(([token]) => token?.id),
      [...ids],
    );
    assert.ok(averageCosine > -1 && averageCosine < 1);
  });

  it('rejects arguments that are not as described, and queries that cannot be read', async () => {
    await assert.rejects(api.tokenize(7 as never), TypeError);
    await assert.rejects(api.countTokens('a'.repeat(1_000_001)), RangeError);
    await assert.rejects(api.decode([50_257]), RangeError);
    await assert.rejects(api.decode('abc' as never), TypeError);
    await assert.rejects(api.findNeighbors('Mike', { k: 0 }), RangeError);
    await assert.rejects(api.findNeighbors('Mike', { top: 5 } as never), TypeError);
    await assert.rejects(api.findNeighbors('king - (man'), codeOf('invalid-query'));
    await assert.rejects(api.compare('king', '#99999'), codeOf('invalid-query'));
  });

  it('can be canceled', async () => {
    const source = new vscode.CancellationTokenSource();
    const answer = api.findNeighbors('Mike', { cancellation: source.token });
    source.cancel();
    await assert.rejects(answer, (error) => error instanceof vscode.CancellationError);
  });

  it('cannot be changed, and gives no way to the parts behind it', async () => {
    const answer = await api.findNeighbors('Mike', { k: 1 });
    assert.throws(() => {
      (answer.neighbors as unknown[]).push('more');
    }, TypeError);
    assert.throws(() => {
      (answer.model as { name: string }).name = 'other';
    }, TypeError);
    assert.deepEqual(structuredClone(answer), answer);
  });

  it('tells when another model is loaded, and when none is', async () => {
    const models: (TokenscopeModel | undefined)[] = [];
    await api.findNeighbors('Mike', { k: 1 });
    const failing = api.onDidChangeModel(() => {
      throw new Error('a listener that fails');
    });
    const listener = api.onDidChangeModel((model) => models.push(model));
    const restore = await withSetting('model', 'sample');
    try {
      await until(() => (models.length > 0 ? true : undefined));
      const { model } = await api.findNeighbors('Mike', { k: 1 });
      assert.equal(model.isSample, true);
      assert.deepEqual(
        models.map((changed) => changed?.isSample),
        [undefined, true],
      );
      listener.dispose();
    } finally {
      failing.dispose();
      await restore();
    }
    await api.findNeighbors('Mike', { k: 1 });
    assert.equal(models.length, 2);
  });

  it('downloads nothing', async () => {
    const restore = await withSetting('model', 'hf:acme/model-that-is-not-here');
    try {
      await until(() => (api.currentModel() === undefined ? true : undefined));
      await assert.rejects(api.findNeighbors('Mike'), codeOf('no-model'));
      await assert.rejects(api.compare('ban', 'ana'), codeOf('no-model'));
      assert.equal(await api.countTokens('banana'), 2);
    } finally {
      await restore();
    }
  });
});
