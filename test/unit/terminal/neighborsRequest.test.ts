import assert from 'node:assert/strict';
import { parseNeighborsRequest } from '../../../src/terminal/neighborsRequest';

describe('request of neighbors', () => {
  it('is a string, a query, ids or weighted terms, with k and metric or the defaults', () => {
    const byDefault = { k: 20, metric: 'cosine' } as const;
    assert.deepEqual(parseNeighborsRequest(' Mike', 20), { query: ' Mike', ...byDefault });
    assert.deepEqual(parseNeighborsRequest({ query: 'Mike', k: 3 }, 20), {
      query: 'Mike',
      k: 3,
      metric: 'cosine',
    });
    assert.deepEqual(parseNeighborsRequest({ ids: [1, 2] }, 20), { ids: [1, 2], ...byDefault });
    assert.deepEqual(
      parseNeighborsRequest(
        {
          terms: [
            [1, 5],
            [-0.5, 7],
          ],
          metric: 'dot',
        },
        20,
      ),
      {
        terms: [
          { weight: 1, id: 5 },
          { weight: -0.5, id: 7 },
        ],
        k: 20,
        metric: 'dot',
      },
    );
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
      { query: 'a', metric: 'manhattan' },
      { terms: [] },
      { terms: [[1]] },
      { terms: [[1, 2, 3]] },
      { terms: [['1', 2]] },
      { terms: [[Infinity, 2]] },
      { terms: [[1, -2]] },
      { terms: [[1, 2]], ids: [1] },
    ];
    for (const value of wrong) {
      assert.throws(() => parseNeighborsRequest(value, 20), TypeError, JSON.stringify(value));
    }
  });
});
