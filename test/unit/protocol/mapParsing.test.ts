import assert from 'node:assert/strict';
import { parseMapArrangement } from '../../../src/protocol/map/mapArrangement';
import { MAP_REQUESTS, MAX_MEAN_IDS } from '../../../src/protocol/map/mapMessages';
import { parseMapToWebview } from '../../../src/protocol/map/parseMapToWebview';
import { parseMapView } from '../../../src/protocol/map/parseMapView';
import { MAX_COMPARED } from '../../../src/protocol/compareView';
import { parseFromWebview } from '../../../src/protocol/parseFromWebview';
import { parsePanelMemento } from '../../../src/protocol/parsePanelMemento';

const ids = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

const ARRANGEMENT = {
  coloring: 'similarity',
  camera: { x: -3.5, y: 1e6, zoom: 4_096 },
  selectedId: 0,
  isListOpen: false,
  dimmedKinds: [0, 5],
};

describe('what the page asks of the map', () => {
  it('is taken when it is well formed', () => {
    const requests = [
      { type: 'mapNeighbors', id: 0 },
      { type: 'mapPath', from: 50_256, to: 0 },
      { type: 'mapValues', values: 'centroidDistance' },
      { type: 'mapAllowed' },
      { type: 'makeMap' },
      { type: 'stopMap' },
      { type: 'arrangeMap', arrangement: {} },
      { type: 'arrangeMap', arrangement: ARRANGEMENT },
      { type: 'showTokenOnMap', id: 50_256 },
      { type: 'askMean', ids: ids(MAX_MEAN_IDS) },
      { type: 'compareTokens', ids: ids(MAX_COMPARED) },
      { type: 'exportMap' },
      { type: 'exportMapList', to: 'clipboard', ids: [] },
    ];
    assert.deepEqual(new Set(requests.map(({ type }) => type)), new Set(MAP_REQUESTS));
    for (const request of requests) {
      assert.deepEqual(parseFromWebview({ request: 3, ...request }), { request: 3, ...request });
    }
  });

  it('is refused when it is not, and answered by its number', () => {
    const hostile = [
      ...[-1, 0.5, NaN, Infinity, 2 ** 32, '5', null, undefined, [5]].flatMap((id) => [
        { type: 'mapNeighbors', id },
        { type: 'showTokenOnMap', id },
        { type: 'mapPath', from: 0, to: id },
        { type: 'mapPath', from: id, to: 0 },
        { type: 'askMean', ids: [0, id] },
        { type: 'compareTokens', ids: [id] },
        { type: 'exportMapList', to: 'file', ids: [id] },
      ]),
      { type: 'mapValues', values: 'mergeRank' },
      { type: 'mapValues', values: '__proto__' },
      { type: 'askMean', ids: ids(MAX_MEAN_IDS + 1) },
      { type: 'askMean', ids: { length: 1, 0: 5 } },
      { type: 'compareTokens', ids: ids(MAX_COMPARED + 1) },
      { type: 'exportMapList', to: '/etc/passwd', ids: [] },
      { type: 'exportMapList', to: 'file', ids: ids(1_000_001) },
      { type: 'arrangeMap' },
      { type: 'arrangeMap', arrangement: { coloring: 'rainbow' } },
      { type: 'arrangeMap', arrangement: { camera: { x: 0, y: 0, zoom: 0 } } },
      { type: 'arrangeMap', arrangement: { camera: { x: 0, y: 0, zoom: 1e9 } } },
      { type: 'arrangeMap', arrangement: { camera: { x: NaN, y: 0, zoom: 1 } } },
      { type: 'arrangeMap', arrangement: { camera: { x: 1e7, y: 0, zoom: 1 } } },
      { type: 'arrangeMap', arrangement: { selectedId: -1 } },
      { type: 'arrangeMap', arrangement: { dimmedKinds: [16] } },
      { type: 'arrangeMap', arrangement: { dimmedKinds: ids(17) } },
    ];
    for (const request of hostile) {
      assert.deepEqual(
        parseFromWebview({ request: 3, ...request }),
        { rejected: 3 },
        JSON.stringify(request).slice(0, 200),
      );
    }
  });
});

describe('how the map was left', () => {
  it('is kept with the panel, and a panel that knows of none is whole', () => {
    const memento = {
      version: 2,
      history: [],
      position: -1,
      k: 20,
      view: 'map',
      metric: 'cosine',
      filter: { space: 'any', wordLike: false, hideByteFragments: false, text: '' },
      isFolded: true,
      isPinned: false,
      compare: { mode: 'pair', texts: [], pairOf: [0, 1] },
    };
    assert.deepEqual(parsePanelMemento({ ...memento, map: ARRANGEMENT })?.map, ARRANGEMENT);
    assert.equal(parsePanelMemento(memento)?.view, 'map');
    assert.equal(parsePanelMemento(memento)?.map, undefined);
    assert.equal(parseMapArrangement('no'), undefined);
  });
});

describe('what the map is drawn from', () => {
  const floats = (...values: number[]): ArrayBuffer => Float32Array.from(values).buffer;
  const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer;
  const region = { x: 1, y: -2, size: 3, tokens: [5, 6] };

  it('is taken when its parts belong together', () => {
    const messages = [
      { type: 'mapTokens', model: '1', texts: 'a\n\n␣b', kinds: bytes(1, 5, 0) },
      { type: 'mapTokens', model: '1', texts: '', kinds: bytes() },
      { type: 'mapPositions', model: '1', stage: 'linear', positions: floats(1, 2, NaN, NaN) },
      { type: 'mapLayout', model: '1', layout: 'c', near: bytes(15), regions: [[region], []] },
      { type: 'mapLayout', model: '1', layout: 'c', near: bytes(), regions: [[{ ...region, kind: 3 }]] },
      {
        type: 'mapAnswer',
        to: 4,
        answer: { kind: 'neighbors', neighbors: [{ id: 5, score: -0.5 }], average: 0.25 },
      },
      { type: 'mapAnswer', to: 4, answer: { kind: 'path', ids: [] } },
      { type: 'mapAnswer', to: 4, answer: { kind: 'values', values: floats(0.5) } },
      { type: 'mapAnswer', to: 4, answer: { kind: 'allowed', bits: bytes(255) } },
      { type: 'mapDocument', name: 'a', ids: floats(0), counts: floats(0) },
      { type: 'showOnMap', ids: [0, 50_256] },
    ];
    for (const message of messages) {
      assert.deepEqual(parseMapToWebview(message), message);
    }
  });

  it('is not taken when they do not', () => {
    const hostile = [
      { type: 'mapTokens', model: '1', texts: 'a', kinds: bytes(1, 5) },
      { type: 'mapTokens', model: '1', texts: 'a\nb\nc', kinds: bytes(1, 5) },
      { type: 'mapTokens', model: 1, texts: 'a', kinds: bytes(1) },
      { type: 'mapTokens', model: '1', texts: 'a', kinds: [1] },
      { type: 'mapPositions', model: '1', stage: 'linear', positions: floats(1) },
      { type: 'mapPositions', model: '1', stage: 'stopped', positions: floats(1, 2) },
      { type: 'mapPositions', model: '1', stage: 'ready', positions: Float32Array.of(1, 2) },
      { type: 'mapPositions', model: '1', stage: 'ready', positions: { byteLength: 8 } },
      { type: 'mapLayout', model: '1', layout: 'c', near: bytes(15), regions: [region] },
      { type: 'mapLayout', model: '1', layout: 'c', near: bytes(15), regions: [[{ ...region, x: NaN }]] },
      { type: 'mapLayout', model: '1', layout: 'c', near: bytes(15), regions: [[{ ...region, kind: 16 }]] },
      {
        type: 'mapLayout',
        model: '1',
        layout: 'c',
        near: bytes(15),
        regions: [[{ ...region, tokens: [1, 2, 3, 4] }]],
      },
      { type: 'mapAnswer', to: -1, answer: { kind: 'path', ids: [] } },
      { type: 'mapAnswer', to: 4, answer: { kind: 'path', ids: [-1] } },
      { type: 'mapAnswer', to: 4, answer: { kind: 'values', values: bytes(1, 2) } },
      { type: 'mapAnswer', to: 4, answer: { kind: 'neighbors', neighbors: [{ id: 5, score: NaN }] } },
      { type: 'mapAnswer', to: 4, answer: null },
      { type: 'mapDocument', name: 'a', ids: floats(0), counts: floats(0, 1) },
      { type: 'showOnMap', ids: [0.5] },
      { type: 'map' },
    ];
    for (const message of hostile) {
      assert.equal(parseMapToWebview(message), undefined, message.type);
    }
  });

  it('has a state that is read, and nothing else', () => {
    const figures = {
      tokenCount: 3,
      placedCount: 2,
      kept: 0.25,
      near: 0.5,
      noneKept: 0,
      torn: 1,
      tornFirst: 0.1,
      seed: 1,
      epochs: 400,
      source: 'kept',
      milliseconds: 4.5,
    };
    const views = [
      { stage: 'waiting' },
      { stage: 'linear', explained: [0.1, 0.02], graph: { state: 'stopped' } },
      { stage: 'linear', explained: [0, 1], graph: { state: 'building', fraction: 0.5, secondsLeft: 3 } },
      { stage: 'linear', explained: [0, 1], graph: { state: 'refused', reason: 'Too large.' } },
      { stage: 'unfolding', fraction: 0, epoch: 0, epochs: 400 },
      { stage: 'stopped', epoch: 1, epochs: 400 },
      { stage: 'ready', figures },
      { stage: 'refused', reason: 'Too large.' },
      { stage: 'failed', message: 'Lost.' },
    ];
    for (const view of views) {
      assert.deepEqual(parseMapView(view), view);
    }
    const hostile = [
      undefined,
      { stage: 'done' },
      { stage: 'linear', explained: [0.1, 2], graph: { state: 'stopped' } },
      { stage: 'linear', explained: [0.1], graph: { state: 'stopped' } },
      { stage: 'linear', explained: [0.1, 0.1], graph: { state: 'building', fraction: -1 } },
      { stage: 'unfolding', fraction: 0, epoch: -1, epochs: 400 },
      { stage: 'ready', figures: { ...figures, kept: 1.5 } },
      { stage: 'ready', figures: { ...figures, source: 'made up' } },
      { stage: 'refused' },
      { stage: 'failed' },
    ];
    for (const view of hostile) {
      assert.equal(parseMapView(view), undefined);
    }
  });
});
