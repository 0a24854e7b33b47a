import assert from 'node:assert/strict';
import { ranksOnMap } from '../../../webview-ui/src/vocabularyMap/mapRanks';

/** Numbers that look random, the same each time. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; state = (state * 48_271) % 2_147_483_647) {
    yield state / 2_147_483_647;
  }
}

describe('ranks on the map', () => {
  it('are those of sorting all points by their distance', () => {
    const random = numbers();
    const next = () => random.next().value;
    const positions = Float32Array.from({ length: 2 * 700 }, () => next() * 10);
    positions[2 * 17] = NaN;
    for (const id of [0, 5, 699]) {
      const place = (other: number): number =>
        Math.hypot(
          positions[2 * other]! - positions[2 * id]!,
          positions[2 * other + 1]! - positions[2 * id + 1]!,
        );
      const sorted = Array.from({ length: 700 }, (_, other) => other)
        .filter((other) => other !== id && other !== 17)
        .sort((a, b) => place(a) - place(b));
      const neighbors = [sorted[0]!, sorted[99]!, sorted[100]!, sorted[300]!].map((other) => ({
        id: other,
        score: 0,
      }));
      assert.deepEqual(
        ranksOnMap(positions, id, neighbors).map(({ rankOnMap, near }) => [rankOnMap, near]),
        [
          [1, true],
          [100, true],
          [101, false],
          [301, false],
        ],
      );
    }
  });

  it('has none for what has no place', () => {
    const positions = Float32Array.of(0, 0, NaN, NaN, 1, 1);
    const [ranked] = ranksOnMap(positions, 0, [{ id: 1, score: 0.5 }]);
    assert.deepEqual(ranked, { id: 1, score: 0.5, rankOnMap: undefined, near: false });
    assert.equal(ranksOnMap(positions, 1, [{ id: 0, score: 0.5 }])[0]?.rankOnMap, undefined);
  });

  it('lets points in one place share a rank', () => {
    const positions = Float32Array.of(0, 0, 1, 0, 1, 0, 2, 0);
    assert.deepEqual(
      ranksOnMap(
        positions,
        0,
        [1, 2, 3].map((id) => ({ id, score: 0 })),
      ).map(({ rankOnMap }) => rankOnMap),
      [1, 1, 3],
    );
  });
});
