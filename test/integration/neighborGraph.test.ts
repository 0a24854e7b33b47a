import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { LoopSearch } from '../../src/core/embedding/search/loopSearch';
import { MemoryRows } from '../../src/core/embedding/search/memoryRows';
import type { TestAccess } from '../../src/extension';
import { safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';
import { activated, answered, plantedModelBack, until, withSetting } from './extensionAccess';

/** GPT-2's vocabulary in few dimensions: the whole graph is a moment's work. */
const ROWS = 50_257;
const DIMENSION = 16;

describe('the neighbor graph and the kept index', () => {
  let folder: string;
  let values: Float32Array;
  let access: TestAccess;
  let restore: () => Promise<void>;

  before(async () => {
    access = await activated();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-graph-'));
    const random = new SeededRandom(16);
    values = new Float32Array(ROWS * DIMENSION).map(() => random.roughNormal());
    const bytes = new Uint8Array(values.buffer);
    const file = path.join(folder, 'small.safetensors');
    await fs.writeFile(
      file,
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [ROWS, DIMENSION], bytes }]),
    );
    restore = await withSetting('model', file);
    await vscode.commands.executeCommand('tokenscope.findNeighbors', '#1000');
    await answered(access, '#1000');
  });

  after(async () => {
    await restore();
    await plantedModelBack(await activated());
    await fs.rm(folder, { recursive: true, force: true });
  });

  const piece = (id: number): { query: { terms: { weight: number; id: number }[] }; k: number } => ({
    query: { terms: [{ weight: 1, id }] },
    k: 4,
  });

  function expected(id: number): (number | undefined)[][] {
    const loop = new LoopSearch(new MemoryRows(ROWS, DIMENSION, values));
    const query = Float64Array.from(values.subarray(id * DIMENSION, (id + 1) * DIMENSION));
    const { ids, scores } = loop.search({ query, metric: 'cosine', k: 4 });
    return Array.from(ids, (found, place) => [found, scores[place]]);
  }

  async function cacheFiles(ending: string): Promise<string[]> {
    const cache = path.join(path.dirname(access.storage), 'indexes');
    return (await fs.readdir(cache).catch(() => [])).filter((name) => name.endsWith(ending));
  }

  it('are kept in the storage of the extension, the graph when its command is run', async () => {
    const indexes = (await cacheFiles('.graph')).length;
    await vscode.commands.executeCommand('tokenscope.buildNeighborGraph');
    await until(() => (access.session.graph.state === 'ready' ? true : undefined));
    assert.equal((await cacheFiles('.graph')).length, indexes + 1);
    while ((await cacheFiles('.index')).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [answer] = (await access.session.neighborsOfManyIfReady([piece(77)])) ?? [];
    assert.equal(answer?.source, 'graph');
    assert.deepEqual(
      answer.neighbors.map(({ id, score }) => [id, score]),
      expected(77),
    );
  });

  it('answer after the idle time, and nobody notices that the worker is gone', async () => {
    const states: string[] = [];
    const listener = access.session.onDidChangeState(({ state }) => states.push(state));
    try {
      access.session.setIdleMilliseconds(1);
      await new Promise((resolve) => setTimeout(resolve, 200));
      access.session.setIdleMilliseconds(600_000);
      assert.equal(access.session.state.state, 'ready');
      // A hover needs no index: the graph answers.
      const [answer] = (await access.session.neighborsOfManyIfReady([piece(4_321)])) ?? [];
      assert.equal(answer?.source, 'graph');
      assert.deepEqual(
        answer.neighbors.map(({ id, score }) => [id, score]),
        expected(4_321),
      );
      // A search does; it comes from the kept file.
      await vscode.commands.executeCommand('tokenscope.findNeighbors', '#2000');
      const shown = await answered(access, '#2000');
      const [best] = shown.answer?.neighbors ?? [];
      assert.equal(best?.token.id, 2_000);
      assert.deepEqual(states, []);
    } finally {
      listener.dispose();
    }
  });
});
