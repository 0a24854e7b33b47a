import assert from 'node:assert/strict';
import type { MapToWebview } from '../../../src/protocol/map/mapMessages';
import { VocabularyMapState } from '../../../webview-ui/src/vocabularyMap/vocabularyMapState';

const TEXTS = ['␣the', 'the', '␣The', 'ing', '12', '{'];
/** Places in TOKEN_KINDS. */
const KINDS = [0, 1, 0, 2, 3, 4];
const PLACES = [0, 0, 1, 0, 0, 2, 3, 3, NaN, NaN, -1, -1];

function take(map: VocabularyMapState, model = 'a', places = PLACES): void {
  const messages: readonly Exclude<MapToWebview, { type: 'mapAnswer' | 'showOnMap' }>[] = [
    { type: 'mapTokens', model, texts: TEXTS.join('\n'), kinds: Uint8Array.from(KINDS).buffer },
    { type: 'mapPositions', model, stage: 'ready', positions: Float32Array.from(places).buffer },
    {
      type: 'mapLayout',
      model,
      layout: 'x',
      near: Uint8Array.of(15, 14, 2, 0, 0, 7).buffer,
      regions: [[{ x: 0, y: 0, size: 6, tokens: [0] }]],
    },
  ];
  for (const message of messages) {
    assert.ok(map.take(message), message.type);
  }
}

function made(): VocabularyMapState {
  const map = new VocabularyMapState();
  take(map);
  return map;
}

describe('the state of the map of all tokens', () => {
  it('takes tokens, places and layout of one model, and leaves out what is late from another', () => {
    const map = made();
    assert.ok(map.isReady);
    assert.ok(
      !map.take({
        type: 'mapPositions',
        model: 'b',
        stage: 'linear',
        positions: new Float32Array(12).buffer,
      }),
    );
    assert.ok(map.hasPlace(0));
    assert.ok(!map.hasPlace(4));
    assert.ok(!map.hasPlace(6));
    assert.ok(!map.hasPlace(-1));
    // A layout of another number of tokens.
    assert.ok(
      !map.take({ type: 'mapLayout', model: 'a', layout: 'x', near: new ArrayBuffer(3), regions: [] }),
    );
  });

  it('forgets with another model what is about ids of the one before', () => {
    const map = made();
    map.selectedId = 2;
    map.camera = { x: 1, y: 1, zoom: 3 };
    map.allowed = Uint8Array.of(1);
    map.neighbors.take(2, { neighbors: [{ id: 1, score: 0.5 }] });
    take(map, 'b');
    assert.deepEqual(
      [map.selectedId, map.camera, map.allowed, map.neighbors.of(2)],
      [undefined, undefined, undefined, undefined],
    );
  });

  it('keeps what was selected where the same tokens come again after a reload', () => {
    const map = new VocabularyMapState();
    map.restore({ selectedId: 2, coloring: 'truth', camera: { x: 1, y: 1, zoom: 3 } });
    take(map);
    assert.deepEqual(map.arrangement, {
      selectedId: 2,
      coloring: 'truth',
      camera: { x: 1, y: 1, zoom: 3 },
      isListOpen: false,
      dimmedKinds: [],
    });
  });

  it('has neither names nor areas while a layout is made anew', () => {
    const map = made();
    map.area = { polygon: [0, 0, 1, 0, 1, 1], ids: Uint32Array.of(0) };
    map.take({
      type: 'mapPositions',
      model: 'a',
      stage: 'unfolding',
      positions: new Float32Array(12).buffer,
    });
    assert.deepEqual([map.isReady, map.area, map.near, map.regions], [false, undefined, undefined, []]);
  });

  it('dims what the filters leave out, and kinds as long as their legend is shown', () => {
    const map = made();
    assert.equal(map.dim, undefined);
    map.allowed = Uint8Array.of(0b110111);
    assert.deepEqual([...map.dim!], [0, 0, 0, 1, 0, 0]);
    map.dimmedKinds = new Set([0]);
    assert.deepEqual([...map.dim!], [1, 0, 1, 1, 0, 0]);
    map.coloring = 'norm';
    assert.deepEqual([...map.dim!], [0, 0, 0, 1, 0, 0]);
    // A bitmap that is too short lets nothing through that it does not name.
    map.allowed = new Uint8Array(0);
    assert.deepEqual([...map.dim!], [1, 1, 1, 1, 1, 1]);
  });

  it('folds the forms of a word in an area, and no signs or numbers', () => {
    const map = made();
    map.area = { polygon: [], ids: Uint32Array.of(0, 1, 2, 4, 5) };
    assert.deepEqual(
      map.areaForms.map(({ ids }) => ids),
      [[0, 1, 2], [4], [5]],
    );
  });

  it('lists a way before an area, that before a document, that before a selection, and else regions', () => {
    const map = made();
    assert.equal(map.listKind, 'regions');
    map.selectedId = 0;
    assert.equal(map.listKind, 'regions');
    map.neighbors.take(0, { neighbors: [] });
    assert.equal(map.listKind, 'neighbors');
    map.coloring = 'document';
    map.take({
      type: 'mapDocument',
      name: 'a',
      ids: Uint32Array.of(1).buffer,
      counts: Uint32Array.of(2).buffer,
    });
    assert.equal(map.listKind, 'document');
    map.area = { polygon: [], ids: Uint32Array.of(0) };
    assert.equal(map.listKind, 'area');
    map.way = { from: 0, to: 1 };
    assert.equal(map.listKind, 'area');
    map.way = { from: 0, to: 1, ids: [0, 1] };
    assert.equal(map.listKind, 'way');
    map.showsRegions = true;
    assert.equal(map.listKind, 'regions');
  });

  it('finds tokens that are typed', () => {
    const { tokens } = made();
    assert.deepEqual(
      ['the', ' the', 'The', '#3', '#6', '', 'nothing', '{'].map((typed) => tokens?.find(typed)),
      [1, 0, 2, 3, undefined, undefined, undefined, 5],
    );
  });
});

describe('the colors of the map', () => {
  it('put few true neighbors on top and in a color of their own', () => {
    const map = made();
    map.coloring = 'truth';
    const { index, palette, onTop } = map.colors.of(map)!;
    assert.equal(onTop, 'later');
    const colors = [...index].map((place) => palette[place]!.color);
    assert.deepEqual(
      colors.map((color) => color === 'var(--series-b)'),
      [false, false, true, true, true, false],
    );
    assert.ok(index[2]! > index[0]!);
    // Token 4 has no place, and is not counted.
    assert.deepEqual(map.colors.truth(map), {
      counts: [1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1],
      mean: 38 / 5,
      meanOfKinds: [8.5, 14, 0, NaN, 7, NaN],
    });
  });

  it('put similar tokens above the average, and what is no number below', () => {
    const map = made();
    map.coloring = 'similarity';
    map.colors.values = {
      key: '',
      name: 'similarity',
      values: Float32Array.of(1, 0.8, 0.1, 0, NaN, -1),
      isDistance: false,
    };
    const { index } = map.colors.of(map)!;
    const { spread } = map.colors.coloredValues(map)!;
    assert.ok(Math.abs(spread.mean - 0.18) < 1e-6);
    assert.ok(index[0]! > index[1]! && index[1]! > 0);
    assert.deepEqual([...index.subarray(2)], [0, 0, 0, 0]);
    assert.equal(
      spread.counts.reduce((sum, count) => sum + count, 0),
      5,
    );
  });

  it('take small distances for near ones', () => {
    const map = made();
    map.coloring = 'similarity';
    map.colors.values = {
      key: '',
      name: 'similarity',
      values: Float32Array.of(0, 1, 2, 3, NaN, 4),
      isDistance: true,
    };
    const { index } = map.colors.of(map)!;
    assert.ok(index[0]! > index[1]! && index[1]! > 0);
    assert.deepEqual([...index.subarray(2)], [0, 0, 0, 0]);
  });

  it('draw a disc whose area is the count, small ones over large ones', () => {
    const map = made();
    map.coloring = 'document';
    map.take({
      type: 'mapDocument',
      name: 'a',
      ids: Uint32Array.of(0, 1, 3, 99).buffer,
      counts: Uint32Array.of(16, 4, 1_000, 7).buffer,
    });
    const { index, palette } = map.colors.of(map)!;
    const radius = (id: number) => palette[index[id]!]!.radius ?? 0;
    assert.ok(Math.abs(radius(0) ** 2 / radius(1) ** 2 - 4) < 1e-9);
    assert.ok(index[3]! < index[0]! && index[0]! < index[1]!);
    assert.deepEqual([index[2], index[4], index[5]], [0, 0, 0]);
    assert.deepEqual(
      map.document?.tokens.map(({ id }) => id),
      [3, 0, 99, 1],
    );
  });

  it('are those of kinds until what a coloring needs is there', () => {
    const map = new VocabularyMapState();
    assert.equal(map.colors.of(map), undefined);
    map.take({
      type: 'mapTokens',
      model: 'a',
      texts: TEXTS.join('\n'),
      kinds: Uint8Array.from(KINDS).buffer,
    });
    map.coloring = 'truth';
    assert.deepEqual([...map.colors.of(map)!.index], KINDS);
  });
});
