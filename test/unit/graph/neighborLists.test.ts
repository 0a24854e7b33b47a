import assert from 'node:assert/strict';
import { answerFromGraph } from '../../../src/core/embedding/graph/answerFromGraph';
import { GraphMemory } from '../../../src/core/embedding/graph/graphMemory';
import { graphShape, tilePairCount } from '../../../src/core/embedding/graph/graphShape';
import { UNIT_SCALE } from '../../../src/core/embedding/graph/unitCodes';
import { cosineOfSums, dotWithRow, squaredLength } from '../../../src/core/embedding/canonicalSums';
import { MemoryRows } from '../../../src/core/embedding/search/memoryRows';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { onEachKernel } from '../../fixtures/kernel/onEachKernel';
import {
  adversarialMatrix,
  gaussianMatrix,
  normalFrom,
  rowOf,
  type TestMatrix,
} from '../embedding/testMatrix';
import { codedGraph, computeLists, crossAllPanels } from './computeLists';
import { expectSearchResults } from './expectSearchResults';

/** Small enough that small matrices have many tiles and panels, the last ones not whole. */
const SMALL_TILES = { tileRows: 24, panelTiles: 3 };

/** Rows around some centers, so close that their cosines differ by no more than `spread`². */
function clumps(rowCount: number, dimension: number, clumpCount: number, spread: number): TestMatrix {
  const matrix = gaussianMatrix(rowCount, dimension, 77);
  const random = seededRandom(78);
  for (let row = clumpCount; row < rowCount; row++) {
    const center = rowOf(matrix, row % clumpCount);
    rowOf(matrix, row).set(center.map((value) => value + spread * normalFrom(random)));
  }
  return matrix;
}

onEachKernel('Lists of the neighbor graph', () => {
  for (const [rowCount, dimension] of [
    [700, 48],
    [501, 7],
    [333, 33],
    [300, 1],
    [250, 2],
  ] as const) {
    it(`are what searches answer, over ${rowCount} × ${dimension} adversarial values`, async () => {
      for (const seed of [1, 2]) {
        const matrix = adversarialMatrix(rowCount, dimension, 100 * seed + dimension);
        const { lists } = await computeLists(matrix, seed === 1 ? SMALL_TILES : {});
        expectSearchResults(matrix, lists);
      }
    });
  }

  it('are right with the sizes of tiles of real matrices, over several panels', async () => {
    const matrix = gaussianMatrix(4_500, 20, 5);
    const { lists } = await computeLists(matrix);
    expectSearchResults(matrix, lists, 37);
  });

  for (const rowCount of [1, 2, 3, 4, 5, 31, 32, 33]) {
    it(`are right for ${rowCount} rows`, async () => {
      const matrix = gaussianMatrix(rowCount, 5, rowCount);
      const { lists } = await computeLists(matrix, SMALL_TILES);
      expectSearchResults(matrix, lists);
      expectSearchResults(matrix, lists, 1, 1);
    });
  }

  it('are ordered by id among 250 identical rows, which the codes cannot tell apart', async () => {
    const matrix = gaussianMatrix(600, 24, 9);
    const random = seededRandom(10);
    for (let copies = 0; copies < 250;) {
      const row = Math.floor(random() * 600);
      if (row % 2 === 0 || copies > 100) {
        rowOf(matrix, row).set(rowOf(matrix, 0));
        copies++;
      }
    }
    const { lists, settled } = await computeLists(matrix, SMALL_TILES);
    assert.ok(settled > 100, `${settled} rows were settled`);
    expectSearchResults(matrix, lists);
  });

  it('are right where all rows are the same but for scales, signs and last bits', async () => {
    const matrix = gaussianMatrix(400, 12, 11);
    const bits = new Uint32Array(matrix.values.buffer);
    for (let row = 1; row < 400; row++) {
      const factor = [1, 2, 3, -1, 2 ** -70, 0.1][row % 6]!;
      rowOf(matrix, row).set(rowOf(matrix, 0).map((value) => value * factor));
      if (row % 5 === 0) {
        bits[row * 12 + (row % 12)]! ^= 1;
      }
    }
    const { lists, settled } = await computeLists(matrix, SMALL_TILES);
    assert.ok(settled > 100, `${settled} rows were settled`);
    expectSearchResults(matrix, lists);
  });

  for (const spread of [1e-2, 1e-4, 1e-6]) {
    it(`are right in clumps of rows that are ${spread} apart`, async () => {
      const matrix = clumps(800, 16, 3, spread);
      const { lists } = await computeLists(matrix, SMALL_TILES);
      expectSearchResults(matrix, lists, 3);
    });
  }

  it('name zero rows where fewer than 32 rows are more like, and have none for them', async () => {
    const matrix = gaussianMatrix(60, 6, 13);
    for (let row = 0; row < 60; row += 3) {
      rowOf(matrix, row).fill(0);
    }
    rowOf(matrix, 1)[2] = NaN;
    const { lists } = await computeLists(matrix, SMALL_TILES);
    assert.ok(lists.listOf(2)?.ids.includes(0));
    assert.equal(lists.listOf(0), undefined);
    assert.equal(lists.listOf(1), undefined);
    expectSearchResults(matrix, lists);
  });

  it('are not used for more neighbors than they hold, nor for other rows than they were made from', async () => {
    const matrix = gaussianMatrix(100, 8, 17);
    const { lists } = await computeLists(matrix);
    const rows = new MemoryRows(100, 8, matrix.values);
    assert.equal(answerFromGraph(lists, rows, 3, 33), undefined);
    assert.equal(answerFromGraph(lists, rows, 3, 0), undefined);
    assert.equal(answerFromGraph(lists, rows, 3, 32)?.ids.length, 32);
    const others = new MemoryRows(100, 8, gaussianMatrix(100, 8, 18).values);
    assert.equal(answerFromGraph(lists, others, 3, 32), undefined);
  });
});

onEachKernel('Products of the neighbor graph', () => {
  for (const dimension of [1, 5, 16, 40, 300]) {
    it(`differ from exact cosines by no more than the bound, in ${dimension} dimensions`, async () => {
      // So few rows that each keeps the products with all others.
      const matrix = adversarialMatrix(96, dimension, dimension);
      const { graph, bound } = await codedGraph(matrix, SMALL_TILES);
      crossAllPanels(graph, matrix);
      const { layout } = graph;
      const squares = Float64Array.from({ length: 96 }, (_, row) =>
        squaredLength(matrix.values, row * dimension, dimension),
      );
      let pairs = 0;
      let largest = 0;
      for (let row = 0; row < 96; row++) {
        const count = graph.uint32(layout.counts, 96)[row]!;
        const entries = graph.int32(layout.entries + row * 1024, 2 * count);
        const ids = new Set<number>();
        for (let entry = 0; entry < count; entry++) {
          const [id = 0, product = 0] = entries.subarray(2 * entry, 2 * entry + 2);
          const dot = dotWithRow(Float64Array.from(rowOf(matrix, row)), matrix.values, id * dimension);
          const exact = cosineOfSums(dot, squares[row]!, squares[id]!) * UNIT_SCALE ** 2;
          largest = Math.max(largest, Math.abs(exact - product));
          ids.add(id);
          pairs++;
        }
        assert.equal(ids.size, count, 'no row is found twice');
        const ranked = squares.filter(Number.isFinite).length;
        assert.equal(count, squares[row]! > 0 && Number.isFinite(squares[row]) ? ranked : 0);
      }
      assert.ok(pairs > 3_000);
      assert.ok(largest <= bound, `${largest} is not above ${bound}`);
      // A bound that no product comes near would say nothing; Cauchy and Schwarz are generous in many dimensions.
      // In one dimension codes are exact.
      assert.ok(dimension === 1 || largest > bound / 200, `${largest} is far below ${bound}`);
    });
  }
});

onEachKernel('A product that just reaches the threshold of its row', () => {
  for (const dimension of [1, 2, 7, 16, 40, 300, 768]) {
    it(`is found, in ${dimension} dimensions`, async () => {
      const matrix = adversarialMatrix(48, dimension, 7 * dimension);
      const { graph } = await codedGraph(matrix, { tileRows: 16, panelTiles: 2 });
      const { layout, shape } = graph;
      const thresholds = graph.int32(layout.thresholds, shape.paddedRows);
      const counts = graph.uint32(layout.counts, shape.paddedRows);
      const coded = thresholds.slice();
      const cross = (): void => {
        counts.fill(0);
        graph.bytes(layout.done, tilePairCount(shape)).fill(0);
        crossAllPanels(graph, matrix);
      };
      const entriesOf = (row: number): [id: number, product: number][] => {
        const words = graph.int32(layout.entries + row * 1024, 2 * counts[row]!);
        return Array.from({ length: counts[row]! }, (_, entry) => [words[2 * entry]!, words[2 * entry + 1]!]);
      };
      cross();
      const all = Array.from({ length: 48 }, (_, row) => entriesOf(row));
      let found = 0;
      for (const [row, entries] of all.entries()) {
        for (const [id, product] of entries) {
          // No other row collects anything, so nothing but this product leads to the pair.
          thresholds.fill(2 ** 31 - 1);
          thresholds[row] = product;
          cross();
          assert.ok(
            entriesOf(row).some(([other]) => other === id),
            `${row} and ${id}: ${product}`,
          );
          found++;
        }
        thresholds.set(coded);
      }
      assert.ok(found > 1000, `${found} products`);
    });
  }
});

describe('The size of a neighbor graph', () => {
  it('is refused with the figures where it would take much more than five minutes', () => {
    assert.throws(
      () => GraphMemory.create(graphShape(262_144, 2_560)),
      (error) => error instanceof RangeError && error.message.includes('8.8e+13 multiply-adds'),
    );
  });

  it('is refused with the figures where it would take more than a gigabyte', () => {
    assert.throws(
      () => GraphMemory.create(graphShape(800_000, 16)),
      (error) => error instanceof RangeError && /1,\d{3} MB of memory/.test(error.message),
    );
  });

  it('is accepted for GPT-2 XL, whose 50,257 rows have 1,600 values', () => {
    assert.ok(GraphMemory.create(graphShape(50_257, 1_600)).layout.bytes < 300e6);
  });

  it('is refused where it is no size', () => {
    assert.throws(() => graphShape(0, 5), RangeError);
    assert.throws(() => graphShape(5, 1.5), RangeError);
  });
});
