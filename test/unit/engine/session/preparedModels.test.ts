import assert from 'node:assert/strict';
import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { LoadOptions } from '../../../../src/engine/questions/loadOptions';
import type { NeighborAnswer } from '../../../../src/engine/questions/neighborAnswer';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { PreparedModels } from '../../../../src/engine/session/preparedModels';
import type { ModelIdentity, ModelLocation } from '../../../../src/model/modelLocation';
import { answering } from '../answering';
import { emptyAnswer, MODEL } from '../scriptedEngine';

const at = (path: string): ModelLocation => ({ kind: 'file', path });
const REQUEST = { query: { terms: [{ weight: 1, id: 1 }] }, k: 1 };

/** One model's engine, with a record of what happens to it. */
class OneEngine implements EmbeddingEngine {
  loads = 0;
  released = false;
  isDead = false;
  private identity: ModelIdentity | undefined;

  /** Fractions that the build of the graph tells, then it ends. */
  readonly fractions = [0.5, 1];
  lastOptions: LoadOptions = {};

  async load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    this.loads++;
    this.lastOptions = options;
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    if (location.kind !== 'file' || location.path === 'broken') {
      throw new Error('broken');
    }
    this.identity = { ...MODEL, path: location.path };
    return this.identity;
  }

  readonly ask = answering({
    neighbors: () => this.answer(),
    neighborsOfMany: (requests) => Promise.all(requests.map(() => this.answer())),
    neighborsWithoutIndex: async (requests) => [
      await this.answer(),
      ...requests.slice(1).map(() => undefined),
    ],
    buildGraph: async (_, signal, onProgress) => {
      signal?.throwIfAborted();
      await this.answer();
      for (const fraction of this.fractions) {
        onProgress?.({ fraction });
      }
    },
  });

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }

  private answer(): Promise<NeighborAnswer> {
    return this.identity && !this.released && !this.isDead
      ? Promise.resolve(emptyAnswer(this.identity))
      : Promise.reject(new EngineUnavailableError('stopped', 'gone'));
  }
}

describe('PreparedModels', () => {
  let engines: OneEngine[];
  let stamps: Record<string, string>;
  let models: PreparedModels;
  const answering = async (): Promise<string> => (await models.ask('neighbors', REQUEST)).model.path;

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

  it('asks the model in use for everything that an engine answers', async () => {
    await models.load(at('a'), { cacheFolder: '/cache' });
    assert.equal(engines[0]?.lastOptions.cacheFolder, '/cache');
    await models.load(at('b'));
    const paths = (answers: readonly (NeighborAnswer | undefined)[]): (string | undefined)[] =>
      answers.map((answer) => answer?.model.path);
    assert.deepEqual(paths(await models.ask('neighborsOfMany', [REQUEST, REQUEST])), ['b', 'b']);
    assert.deepEqual(paths(await models.ask('neighborsWithoutIndex', [REQUEST, REQUEST])), ['b', undefined]);
    const seen: number[] = [];
    await models.ask('buildGraph', undefined, undefined, ({ fraction }) => seen.push(fraction));
    assert.deepEqual(seen, [0.5, 1]);
    const reason = new Error('not any more');
    await assert.rejects(models.ask('buildGraph', undefined, AbortSignal.abort(reason)), reason);
  });

  it('answers nothing while nothing is loaded', async () => {
    for (const call of [
      models.ask('neighbors', REQUEST),
      models.ask('neighborsOfMany', [REQUEST]),
      models.ask('neighborsWithoutIndex', [REQUEST]),
      models.ask('buildGraph', undefined),
    ]) {
      await assert.rejects(call, EngineUnavailableError);
    }
    assert.equal(engines.length, 0);
  });

  it('loads a model properly that was only opened, and never only opens one that was loaded', async () => {
    await models.load(at('a'), { indexLater: true });
    await models.load(at('a'), { indexLater: true });
    assert.deepEqual([engines.length, engines[0]?.lastOptions.indexLater], [1, true]);
    await models.load(at('a'));
    assert.deepEqual([engines.length, engines[0]?.released], [2, true]);
    assert.equal(engines[1]?.lastOptions.indexLater, undefined);
    await models.load(at('a'), { indexLater: true });
    assert.equal(engines.length, 2);
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

  it('loads again after its engine has died, whatever found that out', async () => {
    for (const call of [
      () => models.ask('neighbors', REQUEST),
      () => models.ask('neighborsOfMany', [REQUEST]),
      () => models.ask('neighborsWithoutIndex', [REQUEST]),
      () => models.ask('buildGraph', undefined),
    ]) {
      await models.load(at('a'));
      const engine = engines.at(-1);
      assert.ok(engine);
      engine.isDead = true;
      await assert.rejects(call(), EngineUnavailableError);
      assert.equal(engine.released, true);
      await models.load(at('a'));
      assert.equal(await answering(), 'a');
    }
    assert.equal(engines.length, 5);
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
