import assert from 'node:assert/strict';
import { onEachKernel } from '../../fixtures/kernel/onEachKernel';
import type { Context } from 'mocha';
import { IndexBuilder } from '../../../src/core/embedding/index/indexBuilder';
import type { IndexMemory } from '../../../src/core/embedding/index/indexMemory';
import { IndexQuery } from '../../../src/core/embedding/index/indexQuery';
import { lengthForms } from '../../../src/core/embedding/index/scoreForms';
import { screenQuery } from '../../../src/core/embedding/index/screening';
import type { RankedRows } from '../../../src/core/embedding/search/embeddingSearch';
import { prepareQuery } from '../../../src/core/embedding/search/preparedQuery';
import { createChecksum } from '../../../src/core/embedding/checksum';
import { BruteForce, type OracleMetric } from './bruteForce';
import { testedMemory } from './indexedMatrix';
import { gaussianMatrix, rowOf, type TestMatrix } from './testMatrix';

const HALF = 2 ** 31;

/** Memory that is only reserved costs nothing. Where the machine refuses even that, the test is skipped. */
function reserve(context: Context, rowCount: number, dimension: number, scanAreas?: number): IndexMemory {
  try {
    return testedMemory(rowCount, dimension, scanAreas);
  } catch (error) {
    console.log(`      skipped: ${String(error)}`);
    return context.skip();
  }
}

/** Codes some rows as the last ones of a matrix that is otherwise zero, searches among them, and compares with brute force. */
function checkLastRows(memory: IndexMemory, last: TestMatrix): void {
  const { rowCount, dimension, layout } = memory;
  const firstRow = rowCount - last.rowCount;
  const builder = new IndexBuilder(memory);
  builder.target(1, last.rowCount).set(last.values);
  builder.add(1, firstRow, last.rowCount);
  const figures = builder.finish();
  assert.equal(figures.rankedCount, rowCount);
  const rows = {
    rowCount,
    dimension,
    copyRows: (ids: Uint32Array, target: Float32Array): void => {
      ids.forEach((id, index) => {
        target.set(rowOf(last, id - firstRow), index * dimension);
      });
    },
  };
  const area = layout.scanAreas.at(-1);
  assert.ok(area !== undefined);
  const allowed = new Uint32Array(Math.ceil(rowCount / 32));
  for (let row = firstRow; row < rowCount; row++) {
    allowed[row >> 5] = (allowed[row >> 5] ?? 0) + 2 ** (row % 32);
  }
  const forms = lengthForms(memory);
  const oracle = new BruteForce(last);
  for (const metric of ['cosine', 'dot', 'euclidean'] as const satisfies OracleMetric[]) {
    for (let asked = 0; asked < last.rowCount; asked++) {
      const query = Float64Array.from(rowOf(last, asked), (value, j) => value + (j % 3) / 10);
      const prepared = prepareQuery(query, metric, new Float64Array(dimension));
      const screening = screenQuery(memory, figures, area, prepared, forms[metric]);
      assert.ok(screening !== undefined);
      const request = { query, metric, k: 3, allowed };
      const search: IndexQuery = new IndexQuery(
        memory,
        rows,
        [area],
        request,
        prepared,
        forms[metric],
        screening,
      );
      memory.kernel.scanRows(area.request, firstRow, rowCount);
      const found: RankedRows = search.finish();
      const expected = oracle.ranking(oracle.scores(query, metric), metric);
      assert.deepEqual(
        Array.from(found.ids, (id) => id - firstRow),
        expected.ids.slice(0, 3),
      );
      assert.deepEqual(Array.from(found.scores), expected.scores.slice(0, 3));
    }
  }
}

onEachKernel('an index beyond 2 GiB', () => {
  it('codes and scans rows whose codes lie beyond 2³¹ bytes', function () {
    const memory = reserve(this, 2 ** 18, 9000);
    const { layout, rowCount, paddedDimension } = memory;
    assert.ok(layout.codes + (rowCount - 64) * paddedDimension > HALF);
    checkLastRows(memory, gaussianMatrix(28, 9000, 1));
  });

  it('works where all that a scan writes lies beyond 2³¹ bytes', function () {
    const memory = reserve(this, 2 ** 20, 20, 130);
    assert.ok((memory.layout.scanAreas.at(-1)?.request ?? 0) > HALF && memory.layout.codes > HALF);
    checkLastRows(memory, gaussianMatrix(64, 20, 2));
  });

  it('checks sums of bytes beyond 2³¹', function () {
    const memory = reserve(this, 2 ** 18, 9000);
    const bytes = memory.bytes(memory.layout.bytes - 70_000, 64 * 1001 + 5);
    bytes.forEach((_, i) => {
      bytes[i] = (i * 7919) >> 3;
    });
    const checksum = memory.createChecksum();
    checksum.update(bytes);
    const plain = createChecksum();
    plain.update(bytes.slice());
    assert.equal(checksum.digest(), plain.digest());
  });
});
