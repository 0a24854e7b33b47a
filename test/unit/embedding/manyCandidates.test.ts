import assert from 'node:assert/strict';
import { IndexMemory } from '../../../src/core/embedding/index/indexMemory';
import { rescoreCandidates } from '../../../src/core/embedding/index/rescoreCandidates';
import { prepareQuery } from '../../../src/core/embedding/search/preparedQuery';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

type Exact = Parameters<typeof rescoreCandidates>[0];

/**
 * Rescores rows whose bounds are all that is known of them: the score of a row is its bound, less a little.
 *
 * @returns The ids of the best, and in which order rows were scored, portion by portion.
 */
function rescored(
  count: number,
  bounds: number,
  k: number,
): { ids: number[]; expected: number[]; scored: number } {
  const random = new SeededRandom(count);
  const upperBounds = new Float32Array(count).map(() => (random.uint32() % bounds) / bounds - 0.5);
  const scoreOfRow = (id: number): number => upperBounds[id - 7] ?? 0;
  const exact: Pick<Exact, 'score'> = {
    score: (ids, scores) => {
      ids.forEach((id, at) => (scores[at] = scoreOfRow(id)));
    },
  };
  const ids = new Uint32Array(count).map((_, at) => at + 7);
  const prepared = prepareQuery(Float64Array.of(1, 0), 'cosine', new Float64Array(2));
  const candidates = { threshold: -0.4, ids, upperBounds, lowerBounds: upperBounds };
  const answer = rescoreCandidates(exact as Exact, prepared, candidates, new Uint32Array(0), k);
  // Numbers alone are sorted fast; then only those that reach the last of the best are sorted with their ids.
  const least = Math.max(-0.4, upperBounds.slice().sort()[count - k] ?? NaN);
  const expected = Array.from(ids.filter((id) => scoreOfRow(id) >= least))
    .sort((a, b) => scoreOfRow(b) - scoreOfRow(a) || a - b)
    .slice(0, k);
  return { ids: Array.from(answer.ids), expected, scored: answer.rescored };
}

describe('Candidates of a scan', () => {
  for (const [count, bounds] of [
    [5000, 2 ** 30],
    [5000, 40],
    // More than a key can tell apart.
    [2 ** 21 + 400_000, 2 ** 30],
    [2 ** 21 + 400_000, 5],
  ] as const) {
    it(`are scored by falling bound, however many there are: ${count} with ${bounds} bounds`, () => {
      const { ids, expected, scored } = rescored(count, bounds, 50);
      assert.deepEqual(ids, expected);
      // Rows whose bound cannot reach the best are left alone.
      assert.ok(bounds < 100 || scored < 200, `${scored} rows were scored`);
    });
  }
});

describe('An index of more rows than a vocabulary has', () => {
  it('is laid out, as word vectors have three million rows', () => {
    const memory = new IndexMemory(3_000_000, 16);
    assert.equal(memory.paddedRows, 3_000_000);
  });

  it('is refused with the figure where 4 GiB do not hold it', () => {
    assert.throws(() => new IndexMemory(2 ** 40, 16), {
      name: 'RangeError',
      message: /1099511627776 × 16 values need [\d,]+ MB/,
    });
    assert.throws(() => new IndexMemory(100_000_000, 16), {
      name: 'RangeError',
      message: /need [\d,]+ MB/,
    });
  });
});
