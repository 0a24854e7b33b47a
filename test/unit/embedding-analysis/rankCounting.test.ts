import assert from 'node:assert/strict';
import { countRanks, undecidedRows } from '../../../src/core/embedding/analysis/rankCounting';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** Ranks by sorting everything. */
function ranksBySorting(scores: readonly number[], ids: readonly number[], sign: number): number[] {
  const order = Array.from(scores.keys())
    .filter((row) => !Number.isNaN(scores[row]))
    .sort((a, b) => sign * ((scores[a] ?? 0) - (scores[b] ?? 0)) || a - b);
  return ids.map((id) => order.indexOf(id) + 1);
}

describe('rank counting', () => {
  it('gives the ranks of a full sort from bounds, once the undecided rows are scored', () => {
    const random = seededRandom(7);
    let decided = 0;
    for (let round = 0; round < 300; round++) {
      const rowCount = 1 + Math.floor(random() * 120);
      // Few different values: ties everywhere.
      const kinds = round % 2 === 0 ? 8 : 1e9;
      const exact = Array.from({ length: rowCount }, () =>
        random() < 0.1 ? NaN : Math.floor(random() * kinds) / kinds - 0.5,
      );
      const norms = Float64Array.from(exact, (score) => (Number.isNaN(score) ? NaN : 1));
      const width = random() * 0.2;
      const isTight = exact.map(() => random() < 0.2);
      const lower = Float64Array.from(exact, (score, row) => score - (isTight[row] ? 0 : width * random()));
      const upper = Float64Array.from(exact, (score, row) => score + (isTight[row] ? 0 : width * random()));
      const ranked = Array.from(exact.keys()).filter((row) => !Number.isNaN(exact[row]));
      const ids = Uint32Array.from(
        Array.from(
          { length: Math.min(9, 3 * ranked.length) },
          () => ranked[Math.floor(random() * ranked.length)] ?? 0,
        ),
      );
      const scores = Float64Array.from(ids, (id) => exact[id] ?? NaN);
      const undecided = undecidedRows({ lower, upper }, norms, scores);
      assert.deepEqual(
        [...undecided],
        [...undecided].sort((a, b) => a - b),
      );
      decided += ranked.length - undecided.length;
      // What is decided may be anything inside its bounds.
      const values = lower.map((low, row) => low + random() * ((upper[row] ?? 0) - low));
      undecided.forEach((row) => {
        values[row] = exact[row] ?? NaN;
      });
      // A row that is not ranked never counts, whatever stands in its place.
      exact.forEach((score, row) => {
        values[row] = Number.isNaN(score) ? random() - 0.5 : (values[row] ?? NaN);
      });
      for (const metric of ['dot', 'euclidean'] as const) {
        assert.deepEqual(
          [...countRanks(metric, values, norms, ids, scores)],
          ranksBySorting(exact, [...ids], metric === 'euclidean' ? 1 : -1),
          `round ${round}`,
        );
      }
    }
    assert.ok(decided > 5000, `only ${decided} rows were placed by their bounds`);
  });

  it('takes rows whose score may be equal as undecided, and rows that are known or not ranked as decided', () => {
    const bounds = { lower: Float64Array.of(0, 1, 1, 2, 0), upper: Float64Array.of(1, 2, 1, 3, 9) };
    const undecided = undecidedRows(bounds, Float64Array.of(1, 1, 1, 1, NaN), Float64Array.of(1, -5, 4));
    assert.deepEqual([...undecided], [0, 1]);
  });

  it('takes rows whose bounds say nothing as undecided', () => {
    const bounds = { lower: Float64Array.of(NaN, -Infinity, 2), upper: Float64Array.of(NaN, Infinity, 3) };
    const undecided = undecidedRows(bounds, Float64Array.of(1, 1, 1), Float64Array.of(1));
    assert.deepEqual([...undecided], [0, 1]);
  });

  it('has no ranks where none are asked for', () => {
    const norms = Float64Array.of(1, 1);
    assert.equal(countRanks('cosine', norms, norms, new Uint32Array(0), new Float64Array(0)).length, 0);
  });
});
