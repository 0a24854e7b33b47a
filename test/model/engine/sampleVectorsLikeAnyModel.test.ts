import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { shareBeside } from '../../../src/core/embedding/layout/layoutQuality';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { InProcessEngine } from '../../../src/engine/loaded/inProcessEngine';
import { spacedPairs } from '../../../src/terminal/spacedPairs';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';

/** Of the layout's positions, whatever the machine. It changes with the sample vectors and with LAYOUT_VERSION, and with nothing else. */
const LAYOUT_CHECKSUM = '00c3566910a6dfa2af7d80bd4c6001a4';

const MIKE = { query: { terms: [{ weight: 1, id: 16073 }] }, k: 20 };

describe('The sample vectors, like any model,', () => {
  const inFolder = useTemporaryFolder();

  it('keep an index, build a graph that gives what the search gives, are verified by the plain loop, and have a map', async () => {
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

    const layout = await engine.ask('layout', undefined);
    assert.equal(layout?.checksum, LAYOUT_CHECKSUM);
    const { figures, positions } = layout;
    // UMAP's own form reaches .135, .370 and .315 on a table like this.
    assert.ok(figures.kept > 0.24 && figures.near > 0.475 && figures.noneKept < 0.08);
    assert.ok(figures.tornFirst < 0.05);
    const twins = spacedPairs(Gpt2Tokenizer.shared(), layout.placedCount);
    assert.ok(twins.length > 7_000 && shareBeside(positions, twins) > 0.9);
    await engine.release();
    assert.ok((await fs.readdir(inFolder())).length >= 1);
  });
});
