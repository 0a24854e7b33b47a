import assert from 'node:assert/strict';
import { METRICS } from '../../../../src/core/embedding/metric';
import { EngineUnavailableError } from '../../../../src/engine/engineErrors';
import { startNodeWorker } from '../../../../src/engine/thread/nodeWorker';
import {
  SHARED_SCAN_BYTES,
  ScanThreads,
  scanThreadCount,
} from '../../../../src/engine/loaded/scan/scanThreads';
import type { WorkerPort } from '../../../../src/engine/workerPort';
import { useBundledProgram } from '../../../fixtures/bundledProgram';
import { until } from '../../../fixtures/until';
import { indexSource, loopOver, sourceOf, testedMemory } from '../../../unit/embedding/indexedMatrix';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { onEachKernel } from '../../../fixtures/kernel/onEachKernel';
import { adversarialMatrix, normalFrom, rowOf } from '../../../unit/embedding/testMatrix';

onEachKernel('threads that scan one index', () => {
  const workerFile = useBundledProgram('src/engine/thread/engineWorker.ts');
  let team: ScanThreads | undefined;

  afterEach(async () => {
    await team?.end();
    team = undefined;
  });

  const start = (): WorkerPort => startNodeWorker(workerFile(), 'scan');

  async function untilSize(threads: ScanThreads, size: number): Promise<void> {
    await until(
      () => threads.size,
      (current) => current === size,
      `${size} threads that scan`,
    );
  }

  it('answer as the plain loop does: any metric, any k, several questions at once', async () => {
    const matrix = adversarialMatrix(3_001, 40, 12);
    const memory = testedMemory(matrix.rowCount, matrix.dimension);
    const search = await indexSource(sourceOf(matrix), memory);
    const loop = loopOver(matrix);
    team = new ScanThreads(memory, 3, start);
    search.useTeam(team);
    await untilSize(team, 3);
    const random = seededRandom(5);
    const queries = Array.from({ length: 24 }, (_, i) =>
      i % 2 === 0
        ? new Float64Array(matrix.dimension).map(() => normalFrom(random))
        : Float64Array.from(rowOf(matrix, 100 + i)).map((value) => (Number.isFinite(value) ? value : 1)),
    );
    for (const metric of METRICS) {
      for (const k of [1, 20, 700, matrix.rowCount]) {
        const requests = queries.map((query) => ({ query, metric, k }));
        const found = search.searchMany(requests);
        requests.forEach((request, i) => {
          const expected = loop.search(request);
          const { ids, scores } = found[i] ?? {};
          assert.deepEqual([ids, scores], [expected.ids, expected.scores]);
        });
      }
    }
  });

  it('are fewer until they are ready, and after one has ended; nobody waits for them', async () => {
    const matrix = adversarialMatrix(500, 24, 3);
    const memory = testedMemory(matrix.rowCount, matrix.dimension);
    const search = await indexSource(sourceOf(matrix), memory);
    const ports: WorkerPort[] = [];
    team = new ScanThreads(memory, 2, () => {
      const port = start();
      ports.push(port);
      return port;
    });
    search.useTeam(team);
    assert.equal(team.size, 1);
    const request = { query: new Float64Array(24).fill(1), metric: 'cosine', k: 9 } as const;
    const expected = loopOver(matrix).search(request);
    assert.deepEqual(search.search(request).ids, expected.ids);
    await untilSize(team, 2);
    assert.deepEqual(search.search(request).ids, expected.ids);
    await ports[0]?.terminate();
    await untilSize(team, 1);
    assert.deepEqual(search.search(request).ids, expected.ids);
  });

  it('say so when one fails in its work', async () => {
    const memory = testedMemory(64, 16);
    team = new ScanThreads(memory, 2, start);
    await untilSize(team, 2);
    const threads = team;
    const [area] = memory.layout.scanAreas;
    assert.ok(area);
    const own = { requests: [area.request], firstRow: 0, endRow: 0 };
    // An address outside the memory traps.
    const wrong = { requests: [0xffff_fff0], firstRow: 0, endRow: 4 };
    assert.throws(
      () => {
        threads.scan([own, wrong]);
      },
      (error) => EngineUnavailableError.is(error),
    );
  });

  it('are used for large indexes only, one a core at most', () => {
    assert.equal(scanThreadCount(8, SHARED_SCAN_BYTES - 1, 4), 1);
    assert.equal(scanThreadCount(8, SHARED_SCAN_BYTES, 4), 4);
    assert.equal(scanThreadCount(2, SHARED_SCAN_BYTES, 4), 2);
    assert.equal(scanThreadCount(1, SHARED_SCAN_BYTES, 4), 1);
    assert.equal(scanThreadCount(8, SHARED_SCAN_BYTES, 1), 1);
  });
});
