import assert from 'node:assert/strict';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { InProcessEngine } from '../../../../src/engine/loaded/inProcessEngine';
import { WorkerEngine } from '../../../../src/engine/thread/workerEngine';
import { FakeSource } from '../fakeSource';
import { settle } from '../scriptedEngine';
import { arraysIn } from '../thread/arraysIn';
import { LocalWorker } from '../thread/localWorker';

const LOCATION = { kind: 'file', path: '/models/fake.safetensors' } as const;
const ROWS = 400;
const DIMENSION = 12;
/** A row that holds NaN. */
const UNRANKED = 333;

/** Rows of which some are the same, and some of the same length though they differ. */
function sourceWithEqualRows(): FakeSource {
  const source = new FakeSource(ROWS, DIMENSION);
  for (const [copy, original] of [
    [17, 5],
    [399, 5],
    [0, 5],
    [60, 61],
  ] as const) {
    source.row(copy).set(source.row(original));
  }
  // As long as 5, but for its direction: negated, and with one value negated.
  source.row(100).set(source.row(5).map((value) => -value));
  source.row(101).set(source.row(5).map((value, index) => (index === 7 ? -value : value)));
  // Zero rows, and those in which 0 is negative somewhere.
  source.row(200).fill(0);
  source.row(201).fill(0);
  source.row(202).fill(-0);
  source.row(203).fill(0)[4] = -0;
  source.row(204).fill(0)[4] = -0;
  source.row(UNRANKED).set(source.row(5));
  source.row(UNRANKED)[0] = NaN;
  return source;
}

/** Compared number by number, with all others. */
function naiveEqualRows(source: FakeSource, id: number): number[] {
  const wanted = source.row(id);
  return Array.from({ length: ROWS }, (_, other) => other).filter(
    (other) => other !== id && source.row(other).every((value, index) => Object.is(value, wanted[index])),
  );
}

for (const kernel of ['fastest', 'loop'] as const) {
  describe(`Equal rows (${kernel})`, () => {
    let source: FakeSource;
    let engine: InProcessEngine;

    beforeEach(async () => {
      source = sourceWithEqualRows();
      engine = new InProcessEngine({ openSource: source.open, kernel });
      await engine.load(LOCATION);
    });

    afterEach(() => engine.release());

    it('are those that a plain loop finds, of every row', async () => {
      for (let id = 0; id < ROWS; id++) {
        if (id !== UNRANKED) {
          assert.deepEqual([...(await engine.ask('equalRows', id))], naiveEqualRows(source, id), `row ${id}`);
        }
      }
      assert.deepEqual([...(await engine.ask('equalRows', 5))], [0, 17, 399]);
      assert.deepEqual([...(await engine.ask('equalRows', 200))], [201]);
      assert.deepEqual([...(await engine.ask('equalRows', 203))], [204]);
      assert.deepEqual([...(await engine.ask('equalRows', 202))], []);
    });

    it('are refused for what is no row, or none that is ranked', async () => {
      for (const id of [-1, ROWS, 1.5, NaN]) {
        await assert.rejects(engine.ask('equalRows', id), /outside the vocabulary/);
      }
      await assert.rejects(
        engine.ask('equalRows', UNRANKED),
        (error) => error instanceof RangeError && error.message.includes('NaN or infinity'),
      );
    });
  });
}

describe('Equal rows', () => {
  it('of a matrix of equal rows are all others; the search for them ends in the middle when it is canceled or the model is released', async () => {
    const source = new FakeSource(5_000, 4);
    source.values.fill(0.5);
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    const all = await engine.ask('equalRows', 3);
    assert.deepEqual(
      [...all],
      Array.from({ length: 5_000 }, (_, id) => id).filter((id) => id !== 3),
    );
    const rowsRead = (): number => source.copies.reduce((sum, count) => sum + count, 0);
    for (const [end, refusal] of [
      [(abort) => abort.abort(new Error('not any more')), /not any more/],
      [() => void engine.release(), EngineUnavailableError],
    ] satisfies [(abort: AbortController) => void, RegExp | typeof EngineUnavailableError][]) {
      source.copies.length = 0;
      const abort = new AbortController();
      const answer = assert.rejects(engine.ask('equalRows', 3, abort.signal), refusal);
      while (rowsRead() < 600) {
        await settle();
      }
      end(abort);
      await answer;
      assert.ok(rowsRead() < 5_000, `${rowsRead()} rows were read`);
    }
  });

  it('are looked for among the rows of that length alone', async () => {
    const source = sourceWithEqualRows();
    const engine = new InProcessEngine({ openSource: source.open });
    await engine.load(LOCATION);
    source.copies.length = 0;
    await engine.ask('equalRows', 5);
    // Itself, the three that equal it, and the two of that length that do not.
    assert.deepEqual(source.copies, [1, 5]);
    await engine.release();
  });

  it('come over from a worker as memory that is handed over', async () => {
    const source = sourceWithEqualRows();
    const worker = new LocalWorker(new InProcessEngine({ openSource: source.open }));
    const engine = new WorkerEngine(() => worker);
    await engine.load(LOCATION);
    assert.deepEqual(await engine.ask('equalRows', 5), Uint32Array.of(0, 17, 399));
    assert.deepEqual(worker.parametersOf('equalRows'), [5]);
    assert.deepEqual(
      arraysIn(worker.answers).map(({ byteLength }) => byteLength),
      [0],
    );
    await assert.rejects(engine.ask('equalRows', UNRANKED), RangeError);
    await engine.release();
  });
});
