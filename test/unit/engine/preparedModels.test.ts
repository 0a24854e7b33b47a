import assert from 'node:assert/strict';
import type { EmbeddingEngine, NeighborAnswer } from '../../../src/engine/embeddingEngine';
import { EngineUnavailableError } from '../../../src/engine/engineErrors';
import { PreparedModels } from '../../../src/engine/preparedModels';
import type { ModelIdentity, ModelLocation } from '../../../src/model/modelLocation';
import { FakeSource } from './fakeSource';

const MODEL = new FakeSource(10, 3).identity();
const at = (path: string): ModelLocation => ({ kind: 'file', path });
const REQUEST = { query: { terms: [{ weight: 1, id: 1 }] }, k: 1 };

/** One model's engine, with a record of what happens to it. */
class OneEngine implements EmbeddingEngine {
  loads = 0;
  released = false;
  isDead = false;
  private identity: ModelIdentity | undefined;

  async load(
    location: ModelLocation,
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<ModelIdentity> {
    this.loads++;
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    if (location.kind !== 'file' || location.path === 'broken') {
      throw new Error('broken');
    }
    this.identity = { ...MODEL, path: location.path };
    return this.identity;
  }

  neighbors(): Promise<NeighborAnswer> {
    return this.identity && !this.released && !this.isDead
      ? Promise.resolve({ neighbors: [], averageSimilarity: 0, model: this.identity, milliseconds: 0 })
      : Promise.reject(new EngineUnavailableError('stopped', 'gone'));
  }

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}

describe('PreparedModels', () => {
  let engines: OneEngine[];
  let stamps: Record<string, string>;
  let models: PreparedModels;
  const answering = async (): Promise<string> => (await models.neighbors(REQUEST)).model.path;

  beforeEach(() => {
    engines = [];
    stamps = {};
    models = new PreparedModels(
      () => {
        const engine = new OneEngine();
        engines.push(engine);
        return engine;
      },
      (path) => Promise.resolve(stamps[path] ?? 'first'),
    );
  });

  it('switches back to the model before without loading it again', async () => {
    await models.load(at('a'));
    await models.load(at('b'));
    assert.equal(await answering(), 'b');
    await models.load(at('a'));
    assert.equal(await answering(), 'a');
    assert.deepEqual(
      engines.map(({ loads, released }) => [loads, released]),
      [
        [1, false],
        [1, false],
      ],
    );
  });

  it('keeps two models, the last used', async () => {
    await models.load(at('a'));
    await models.load(at('b'));
    await models.load(at('a'));
    await models.load(at('c'));
    assert.deepEqual(
      engines.map(({ released }) => released),
      [false, true, false],
    );
  });

  it('loads again when the file has changed, or another tensor is asked for', async () => {
    await models.load(at('a'));
    stamps.a = 'second';
    await models.load(at('a'));
    await models.load(at('a'), { tensorName: 'other' });
    assert.equal(engines.length, 3);
    assert.equal(engines[0]?.released, true);
  });

  it('loads again after its engine has died', async () => {
    await models.load(at('a'));
    assert.ok(engines[0]);
    engines[0].isDead = true;
    await assert.rejects(answering(), EngineUnavailableError);
    await models.load(at('a'));
    assert.equal(await answering(), 'a');
    assert.equal(engines.length, 2);
  });

  it('has nothing loaded after a failed or canceled load, and frees what it had begun', async () => {
    await models.load(at('a'));
    await assert.rejects(models.load(at('broken')), /broken/);
    await assert.rejects(answering(), EngineUnavailableError);
    const abort = new AbortController();
    const load = models.load(at('b'), { signal: abort.signal });
    abort.abort();
    await assert.rejects(load, { name: 'AbortError' });
    assert.deepEqual(
      engines.map(({ released }) => released),
      [false, true, true],
    );
    await models.load(at('a'));
    assert.equal(await answering(), 'a');
  });

  it('gives a load that is overtaken no place', async () => {
    const slow = models.load(at('a'));
    const next = models.load(at('b'));
    await assert.rejects(slow, EngineUnavailableError);
    await next;
    assert.equal(await answering(), 'b');
    assert.equal(engines[0]?.released, true);
  });

  it('releases everything at once', async () => {
    await models.load(at('a'));
    await models.load(at('b'));
    await models.release();
    assert.ok(engines.every(({ released }) => released));
    await assert.rejects(answering(), EngineUnavailableError);
  });
});
