import assert from 'node:assert/strict';
import { IndexMemory } from '../../../src/core/embedding/index/indexMemory';
import { IndexedSearch } from '../../../src/core/embedding/index/indexedSearch';
import { rowParts, scanJob } from '../../../src/core/embedding/index/scanTeam';
import { METRICS } from '../../../src/core/embedding/metric';
import type { EmbeddingSearch, SearchRequest } from '../../../src/core/embedding/search/embeddingSearch';
import { accurateSum, BruteForce, ORACLE_METRICS } from './bruteForce';
import { indexMatrix, indexSource, loopOver, sourceOf } from './indexedMatrix';
import { isSearchable, QUERY_KINDS } from './queryKinds';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { onEachKernel, testedKernel } from '../../fixtures/kernel/onEachKernel';
import { adversarialMatrix, gaussianMatrix, rowOf, type TestMatrix } from './testMatrix';

type MakeSearch = (matrix: TestMatrix) => Promise<EmbeddingSearch>;

const SEARCHES: Readonly<Record<string, MakeSearch>> = {
  'an index': indexMatrix,
  'the loop': (matrix) => Promise.resolve(loopOver(matrix)),
};

function randomRequests(matrix: TestMatrix, count: number, seed: number): SearchRequest[] {
  const random = seededRandom(seed);
  const kinds = Object.values(QUERY_KINDS);
  const requests: SearchRequest[] = [];
  while (requests.length < count) {
    const query = kinds[Math.floor(random() * kinds.length)]?.(matrix, random) ?? new Float64Array(0);
    const metric = METRICS[Math.floor(random() * METRICS.length)] ?? 'cosine';
    const allowed = new Uint32Array(Math.ceil(matrix.rowCount / 32)).map(() => random() * 2 ** 32);
    if (isSearchable(query)) {
      const k = [1, 20, 200, 1e6][Math.floor(random() * 4)] ?? 1;
      requests.push({ query, metric, k, ...(random() < 0.5 && { allowed }) });
    }
  }
  return requests;
}

for (const [name, make] of Object.entries(SEARCHES)) {
  onEachKernel(`search by ${name}`, () => {
    it('answers many questions as it answers them one by one', async () => {
      for (const [rowCount, dimension] of [
        [3000, 120],
        [70, 9],
      ] as const) {
        const matrix = adversarialMatrix(rowCount, dimension, 51);
        const search = await make(matrix);
        const requests = randomRequests(matrix, 45, 52);
        const together = search.searchMany(requests);
        const alone = requests.map((request) => search.search(request));
        const comparable = ({ ids, scores }: { ids: Uint32Array; scores: Float64Array }): object => ({
          ids,
          scores,
        });
        assert.deepEqual(together.map(comparable), alone.map(comparable));
        assert.deepEqual(search.searchMany([]), []);
      }
    });

    it('orders ties by lower id, also across the boundary of k, under each metric', async () => {
      const matrix = gaussianMatrix(500, 33, 9);
      for (const row of [400, 3, 77, 250, 12]) {
        rowOf(matrix, row).set(rowOf(matrix, 100));
      }
      // So that it is the nearest by dot product too.
      for (const row of [400, 3, 77, 250, 12, 100]) {
        rowOf(matrix, row).set(rowOf(matrix, row).map((value) => 4 * value));
      }
      const search = await make(matrix);
      const query = Float64Array.from(rowOf(matrix, 100));
      for (const metric of METRICS) {
        assert.deepEqual(Array.from(search.search({ query, metric, k: 3 }).ids), [3, 12, 77]);
        const six = search.search({ query, metric, k: 6 });
        assert.deepEqual(Array.from(six.ids), [3, 12, 77, 100, 250, 400]);
        assert.equal(new Set(six.scores).size, 1);
        assert.equal(six.scores[0], { cosine: 1, centered: 1, dot: six.scores[5], euclidean: 0 }[metric]);
      }
    });

    it('gives the lowest ids for a zero query, where every row ties at 0, but for the distance', async () => {
      const matrix = gaussianMatrix(60, 8, 1);
      rowOf(matrix, 1).fill(NaN);
      rowOf(matrix, 50).fill(0);
      const search = await make(matrix);
      const query = new Float64Array(8);
      for (const metric of ['cosine', 'dot'] as const) {
        const found = search.search({ query, metric, k: 4 });
        assert.deepEqual(Array.from(found.ids), [0, 2, 3, 4]);
        assert.deepEqual(Array.from(found.scores), [0, 0, 0, 0]);
        assert.equal(search.averageScore(query, metric), 0);
      }
      const mean = search.search({ query: search.meanRow, metric: 'centered', k: 4 });
      assert.deepEqual(
        [Array.from(mean.ids), Array.from(mean.scores)],
        [
          [0, 2, 3, 4],
          [0, 0, 0, 0],
        ],
      );
      assert.equal(search.search({ query, metric: 'euclidean', k: 1 }).ids[0], 50);
    });

    it('scores a row against itself, its duplicates and its power-of-two copies as exactly 1, and its negatives as −1', async () => {
      const matrix = gaussianMatrix(60, 100, 77);
      const powers = [1, 2, 4, 2 ** 60, 2 ** 100, 2 ** -60, 2 ** -100];
      powers.forEach((power, index) => {
        rowOf(matrix, 20 + index).set(rowOf(matrix, 3).map((value) => value * power));
        rowOf(matrix, 40 + index).set(rowOf(matrix, 3).map((value) => -value * power));
      });
      const search = await make(matrix);
      const query = Float64Array.from(rowOf(matrix, 3));
      const { ids, scores } = search.search({ query, metric: 'cosine', k: 60 });
      const all = powers.map((_, index) => index);
      assert.deepEqual(Array.from(ids).slice(0, 8), [3, ...all.map((index) => 20 + index)]);
      assert.deepEqual(
        Array.from(ids).slice(-7),
        all.map((index) => 40 + index),
      );
      assert.deepEqual([scores[0], scores[7], scores[53], scores[59]], [1, 1, -1, -1]);
      assert.ok((scores[8] ?? 1) < 1 && (scores[52] ?? -1) > -1);
    });

    it('does not depend on the length of the query under the cosines, however extreme', async () => {
      const matrix = gaussianMatrix(90, 50, 4);
      const search = await make(matrix);
      const query = new Float64Array(50).map((_, j) => Math.cos(3 * j));
      const expected = search.search({ query, metric: 'cosine', k: 90 });
      for (const power of [2 ** -398, 2 ** -120, 2 ** 120, 2 ** 398]) {
        const scaled = query.map((value) => value * power);
        const found = search.search({ query: scaled, metric: 'cosine', k: 90 });
        assert.deepEqual([found.ids, found.scores], [expected.ids, expected.scores]);
      }
    });

    it('never gives rows that hold NaN or infinity, whatever is allowed, nor rows that do not exist', async () => {
      const matrix = gaussianMatrix(37, 5, 3);
      rowOf(matrix, 4)[0] = NaN;
      rowOf(matrix, 36)[4] = -Infinity;
      const search = await make(matrix);
      for (const metric of METRICS) {
        const request = { query: new Float64Array(5).fill(1), metric, k: 1000 };
        const ids = Array.from(
          search.search({ ...request, allowed: new Uint32Array(5).fill(2 ** 32 - 1) }).ids,
        );
        assert.deepEqual(
          ids.sort((a, b) => a - b),
          Array.from({ length: 37 }, (_, row) => row).filter((row) => row !== 4 && row !== 36),
        );
        // A bitmap that is too short allows no row beyond its end.
        const some = search.search({ ...request, allowed: Uint32Array.of(2 ** 32 - 1) }).ids;
        assert.deepEqual([some.length, Math.max(...some)], [31, 31]);
        assert.equal(search.search({ ...request, allowed: new Uint32Array(0) }).ids.length, 0);
      }
      assert.ok(Number.isNaN(search.norms[4]) && Number.isNaN(search.norms[36]));
    });

    it('finds nothing when every row holds NaN', async () => {
      const matrix = gaussianMatrix(3, 4, 1);
      matrix.values.fill(NaN);
      const search = await make(matrix);
      for (const metric of METRICS) {
        const query = new Float64Array(4).fill(1);
        assert.deepEqual(search.search({ query, metric, k: 5 }).ids.length, 0);
        assert.equal(search.averageScore(query, metric), 0);
      }
    });

    it('refuses a k below 1, and a query that is not finite, of another length, or beyond 2^±400', async () => {
      const search = await make(gaussianMatrix(9, 6, 1));
      const query = new Float64Array(6).fill(1);
      for (const metric of METRICS) {
        const refuses = (request: Partial<SearchRequest>, message: RegExp): void => {
          const ask = { query, metric, k: 3, ...request };
          assert.throws(() => search.search(ask), { name: 'RangeError', message });
          assert.throws(() => search.searchMany([{ query, metric, k: 1 }, ask]), {
            name: 'RangeError',
            message,
          });
        };
        refuses({ k: 0 }, /at least 1, not 0/);
        refuses({ k: -3 }, /at least 1/);
        refuses({ k: NaN }, /at least 1, not NaN/);
        refuses({ query: query.map((_, j) => (j === 4 ? NaN : 1)) }, /NaN or infinity/);
        refuses({ query: query.map((_, j) => (j === 4 ? -Infinity : 1)) }, /NaN or infinity/);
        refuses({ query: new Float64Array(7) }, /7 values, the matrix 6/);
        refuses({ query: new Float64Array(0) }, /0 values, the matrix 6/);
        refuses({ query: query.map(() => 2 ** 401) }, /beyond 2\^±400/);
        refuses({ query: query.map(() => 2 ** -401) }, /beyond 2\^±400/);
        assert.throws(() => {
          search.approximateScores(new Float64Array(7), metric, new Float32Array(9));
        }, RangeError);
        // Half a row is none.
        assert.equal(search.search({ query, metric, k: 2.9 }).ids.length, 2);
        assert.equal(search.search({ query, metric, k: Infinity }).ids.length, 9);
      }
    });

    it('computes scores close to accurate ones', async () => {
      const matrix = gaussianMatrix(400, 768, 12);
      const search = await make(matrix);
      const query = new Float64Array(768).map((_, j) => Math.sin(j * j));
      const accurate = new BruteForce(matrix, accurateSum);
      for (const metric of ORACLE_METRICS) {
        const expected = accurate.scores(query, metric);
        const largest = expected.reduce((most, score) => Math.max(most, Math.abs(score)), 0);
        const { ids, scores } = search.search({ query, metric, k: 400 });
        ids.forEach((id, rank) => {
          const error = Math.abs((scores[rank] ?? NaN) - (expected[id] ?? NaN));
          assert.ok(error <= 4e-15 * largest, `${metric}: ${error}`);
        });
      }
    });

    it('keeps lengths in double precision', async () => {
      const matrix = adversarialMatrix(500, 37, 2);
      const { norms } = await make(matrix);
      norms.forEach((norm, row) => {
        const values = Array.from(rowOf(matrix, row));
        const expected = values.every(Number.isFinite) ? Math.hypot(...values) : NaN;
        assert.ok(
          Object.is(norm, expected) || Math.abs(norm - expected) <= 1e-14 * expected,
          `row ${row}: ${norm}, not ${expected}`,
        );
      });
      assert.ok(norms.some((norm) => norm === 0) && norms.some(Number.isNaN));
    });

    it('computes what the plain loop of a notebook computes: the same order of all 50,257 rows', async () => {
      const matrix = gaussianMatrix(50257, 32, 2024);
      const query = Float64Array.from(rowOf(matrix, 16073));
      const loop = Array.from({ length: matrix.rowCount }, (_, row) => {
        let dot = 0;
        let queryLength = 0;
        let rowLength = 0;
        rowOf(matrix, row).forEach((value, j) => {
          dot += (query[j] ?? 0) * value;
          queryLength += (query[j] ?? 0) ** 2;
          rowLength += value ** 2;
        });
        return dot / (Math.sqrt(queryLength) * Math.sqrt(rowLength));
      });
      const search = await make(matrix);
      const { ids, scores } = search.search({ query, metric: 'cosine', k: matrix.rowCount });
      assert.equal(ids[0], 16073);
      const top = Array.from(loop.keys()).sort((a, b) => (loop[b] ?? 0) - (loop[a] ?? 0));
      assert.deepEqual(Array.from(ids.subarray(0, 20)), top.slice(0, 20));
      const screened = new Float32Array(matrix.rowCount);
      search.approximateScores(query, 'cosine', screened);
      ids.forEach((id, rank) => {
        assert.ok(Math.abs((scores[rank] ?? NaN) - (loop[id] ?? NaN)) < 1e-14);
        assert.ok(Math.abs((screened[id] ?? NaN) - (loop[id] ?? NaN)) < 0.02);
      });
    });
  });
}

onEachKernel('IndexedSearch', () => {
  /** A team whose threads take turns. */
  function useThreads(search: IndexedSearch, size: number): void {
    search.useTeam({
      size,
      scan: (jobs) => {
        assert.ok(jobs.length >= 1 && jobs.length <= size);
        for (const job of [...jobs].reverse()) {
          scanJob(search.memory.kernel, search.memory.paddedDimension, job);
        }
      },
    });
  }

  it('answers the same however many threads share the rows', async () => {
    for (const [rowCount, dimension] of [
      [1, 3],
      [7, 20],
      [903, 48],
      [2500, 300],
    ] as const) {
      const matrix = adversarialMatrix(rowCount, dimension, 61);
      const [search, loop] = [await indexMatrix(matrix), loopOver(matrix)];
      const requests = randomRequests(matrix, 25, rowCount);
      const expected = requests.map((request) => loop.search(request));
      for (const threads of [1, 2, 3, 4, 9]) {
        useThreads(search, threads);
        for (const found of [
          search.searchMany(requests),
          requests.map((request) => search.search(request)),
        ]) {
          found.forEach(({ ids, scores }, index) => {
            assert.deepEqual([ids, scores], [expected[index]?.ids, expected[index]?.scores]);
          });
        }
      }
    }
  });

  it('cuts rows into parts that begin at whole blocks and meet', () => {
    for (const rowCount of [1, 4, 5, 31, 1000, 50257]) {
      for (const parts of [1, 2, 3, 8]) {
        let end = 0;
        for (const { firstRow, endRow } of rowParts(rowCount, parts)) {
          assert.ok(firstRow === end && firstRow % 4 === 0 && endRow > firstRow);
          end = endRow;
        }
        assert.equal(end, rowCount);
        assert.ok(rowParts(rowCount, parts).length <= parts);
      }
    }
  });

  it('reads only the rows that may be among the best, and asks for each once', async () => {
    const matrix = gaussianMatrix(2000, 96, 71);
    const source = sourceOf(matrix);
    const read: number[] = [];
    const search = await indexSource({
      ...source,
      copyRows: (ids, target) => {
        read.push(...ids);
        source.copyRows(ids, target);
      },
    });
    const found = search.search({ query: Float64Array.from(rowOf(matrix, 5)), metric: 'cosine', k: 10 });
    assert.equal(read.length, found.rescored);
    assert.equal(new Set(read).size, read.length);
    assert.ok(read.length < 200, `${read.length} rows were read`);
    assert.ok(Array.from(found.ids).every((id) => read.includes(id)));
    read.length = 0;
    const zero = new Float64Array(96);
    search.search({ query: zero, metric: 'cosine', k: 10 });
    search.approximateScores(zero, 'dot', new Float32Array(2000));
    search.averageScore(zero, 'centered');
    assert.deepEqual(read, [], 'a zero query needs no row');
  });

  it('passes on what goes wrong when rows are read, and answers afterwards', async () => {
    const matrix = gaussianMatrix(300, 16, 72);
    const source = sourceOf(matrix);
    let isGone = false;
    const search = await indexSource({
      ...source,
      copyRows: (ids, target) => {
        if (isGone) {
          throw new Error('the disk is gone');
        }
        source.copyRows(ids, target);
      },
    });
    const request = { query: Float64Array.from(rowOf(matrix, 5)), metric: 'dot', k: 10 } as const;
    const expected = search.search(request);
    isGone = true;
    assert.throws(() => search.search(request), /the disk is gone/);
    isGone = false;
    assert.deepEqual(search.search(request), expected);
  });

  it('judges by half of the query first, where the kernel has halves, and by both where one says little', async () => {
    const matrix = gaussianMatrix(4000, 600, 73);
    const search = await indexMatrix(matrix);
    const isCoarse = (query: Float64Array): boolean => {
      search.search({ query, metric: 'cosine', k: 10 });
      return search.memory.uint32(search.memory.layout.scanAreas[0]?.request ?? 0, 27)[26] === 1;
    };
    const row = Float64Array.from(rowOf(matrix, 5));
    assert.equal(isCoarse(row), testedKernel() === 'relaxed-simd');
    // Where one value is as long as all others together, seven bits say little of these.
    assert.equal(isCoarse(row.map((value, j) => (j === 0 ? Math.hypot(...row) : value))), false);
  });

  it('needs the centered lengths for the centered cosine, and says so', async () => {
    const matrix = gaussianMatrix(20, 4, 1);
    const { memory, figures, rows } = await indexMatrix(matrix);
    const search = new IndexedSearch(memory, figures, rows);
    const request = { query: new Float64Array(4).fill(1), metric: 'centered', k: 1 } as const;
    assert.equal(search.hasCenteredLengths, false);
    assert.throws(() => search.search(request), /centered lengths/);
    search.useCenteredLengths();
    assert.equal(search.search(request).ids.length, 1);
  });
});

describe('IndexMemory', () => {
  it('refuses impossible shapes, and sizes beyond memory with the figure in MB', () => {
    assert.throws(() => new IndexMemory(0, 5), RangeError);
    assert.throws(() => new IndexMemory(5, 1.5), RangeError);
    assert.throws(() => new IndexMemory(NaN, 5), RangeError);
    assert.throws(() => new IndexMemory(2 ** 21, 2 ** 12), {
      name: 'RangeError',
      // 2³³ bytes of codes, and what comes with them.
      message: /2097152 × 4096 values need 8,\d{3} MB/,
    });
  });

  it('lays arrays out one after the other: none overlaps another', () => {
    const { layout, memory, paddedRows, paddedDimension, exactRows, buildRows } = new IndexMemory(1001, 50, {
      scanAreas: 3,
    });
    assert.deepEqual([paddedRows, paddedDimension], [1004, 64]);
    const ranges: [begin: number, bytes: number][] = [
      [layout.codes, 1004 * 64],
      ...[layout.scales, layout.residuals].map((start): [number, number] => [start, 1004 * 4]),
      ...[layout.squaredNorms, layout.centeredSquares].map((start): [number, number] => [start, 1004 * 8]),
      [layout.norms, 1004 * 8],
      ...[layout.rankedRows, layout.moderateRows, layout.centeredRows].map((start): [number, number] => [
        start,
        32 * 4,
      ]),
      [layout.center, 64 * 4],
      [layout.mean, 64 * 8],
      ...[layout.lengthGains, layout.euclideanOffsets, layout.centeredGains, layout.centeredOffsets].map(
        (start): [number, number] => [start, 1004 * 4],
      ),
      [layout.checksumLanes, 64],
      [layout.team, 3 * 64],
      [layout.encodeRequest, 128],
      [layout.scratch, 64 * 4],
      [layout.codedSum, 64 * 4],
      ...layout.buildWindows.map((start): [number, number] => [start, buildRows * 64 * 4]),
    ];
    for (const area of layout.scanAreas) {
      ranges.push([area.request, 128], [area.weights, 64 * 2], [area.vector, 64 * 8]);
      for (const start of [area.heap, area.candidates, area.upperBounds, area.lowerBounds]) {
        ranges.push([start, 1004 * 4]);
      }
      ranges.push(
        [area.allowed, 32 * 4],
        [area.sums, 128 * 64],
        [area.window, exactRows * 64 * 4],
        [area.results, exactRows * 8],
      );
    }
    ranges.sort((a, b) => a[0] - b[0]);
    ranges.forEach(([begin], index) => {
      const [before, bytes] = ranges[index - 1] ?? [0, 1024];
      assert.ok(begin >= before + bytes && begin % 64 === 0, `at ${begin}`);
    });
    assert.ok(layout.bytes <= memory.buffer.byteLength);
  });
});
