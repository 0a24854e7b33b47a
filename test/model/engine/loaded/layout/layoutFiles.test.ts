import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { checksumOf, readLayout, writeLayout } from '../../../../../src/engine/loaded/layout/layoutFiles';
import type { VocabularyLayout } from '../../../../../src/engine/questions/vocabularyLayout';
import type { RegionLevel } from '../../../../../src/core/embedding/layout/regionLevel';
import { useTemporaryFolder } from '../../../../fixtures/checkpoints/temporaryFolder';
import { identityOf } from '../graph/graphSources';

const ROWS = 5;
const GRAPH = '0123456789abcdef0123456789abcdef';
const NONE = 2 ** 32 - 1;
const SETTINGS = { epochs: 400, seed: 1 };
const identity = identityOf({ rowCount: ROWS, dimension: 3, values: new Float32Array(0) });
const { signal } = new AbortController();

/** Two regions of rows with a place; of the first two members are known as typical, of the second one. */
function someRegions(resolution: number): RegionLevel {
  const typicalRows = new Uint32Array(48).fill(NONE);
  typicalRows.set([3, 0]);
  typicalRows.set([4], 24);
  const typicality = new Float32Array(48);
  typicality.set([0.75, -0.25]);
  const regionOf = Uint32Array.of(0, 0, NONE, 0, 1);
  const places = Float32Array.of(1, 2.5, 7, 8);
  return { resolution, regionOf, regionCount: 2, typicalRows, typicality, places };
}

/** A layout whose third row has no place. */
function someLayout(): VocabularyLayout {
  const positions = Float32Array.of(1, 2, -3, 4, NaN, NaN, 0, -0.5, 7, 8);
  return {
    positions,
    near: Uint8Array.of(15, 0, 0, 7, 3),
    placedCount: 4,
    settings: SETTINGS,
    figures: { kept: 0.25, near: 0.5, noneKept: 0, torn: 0.125, tornFirst: 1 },
    regions: [1, 10, 40].map(someRegions),
    checksum: checksumOf(positions),
    source: 'made',
  };
}

describe('a kept layout', () => {
  const inFolder = useTemporaryFolder();
  const file = (): string => path.join(inFolder(), 'x.layout');

  async function writeAndRead(layout: VocabularyLayout): Promise<VocabularyLayout | undefined> {
    const outcome = await writeLayout(file(), identity, GRAPH, layout, signal);
    assert.equal(outcome.kind, 'written');
    return readLayout(file(), identity, GRAPH, SETTINGS, signal);
  }

  it('is read as it was written', async () => {
    const layout = someLayout();
    assert.deepEqual(await writeAndRead(layout), { ...layout, source: 'kept' });
  });

  it('is of no use for another graph, other settings, another source, and where there is none', async () => {
    await writeAndRead(someLayout());
    const read = (graph: string, settings = SETTINGS, source = identity) =>
      readLayout(file(), source, graph, settings, signal);
    assert.ok(await read(GRAPH));
    assert.equal(await read(GRAPH.replace('0', '1')), undefined);
    assert.equal(await read(GRAPH, { ...SETTINGS, seed: 2 }), undefined);
    assert.equal(await read(GRAPH, { ...SETTINGS, epochs: 401 }), undefined);
    assert.equal(await read(GRAPH, SETTINGS, { ...identity, mtimeMs: 1 }), undefined);
    assert.equal(await read(GRAPH, SETTINGS, { ...identity, shape: [6, 3] }), undefined);
    await fs.rm(file());
    assert.equal(await read(GRAPH), undefined);
  });

  it('is of no use where its values cannot be, whatever its checksums say', async () => {
    const layout = someLayout();
    const positions = (...values: number[]): VocabularyLayout => {
      const forged = layout.positions.slice();
      forged.set(values);
      return { ...layout, positions: forged };
    };
    const regions = (level: Partial<RegionLevel>): VocabularyLayout => ({
      ...layout,
      regions: [someRegions(1), { ...someRegions(10), ...level }, someRegions(40)],
    });
    const forgedAt = <Values extends Uint32Array | Float32Array>(
      values: Values,
      at: number,
      value: number,
    ): Values => {
      const forged = values.slice();
      forged[at] = value;
      // A copy is of the kind of what it was made from.
      return forged as Values;
    };
    const { regionOf, typicalRows, typicality, places } = someRegions(10);
    for (const forged of [
      regions({ regionOf: forgedAt(regionOf, 0, 2) }),
      regions({ regionOf: forgedAt(regionOf, 2, 0) }),
      regions({ regionOf: forgedAt(regionOf, 0, NONE) }),
      regions({ regionOf: new Uint32Array(4) }),
      regions({ typicalRows: forgedAt(typicalRows, 0, 5) }),
      regions({ typicalRows: new Uint32Array(47) }),
      regions({ typicalRows: new Uint32Array(24 * 6) }),
      regions({ typicality: forgedAt(typicality, 0, NaN) }),
      regions({ typicality: new Float32Array(24) }),
      regions({ places: forgedAt(places, 3, NaN) }),
      regions({ places: new Float32Array(2) }),
      { ...layout, regions: layout.regions.slice(1) },
      positions(NaN, 2),
      positions(1, NaN),
      positions(Infinity, 2),
      positions(Infinity, -Infinity),
      { ...layout, near: Uint8Array.of(16, 0, 0, 0, 0) },
      { ...layout, near: new Uint8Array(4) },
      { ...layout, positions: new Float32Array(12) },
      { ...layout, figures: { ...layout.figures, torn: 1.5 } },
      { ...layout, figures: { ...layout.figures, kept: -0.1 } },
    ]) {
      assert.equal(await writeAndRead(forged), undefined);
    }
  });

  it('is of no use with any byte of its sections changed', async () => {
    await writeAndRead(someLayout());
    const bytes = await fs.readFile(file());
    // From the last sections on; the header's bytes are the business of all section files.
    for (let at = bytes.length - 5; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await fs.writeFile(file(), flipped);
      assert.equal(await readLayout(file(), identity, GRAPH, SETTINGS, signal), undefined);
    }
    await fs.writeFile(file(), bytes.subarray(0, -1));
    assert.equal(await readLayout(file(), identity, GRAPH, SETTINGS, signal), undefined);
  });
});
