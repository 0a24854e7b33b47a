import assert from 'node:assert/strict';
import { isCovered, paintWindows, type Surroundings } from '../../../../src/editor/bands/paintWindows';

/** A visible range with a hundred before and after, and two hundred painted. */
function around(start: number, end: number): Surroundings {
  return {
    visible: { start, end },
    near: { start: start - 100, end: end + 100 },
    far: { start: start - 200, end: end + 200 },
  };
}

describe('windows that token bands are painted in', () => {
  it('are what is visible with what is around it, while that is not too much', () => {
    const { painted, needed } = paintWindows([around(1_000, 1_100)], 0, 10_000);
    assert.deepEqual(painted, [{ start: 800, end: 1_300 }]);
    assert.deepEqual(needed, [{ start: 900, end: 1_200 }]);
  });

  it('are needed anew only when one has scrolled by half of what is around', () => {
    const { painted } = paintWindows([around(1_000, 1_100)], 0, 10_000);
    const neededAt = (start: number): boolean =>
      paintWindows([around(start, start + 100)], 0, 10_000).needed.every((interval) =>
        isCovered(interval, painted),
      );
    assert.deepEqual([900, 1_000, 1_100].map(neededAt), [true, true, true]);
    assert.deepEqual([899, 1_101].map(neededAt), [false, false]);
  });

  it('lose of what is around before they lose of what is visible', () => {
    const { painted } = paintWindows([around(1_000, 1_100)], 0, 200);
    assert.deepEqual(painted, [{ start: 950, end: 1_150 }]);
  });

  it('lie around the cursor in what is visible but too long, or at its beginning where the cursor is elsewhere', () => {
    const line = { start: 0, end: 100_000 };
    const whole = [{ visible: line, near: line, far: line }];
    assert.deepEqual(paintWindows(whole, 50_000, 1_000).painted, [{ start: 49_500, end: 50_500 }]);
    assert.deepEqual(paintWindows(whole, 100_000, 1_000).painted, [{ start: 99_500, end: 100_000 }]);
    assert.deepEqual(paintWindows(whole, 200_000, 1_000).painted, [{ start: 0, end: 500 }]);
  });

  it('leave a short range whole beside a long one, and share what there is', () => {
    const long = { start: 5_000, end: 90_000 };
    const { painted } = paintWindows(
      [around(1_000, 1_100), { visible: long, near: long, far: long }],
      20_000,
      2_000,
    );
    assert.deepEqual(painted, [
      { start: 800, end: 1_300 },
      { start: 19_250, end: 20_750 },
    ]);
  });

  it('are joined where they touch, as around a fold', () => {
    const { painted } = paintWindows([around(1_000, 1_100), around(1_300, 1_400)], 0, 10_000);
    assert.deepEqual(painted, [{ start: 800, end: 1_600 }]);
  });

  it('cover what is needed, whatever is visible', () => {
    for (let size = 1; size < 5_000; size += 97) {
      for (const budget of [50, 400, 1_000, 20_000]) {
        for (const anchor of [0, 1_000, 1_500, 9_000]) {
          const { painted, needed } = paintWindows([around(1_000, 1_000 + size)], anchor, budget);
          assert.ok(needed.every((interval) => isCovered(interval, painted)));
          const total = painted.reduce((sum, { start, end }) => sum + end - start, 0);
          assert.ok(total <= budget, `${total} of ${budget}`);
        }
      }
    }
  });
});
