import assert from 'node:assert/strict';
import { answerFromGraph, type NeighborLists } from '../../../src/core/embedding/graph/answerFromGraph';
import { LoopSearch } from '../../../src/core/embedding/search/loopSearch';
import { MemoryRows } from '../../../src/core/embedding/search/memoryRows';
import { rowOf, type TestMatrix } from '../embedding/testMatrix';

/**
 * Compares the answers for some rows with those of scoring all rows in double precision and sorting: ids, order, and every bit of the
 * scores.
 *
 * @param step Every so many-th row is looked at.
 */
export function expectSearchResults(matrix: TestMatrix, lists: NeighborLists, step = 1, k = 32): void {
  const rows = new MemoryRows(matrix.rowCount, matrix.dimension, matrix.values);
  const search = new LoopSearch(rows);
  for (let id = 0; id < matrix.rowCount; id += step) {
    const answer = answerFromGraph(lists, rows, id, k);
    // NaN is not above zero either.
    if (!(search.norms[id]! > 0)) {
      assert.equal(answer, undefined, `row ${id} has no direction`);
      continue;
    }
    const query = Float64Array.from(rowOf(matrix, id));
    const expected = search.search({ query, metric: 'cosine', k });
    assert.ok(answer, `row ${id} has an answer`);
    assert.deepEqual(answer.ids, expected.ids, `ids of row ${id}`);
    assert.deepEqual(answer.scores, expected.scores, `scores of row ${id}`);
    assert.deepEqual(
      answer.norms,
      Float64Array.from(expected.ids, (found) => search.norms[found]!),
    );
  }
}
