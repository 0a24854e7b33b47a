import assert from 'node:assert/strict';
import type { IndexedSearch } from '../../../src/core/embedding/index/indexedSearch';
import type { RankedRows, SearchRequest } from '../../../src/core/embedding/search/embeddingSearch';
import type { LoopSearch } from '../../../src/core/embedding/search/loopSearch';
import { BruteForce, ORACLE_METRICS, type OracleMetric, type Ranking } from './bruteForce';
import { HARD_MATRICES } from './hardMatrices';
import { indexMatrix, loopOver } from './indexedMatrix';
import { isSearchable, QUERY_KINDS } from './queryKinds';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { onEachKernel } from '../../fixtures/kernel/onEachKernel';

/** How many of the best rows are asked for: one, a list, a long list, a very long one, all. */
const COUNTS = [1, 20, 200, 1000, 1e9];

/** A set of rows as requests take it, and as a test of one row. */
interface Filter {
  readonly allowed: Uint32Array;
  readonly isAllowed: (row: number) => boolean;
}

function filterOf(rowCount: number, isAllowed: (row: number) => boolean): Filter {
  const allowed = new Uint32Array(Math.ceil(rowCount / 32));
  for (let row = 0; row < rowCount; row++) {
    if (isAllowed(row)) {
      const word = Math.floor(row / 32);
      allowed[word] = (allowed[word] ?? 0) + 2 ** (row % 32);
    }
  }
  return { allowed, isAllowed };
}

function randomFilters(rowCount: number, random: () => number): Filter[] {
  const chosen = new Set<number>();
  const share = random();
  for (let row = 0; row < rowCount; row++) {
    if (random() < share) {
      chosen.add(row);
    }
  }
  const single = Math.floor(random() * rowCount);
  return [
    filterOf(rowCount, (row) => chosen.has(row)),
    filterOf(rowCount, (row) => row === single),
    filterOf(rowCount, () => false),
  ];
}

/** Fails unless ids, order and scores are those of the first k of a ranking, bit by bit. */
function assertBest(found: RankedRows, ranking: Ranking, k: number, what: () => string): void {
  const count = Math.min(k, ranking.ids.length);
  let isSame = found.ids.length === count && found.scores.length === count;
  for (let rank = 0; rank < count && isSame; rank++) {
    isSame = found.ids[rank] === ranking.ids[rank] && Object.is(found.scores[rank], ranking.scores[rank]);
  }
  if (!isSame) {
    assert.deepEqual(Array.from(found.ids), ranking.ids.slice(0, k), `${what()}: ids`);
    assert.deepEqual(Array.from(found.scores), ranking.scores.slice(0, k), `${what()}: scores`);
  }
}

onEachKernel('exact search', () => {
  let searches = 0;
  let looped = 0;

  function checkQuery(
    oracle: BruteForce,
    index: IndexedSearch,
    loop: LoopSearch,
    query: Float64Array,
    metric: OracleMetric,
    random: () => number,
    name: string,
  ): void {
    const { rowCount } = oracle.matrix;
    const scores = oracle.scores(query, metric);
    const all = oracle.ranking(scores, metric);
    const requests: SearchRequest[] = [];
    const check = (k: number, ranking: Ranking, allowed?: Uint32Array): void => {
      const request = { query, metric, k, allowed };
      requests.push(request);
      const found = index.search(request);
      assertBest(found, ranking, k, () => `${name}, ${metric}, k = ${k}`);
      assert.ok(found.rescored <= found.candidates && found.candidates <= rowCount);
      searches++;
    };
    for (const k of COUNTS.filter((count, i) => (COUNTS[i - 1] ?? 0) < rowCount || count === 1e9)) {
      check(k, all);
    }
    for (const { allowed, isAllowed } of randomFilters(rowCount, random)) {
      const k = COUNTS[Math.floor(random() * COUNTS.length)] ?? 1;
      check(k, oracle.ranking(scores, metric, isAllowed), allowed);
    }
    const [filter] = randomFilters(rowCount, random);
    const looping = random() < 0.5 ? undefined : filter;
    const ranking = oracle.ranking(scores, metric, looping?.isAllowed);
    const k = COUNTS[Math.floor(random() * COUNTS.length)] ?? 1;
    const found = loop.search({ query, metric, k, allowed: looping?.allowed });
    assertBest(found, ranking, k, () => `loop, ${name}, ${metric}, k = ${k}`);
    looped++;
  }

  for (const [matrixName, make] of Object.entries(HARD_MATRICES)) {
    it(`gives the rows, order and scores of brute force, bit by bit: ${matrixName}`, async () => {
      const matrix = make();
      const oracle = new BruteForce(matrix);
      const index = await indexMatrix(matrix);
      const loop = loopOver(matrix);
      assert.deepEqual(index.meanRow, oracle.meanRow);
      assert.deepEqual(loop.meanRow, oracle.meanRow);
      assert.deepEqual(index.norms, loop.norms);
      const random = seededRandom(matrix.rowCount + matrix.dimension);
      for (const [kind, makeQuery] of Object.entries(QUERY_KINDS)) {
        const query = makeQuery(matrix, random);
        for (const metric of isSearchable(query) ? ORACLE_METRICS : []) {
          checkQuery(oracle, index, loop, query, metric, random, `${matrixName}, ${kind}`);
        }
      }
    });
  }

  it('was searched at least 5,000 times, and at least 1,000 times by the loop', () => {
    assert.ok(searches >= 5000, `only ${searches} searches`);
    assert.ok(looped >= 1000, `only ${looped} searches by the loop`);
    console.log(`      ${searches} searches of indexes, ${looped} by the loop`);
  });
});
