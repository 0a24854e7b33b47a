import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

const MIKE = { query: { terms: [{ weight: 1, id: 16073 }] }, k: 20 };

describe('The sample vectors, like any model,', () => {
  const inFolder = useTemporaryFolder();

  it('keep an index, build a graph that gives what the search gives, and are verified by the plain loop', async () => {
    const engine = new InProcessEngine();
    const load = () => engine.load({ kind: 'sample' }, { cacheFolder: inFolder() });
    await load();
    const searched = await engine.ask('neighbors', MIKE);
    assert.equal(searched.source, 'index');
    const verification = await engine.ask('verify', MIKE);
    assert.deepEqual([verification.sameOrder, verification.correlation > 1 - 1e-4], [true, true]);
    await engine.ask('buildGraph', undefined);
    const fromGraph = await engine.ask('neighbors', MIKE);
    assert.equal(fromGraph.source, 'graph');
    assert.deepEqual(
      fromGraph.neighbors.map(({ id }) => id),
      searched.neighbors.map(({ id }) => id),
    );
    await engine.release();
    assert.ok((await fs.readdir(inFolder())).length >= 1);
  });
});
