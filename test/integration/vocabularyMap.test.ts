import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import type { MapView } from '../../src/protocol/map/mapView';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { SeededRandom } from '../fixtures/checkpoints/seededRandom';
import { activated, closeEditors, showText, until, withSetting } from './extensionAccess';

/** The first tokens of GPT-2's vocabulary in few dimensions: graph and layout are a moment's work. */
const ROWS = 3_000;
const DIMENSION = 16;
const CLUSTERS = 40;

/** Bytes of a snapshot that carries no positions: those of these few rows alone are more. */
const SMALL = 8 * ROWS;

type Stage<Name extends MapView['stage']> = Extract<MapView, { readonly stage: Name }>;

describe('the map of all tokens', () => {
  let folder: string;
  let access: TestAccess;
  let restore: () => Promise<void>;

  async function writeModel(name: string, seed: number): Promise<string> {
    const random = new SeededRandom(seed);
    const centers = Array.from({ length: CLUSTERS * DIMENSION }, () => random.roughNormal());
    const values = Float32Array.from({ length: ROWS * DIMENSION }, (_, at) => {
      const cluster = Math.floor(at / DIMENSION) % CLUSTERS;
      return (centers[cluster * DIMENSION + (at % DIMENSION)] ?? 0) + 0.2 * random.roughNormal();
    });
    const file = path.join(folder, name);
    const bytes = new Uint8Array(values.buffer);
    await fs.writeFile(
      file,
      safetensorsBytes([{ name: 'wte.weight', dtype: 'F32', shape: [ROWS, DIMENSION], bytes }]),
    );
    return file;
  }

  before(async () => {
    access = await activated();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-map-'));
    restore = await withSetting('model', await writeModel('first.safetensors', 15));
  });

  afterEach(() => closeEditors());

  after(async () => {
    await restore();
    await fs.rm(folder, { recursive: true, force: true });
  });

  function atStage<Name extends MapView['stage']>(
    stage: Name,
  ): Promise<PanelSnapshot & { readonly map: Stage<Name> }> {
    return until(() => {
      const snapshot = access.panels.current?.shown;
      return snapshot?.map?.stage === stage
        ? (snapshot as PanelSnapshot & { readonly map: Stage<Name> })
        : undefined;
    });
  }

  it('is made where there is none, without its positions in the snapshot', async () => {
    await vscode.commands.executeCommand('tokenscope.openMap');
    const { map, view, ...others } = await atStage('ready');
    assert.equal(view, 'map');
    assert.equal(map.figures.source, 'made');
    assert.equal(map.figures.tokenCount, ROWS);
    assert.equal(map.figures.placedCount, ROWS);
    // Neighbors are of one cluster of 75: most of them are among the nearest points.
    assert.ok(map.figures.near > 0.5 && map.figures.kept > 0.2, JSON.stringify(map.figures));
    assert.ok(JSON.stringify({ map, ...others }).length < SMALL);
    assert.equal(access.panels.current?.panel.title, 'Map of All Tokens');
    const contents = access.panels.current.map.contents;
    assert.equal(contents?.positions?.values.length, 2 * ROWS);
    assert.equal(contents.layout?.regions.length, 3);
    assert.ok(contents.layout.regions.every((level) => level.length > 0));
  });

  it('is kept, and opened by the next inspector that asks for it', async () => {
    await vscode.commands.executeCommand('tokenscope.openMap');
    const { map } = await atStage('ready');
    assert.equal(map.figures.source, 'kept');
  });

  it('is made anew for another model, and kept for both', async () => {
    await vscode.commands.executeCommand('tokenscope.openMap');
    await atStage('ready');
    const before = access.panels.current?.map.contents?.layout?.checksum;
    const back = await withSetting('model', await writeModel('second.safetensors', 16));
    const checksum = (): string | undefined => access.panels.current?.map.contents?.layout?.checksum;
    await until(() => (checksum() !== undefined && checksum() !== before ? true : undefined));
    assert.equal((await atStage('ready')).map.figures.source, 'made');
    await back();
    await until(() => (checksum() === before ? true : undefined));
    assert.equal((await atStage('ready')).map.figures.source, 'kept');
  });

  it('shows the word at the cursor, which becomes the query', async () => {
    const editor = await showText('this is the word');
    editor.selection = new vscode.Selection(0, 9, 0, 9);
    await vscode.commands.executeCommand('tokenscope.showOnMap');
    const { view, query } = await atStage('ready');
    assert.equal(view, 'map');
    assert.deepEqual(
      query?.pieces.map(({ plain }) => plain),
      ['␣the'],
    );
    assert.equal(access.panels.current?.panel.title, 'Map: the');
    // Who points at a word goes on reading there.
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
  });

  it('follows nothing and listens to nothing when its inspectors are closed', async () => {
    const listeners = access.session.listenerCount;
    await vscode.commands.executeCommand('tokenscope.openMap');
    await atStage('ready');
    assert.ok(access.session.listenerCount > listeners);
    await closeEditors();
    await until(() => (access.session.listenerCount === listeners ? true : undefined));
  });
});
