import assert from 'node:assert/strict';
import { growthPerOperation, type Measure } from '../../soak/growth';

const COUNT: Measure = { name: 'listeners', unit: '', slack: 0 };
const HEAP: Measure = { name: 'heap', unit: 'KB', slack: 100 };

const growth = (measure: Measure, values: readonly number[], operations = 40): number | undefined =>
  growthPerOperation({ measure, values }, operations);

describe('the rule of the soak', () => {
  it('finds what every operation leaves behind, and how much it is', () => {
    assert.equal(growth(COUNT, [500, 540, 580, 620, 660]), 1);
    assert.equal(growth(COUNT, [500, 580, 660, 740, 820]), 2);
  });

  it('finds what one operation in a round leaves behind', () => {
    assert.equal(growth(COUNT, [12, 13, 14, 15, 16]), 1 / 40);
  });

  it('finds a heap that grows unevenly, and tells its least', () => {
    assert.equal(growth(HEAP, [30_000, 30_900, 31_300, 32_800, 33_300]), 10);
  });

  it('lets warm up what is first used, and stays', () => {
    assert.equal(growth(COUNT, [900, 900, 900, 900, 900]), undefined);
    assert.equal(growth(COUNT, [900, 940, 940, 940, 940]), undefined);
  });

  it('takes a cache that fills, or a single step, for no growth', () => {
    assert.equal(growth(HEAP, [30_000, 34_000, 35_000, 35_200, 35_210]), undefined);
    assert.equal(growth(COUNT, [20, 20, 24, 24, 24]), undefined);
  });

  it('takes noise within the slack for no growth, however steady', () => {
    assert.equal(growth(HEAP, [30_000, 30_100, 30_200, 30_300, 30_400]), undefined);
    assert.notEqual(growth(HEAP, [30_000, 30_101, 30_202, 30_303, 30_404]), undefined);
  });

  it('takes what goes down for no growth, even where the end is higher', () => {
    assert.equal(growth(COUNT, [10, 14, 13, 20, 30]), undefined);
  });

  it('refuses to tell from fewer than four rounds', () => {
    assert.throws(() => growth(COUNT, [1, 2, 3]), RangeError);
  });
});
