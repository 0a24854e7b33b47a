import assert from 'node:assert/strict';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import type { BandMeasure } from '../../../../src/editor/bands/bandMeasure';
import { MeasuredTokens } from '../../../../src/editor/bands/measuredTokens';
import type { TokenValues, TokenValuesRequest } from '../../../../src/engine/questions/tokenValues';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import { answering } from '../../engine/answering';
import type { ModelIdentity } from '../../../../src/model/modelLocation';

function identity(name: string): ModelIdentity {
  return {
    name,
    isSample: false,
    isVerified: false,
    path: `/${name}`,
    tensorName: 'wte.weight',
    dtype: 'F32',
    rowCount: 50_257,
    dimension: 768,
    warnings: [],
  };
}

/** Answers when it is told to, with ten times the id, or with what a test says. */
class ScriptedSession {
  state: EmbeddingState = { state: 'ready', model: identity('one') };
  factor = 10;
  readonly asked: TokenValuesRequest[] = [];
  private readonly listeners = new Set<(state: EmbeddingState) => void>();
  private readonly pending: { resolve: (values: TokenValues) => void; reject: (error: Error) => void }[] = [];

  get listenerCount(): number {
    return this.listeners.size;
  }

  readonly ask = answering({
    tokenValues: (request) => {
      this.asked.push(request);
      return new Promise((resolve, reject) => this.pending.push({ resolve, reject }));
    },
  });

  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  change(state: EmbeddingState): void {
    this.state = state;
    for (const listener of this.listeners) {
      listener(state);
    }
  }

  async answer(): Promise<void> {
    const ids = this.asked[this.asked.length - this.pending.length]?.ids ?? [];
    this.pending.shift()?.resolve({
      values: Float64Array.from(ids, (id) => (id === 999 ? Number.NaN : this.factor * id)),
      percentiles: Float64Array.from({ length: 101 }, (_, percent) => this.factor * percent),
    });
    await settled();
  }

  async fail(error: Error): Promise<void> {
    this.pending.shift()?.reject(error);
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function similarityTo(text: string): BandMeasure {
  return {
    kind: 'similarity',
    query: { text, form: 'bare', vector: 'mean' },
    line: text,
    followsInspector: false,
  };
}

describe('values of painted tokens', () => {
  let session: ScriptedSession;
  let measured: MeasuredTokens;
  let changes: number;
  let failures: unknown[];

  function measure(by: BandMeasure): void {
    changes = 0;
    failures = [];
    session = new ScriptedSession();
    measured = new MeasuredTokens(by, {
      session,
      tokenizer: () => Gpt2Tokenizer.shared(),
      onChange: () => changes++,
      onFailure: (error) => failures.push(error),
    });
  }

  it('are asked for once each, one question at a time', async () => {
    measure({ kind: 'norm' });
    measured.request([1, 2, 2]);
    measured.request([2, 3]);
    assert.deepEqual(
      session.asked.map(({ ids }) => ids),
      [[1, 2]],
    );
    assert.equal(measured.valueOf(1), undefined);
    await session.answer();
    assert.equal(measured.valueOf(1), 10);
    assert.deepEqual(
      session.asked.map(({ ids }) => ids),
      [[1, 2], [3]],
    );
    await session.answer();
    measured.request([1, 2, 3]);
    await settled();
    assert.equal(session.asked.length, 2);
    assert.equal(changes, 2);
    assert.equal(measured.scale?.greatest, 1_000);
  });

  it('fill by shares of all tokens, and not at all where there is none', async () => {
    measure({ kind: 'centroidDistance' });
    measured.request([1, 50, 99, 999]);
    assert.equal(measured.fillOf(50), undefined);
    await session.answer();
    assert.deepEqual(
      [1, 50, 99, 999].map((id) => measured.fillOf(id)),
      ['value1', 'value4', 'value7', 'noValue'],
    );
  });

  it('of another query are asked for, and those of the query before come back without a question', async () => {
    measure(similarityTo('Mike'));
    measured.request([5]);
    await session.answer();
    session.factor = -1;
    measured.measure = similarityTo('apple');
    assert.equal(measured.valueOf(5), undefined);
    measured.request([5]);
    await session.answer();
    assert.equal(measured.valueOf(5), -5);
    measured.measure = similarityTo('Mike');
    assert.equal(measured.valueOf(5), 50);
    measured.request([5]);
    assert.equal(session.asked.length, 2);
    const [first] = session.asked;
    assert.deepEqual(first?.measure, {
      kind: 'similarity',
      metric: 'cosine',
      query: { terms: [{ weight: 1, id: 16_073 }], centerEachTerm: true },
    });
  });

  it('that arrive for a query that has been left do not count for the next', async () => {
    measure(similarityTo('Mike'));
    measured.request([5]);
    measured.measure = similarityTo('apple');
    measured.request([5]);
    await session.answer();
    assert.equal(measured.valueOf(5), undefined);
    session.factor = 2;
    await session.answer();
    assert.equal(measured.valueOf(5), 10);
  });

  it('are forgotten with the model that they are of', async () => {
    measure({ kind: 'norm' });
    measured.request([5]);
    await session.answer();
    assert.equal(measured.model?.name, 'one');
    const before = changes;
    session.change({ state: 'none' });
    assert.equal(measured.valueOf(5), undefined);
    assert.equal(measured.scale, undefined);
    assert.equal(changes, before + 1);
    session.factor = 3;
    measured.request([5]);
    session.state = { state: 'ready', model: identity('two') };
    await session.answer();
    assert.equal(measured.valueOf(5), 15);
    assert.equal(measured.model.name, 'two');
  });

  it('that cannot be had are told as a failure, and asked for again at the next request', async () => {
    measure({ kind: 'norm' });
    measured.request([5]);
    await session.fail(new Error('no matrix'));
    assert.equal(String(failures[0]), 'Error: no matrix');
    measured.request([5]);
    assert.equal(session.asked.length, 2);
    measure(similarityTo('king - ('));
    measured.request([5]);
    await settled();
    assert.equal(failures.length, 1);
    assert.equal(session.asked.length, 0);
  });

  it('are ids without any question, where the bands are colored by these', () => {
    measure({ kind: 'tokenId' });
    measured.request([5]);
    assert.equal(session.asked.length, 0);
    assert.equal(measured.valueOf(40_000), 40_000);
    assert.equal(measured.fillOf(40_000), 'value6');
  });

  it('are characters without any question, where the bands are colored by these', () => {
    measure({ kind: 'characters' });
    measured.request([5]);
    assert.equal(session.asked.length, 0);
    // 16073 is Mike.
    assert.equal(measured.valueOf(16_073), 4);
    assert.equal(measured.fillOf(16_073), 'value4');
  });

  it('are neither asked for nor told after the end', async () => {
    measure({ kind: 'norm' });
    measured.request([5]);
    measured.dispose();
    await session.fail(new Error('aborted'));
    measured.request([6]);
    assert.equal(session.asked.length, 1);
    assert.deepEqual(failures, []);
    assert.equal(session.listenerCount, 0);
  });
});
