import assert from 'node:assert/strict';
import { parseNeighborsRequest } from '../../../src/terminal/neighborsRequest';

describe('request of neighbors', () => {
  it('is a string, a query or ids, with k or the default', () => {
    assert.deepEqual(parseNeighborsRequest(' Mike', 20), { query: ' Mike', k: 20 });
    assert.deepEqual(parseNeighborsRequest({ query: 'Mike', k: 3 }, 20), { query: 'Mike', k: 3 });
    assert.deepEqual(parseNeighborsRequest({ ids: [1, 2] }, 20), { ids: [1, 2], k: 20 });
  });

  it('is refused with a sentence when it is anything else', () => {
    const wrong = [
      7,
      null,
      [],
      {},
      { query: 7 },
      { ids: [] },
      { ids: [1.5] },
      { ids: [-1] },
      { ids: ['1'] },
      { query: 'a', ids: [1] },
      { query: 'a', k: 0 },
      { query: 'a', k: '3' },
    ];
    for (const value of wrong) {
      assert.throws(() => parseNeighborsRequest(value, 20), TypeError, JSON.stringify(value));
    }
  });
});
