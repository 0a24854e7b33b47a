import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { judgeLayout } from '../../../../../src/core/embedding/layout/layoutQuality';
import { placedNeighbors } from '../../../../../src/core/embedding/layout/placedNeighbors';
import { finish } from '../../../../../src/core/work/steps';
import { InProcessEngine } from '../../../../../src/engine/loaded/inProcessEngine';
import { ModelGraph } from '../../../../../src/engine/loaded/modelGraph';
import { openEmbeddingSource } from '../../../../../src/model/embeddingSource';
import { safetensorsBytes } from '../../../../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { umapPositions } from '../../../../fixtures/umapLayout';

const ROWS = 4_000;
/** As umap-js takes for as many points. */
const EPOCHS = 400;

/*
 * Ratios of our figures to umap-js's. Of so few points they are nearer to each other than of a whole vocabulary, which has too many for the
 * pushes of UMAP: `npm run bench -- --whole-layout` measures that.
 */
const LEAST_KEPT = 1.3;
const LEAST_NEAR = 0.95;
const MOST_NONE_KEPT = 0.25;

describe('The layout of some of the sample vectors', () => {
  const inFolder = useTemporaryFolder();

  it('is as good as the one that umap-js makes of the same graph, and loses fewer neighbors', async () => {
    const sample = await openEmbeddingSource({ kind: 'sample' });
    const { dimension } = sample.identity;
    const values = new Float32Array(ROWS * dimension);
    await sample.readRows(0, values);
    await sample.close();
    const file = path.join(inFolder(), 'model.safetensors');
    const bytes = new Uint8Array(values.buffer);
    await fs.writeFile(
      file,
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [ROWS, dimension], bytes }]),
    );
    const cacheFolder = path.join(inFolder(), 'cache');
    const engine = new InProcessEngine();
    await engine.load({ kind: 'file', path: file }, { cacheFolder });
    await engine.ask('buildGraph', undefined);
    const layout = (await engine.ask('layout', undefined)) ?? assert.fail();
    await engine.release();

    const source = await openEmbeddingSource({ kind: 'file', path: file });
    const graph = new ModelGraph(source, cacheFolder, undefined);
    const whole = (await graph.whole()) ?? assert.fail();
    const lists = (await whole.readLists(new AbortController().signal)) ?? assert.fail();
    await graph.close();
    await source.close();
    const placed = finish(placedNeighbors(lists, ROWS));
    const { figures } = finish(judgeLayout(umapPositions(placed, EPOCHS), placed));
    const ours = layout.figures;
    const both = JSON.stringify({ ours, umap: figures });

    assert.ok(ours.kept >= LEAST_KEPT * figures.kept, both);
    assert.ok(ours.near >= LEAST_NEAR * figures.near, both);
    assert.ok(ours.noneKept <= MOST_NONE_KEPT * figures.noneKept, both);
  });
});
