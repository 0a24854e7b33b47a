import assert from 'node:assert/strict';
import { MAX_HISTORY, MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import {
  MAX_COPY_LENGTH,
  MAX_PNG_LENGTH,
  MAX_SVG_LENGTH,
  parseFromWebview,
} from '../../../src/protocol/parseFromWebview';
import { METRICS } from '../../../src/protocol/metric';
import { NO_FILTER, type FilterView } from '../../../src/protocol/panelSnapshot';
import { parsePanelMemento } from '../../../src/protocol/parsePanelMemento';

describe('messages of the page', () => {
  it('are taken when they are well formed', () => {
    const messages = [
      { request: 0, type: 'ready' },
      { request: 1, type: 'search', text: 'Mike' },
      { request: 2, type: 'chooseForm', form: 'leadingSpace' },
      { request: 3, type: 'chooseVector', vector: 'mean' },
      { request: 4, type: 'chooseVector', vector: 1 },
      { request: 5, type: 'walk', id: 16073 },
      { request: 6, type: 'chooseCount', k: 1000 },
      { request: 7, type: 'copy', text: '' },
      ...METRICS.map((metric) => ({ request: 1, type: 'chooseMetric', metric })),
      ...['neighbors', 'compare', 'token'].map((view) => ({ request: 1, type: 'chooseView', view })),
      { request: 1, type: 'filter', filter: NO_FILTER },
      {
        request: 1,
        type: 'filter',
        filter: { space: 'with', wordLike: true, hideByteFragments: true, text: 'a', minimumScore: -0.5 },
      },
      { request: 1, type: 'filter', filter: { ...NO_FILTER, excludedIds: [0, 50_256] } },
      { request: 1, type: 'fold', isFolded: true },
      { request: 1, type: 'arrange', arrangement: {} },
      { request: 1, type: 'arrange', arrangement: { below: 0.5, beside: 0, map: true, places: false } },
      { request: 1, type: 'leaveOut', leftOut: { formulas: true, texts: false } },
      { request: 1, type: 'closeVerification' },
      { request: 1, type: 'pin', isPinned: false },
      { request: 1, type: 'complete', text: 'Mik', cursor: 3 },
      { request: 1, type: 'placeUnderMetrics', id: 0 },
      { request: 1, type: 'openToken', id: 50_256 },
      { request: 1, type: 'openInspector', id: 50_256 },
      { request: 1, type: 'chooseTokenMetrics', metrics: ['dot', 'cosine'] },
      { request: 1, type: 'compare', texts: [], mode: 'pair' },
      { request: 1, type: 'compare', texts: Array.from({ length: 40 }, () => 'a'), mode: 'matrix' },
      { request: 1, type: 'comparePair', pairOf: [39, 0] },
      { request: 1, type: 'exportList', format: 'csv', to: 'file' },
      { request: 1, type: 'exportList', format: 'markdown', to: 'clipboard' },
      { request: 1, type: 'openSetting', setting: 'hubEndpoint' },
      { request: 1, type: 'openProxySettings' },
      { request: 1, type: 'exportPair', to: 'file' },
      { request: 1, type: 'exportMatrix', to: 'clipboard', order: [1, 0, 39] },
      { request: 1, type: 'exportPlot', plot: 'matrix', format: 'svg', content: '<svg></svg>' },
      { request: 1, type: 'exportPlot', plot: 'norms', format: 'png', content: 'iVBORw0KGgo=' },
      { request: 1, type: 'exportPlot', plot: 'norms', format: 'png', content: 'A'.repeat(MAX_PNG_LENGTH) },
      ...[
        'back',
        'forward',
        'cancelSearch',
        'cancelLoading',
        'retryLoading',
        'chooseModel',
        'chooseFile',
        'useSample',
        'download',
        'downloadWhole',
        'showLog',
        'verify',
        'exportEmbeddings',
      ].map((type, index) => ({ request: 8 + index, type })),
    ];
    for (const message of messages) {
      assert.deepEqual(parseFromWebview({ ...message, surplus: 'dropped' }), message);
    }
  });

  it('are rejected by their number when the rest is wrong', () => {
    const wrong = [
      { type: 'walk', id: -1 },
      { type: 'walk', id: 1.5 },
      { type: 'walk', id: '7' },
      { type: 'walk' },
      { type: 'search', text: 7 },
      { type: 'search', text: 'x'.repeat(MAX_QUERY_LENGTH + 1) },
      { type: 'copy', text: 'x'.repeat(MAX_COPY_LENGTH + 1) },
      { type: 'chooseForm', form: 'other' },
      { type: 'chooseVector', vector: -1 },
      { type: 'chooseCount', k: 0 },
      { type: 'chooseCount', k: 1001 },
      { type: 'chooseMetric', metric: 'manhattan' },
      { type: 'chooseMetric', metric: 'constructor' },
      { type: 'chooseView', view: 'list' },
      { type: 'filter' },
      { type: 'filter', filter: { ...NO_FILTER, space: 'maybe' } },
      { type: 'filter', filter: { ...NO_FILTER, wordLike: 1 } },
      { type: 'filter', filter: { ...NO_FILTER, excludedIds: [-1] } },
      { type: 'filter', filter: { ...NO_FILTER, excludedIds: Array<number>(201).fill(1) } },
      { type: 'filter', filter: { ...NO_FILTER, text: 'x'.repeat(101) } },
      { type: 'filter', filter: { ...NO_FILTER, minimumScore: NaN } },
      { type: 'filter', filter: { ...NO_FILTER, minimumScore: Infinity } },
      { type: 'filter', filter: { ...NO_FILTER, minimumScore: '0' } },
      { type: 'fold', isFolded: 1 },
      { type: 'arrange' },
      { type: 'arrange', arrangement: { below: 1.5 } },
      { type: 'arrange', arrangement: { beside: NaN } },
      { type: 'arrange', arrangement: { map: 1 } },
      { type: 'leaveOut', leftOut: { formulas: true } },
      { type: 'pin' },
      { type: 'complete', text: 'Mik', cursor: 4 },
      { type: 'complete', text: 'Mik', cursor: -1 },
      { type: 'complete', text: 'x'.repeat(MAX_QUERY_LENGTH + 1), cursor: 0 },
      { type: 'placeUnderMetrics', id: NaN },
      { type: 'openToken', id: 2 ** 40 },
      { type: 'chooseTokenMetrics', metrics: ['cosine'] },
      { type: 'chooseTokenMetrics', metrics: ['cosine', 'dot', 'dot'] },
      { type: 'chooseTokenMetrics', metrics: ['cosine', 'x'] },
      { type: 'compare', texts: Array.from({ length: 41 }, () => 'a'), mode: 'matrix' },
      { type: 'compare', texts: ['a', 7], mode: 'pair' },
      { type: 'compare', texts: ['a', 'x'.repeat(MAX_QUERY_LENGTH + 1)], mode: 'pair' },
      { type: 'compare', texts: { length: 2 }, mode: 'pair' },
      { type: 'compare', texts: ['a', 'b'], mode: 'list' },
      { type: 'comparePair', pairOf: [0, 40] },
      { type: 'comparePair', pairOf: [0.5, 1] },
      { type: 'exportList', format: 'xlsx', to: 'file' },
      { type: 'exportList', format: 'csv', to: '/etc/passwd' },
      { type: 'openSetting', setting: 'hover.enabled' },
      { type: 'exportPair', to: '/etc/passwd' },
      { type: 'exportMatrix', to: 'file' },
      { type: 'exportMatrix', to: 'file', order: [0, 40] },
      { type: 'exportMatrix', to: 'file', order: [0.5] },
      { type: 'exportMatrix', to: 'file', order: Array.from({ length: 41 }, () => 0) },
      { type: 'exportPlot', plot: '../map', format: 'svg', content: '<svg/>' },
      { type: 'exportPlot', plot: 'matrix', format: 'svg', content: 'no drawing' },
      { type: 'exportPlot', plot: 'matrix', format: 'svg', content: `<${'x'.repeat(MAX_SVG_LENGTH)}` },
      { type: 'exportPlot', plot: 'matrix', format: 'png', content: '<svg></svg>' },
      { type: 'exportPlot', plot: 'matrix', format: 'png', content: 'iVBORw0KGgo' },
      ...['iVBO=w0KGgo=', '====', 'iVBORw0KGg=o', 'iVBORw0K-go=', 'iVBO\nw0KGgo'].map((content) => ({
        type: 'exportPlot',
        plot: 'matrix',
        format: 'png',
        content,
      })),
      { type: 'exportPlot', plot: 'matrix', format: 'png', content: '' },
      { type: 'exportPlot', plot: 'matrix', format: 'png', content: 'A'.repeat(MAX_PNG_LENGTH + 4) },
      { type: 'exportPlot', plot: 'matrix', format: 'gif', content: 'AAAA' },
      { type: '__proto__' },
      { type: 'constructor' },
      {},
    ];
    for (const message of wrong) {
      assert.deepEqual(
        parseFromWebview({ ...message, request: 3 }),
        { rejected: 3 },
        JSON.stringify(message).slice(0, 200),
      );
    }
  });

  it('are nothing at all without a number', () => {
    for (const message of [
      undefined,
      null,
      7,
      'ready',
      [],
      {},
      { type: 'ready' },
      { type: 'ready', request: -1 },
    ]) {
      assert.equal(parseFromWebview(message), undefined);
    }
  });
});

describe('memento of a panel', () => {
  const query = { text: 'Mike', form: 'bare', vector: 'mean' } as const;
  const filter: FilterView = { ...NO_FILTER, wordLike: true, minimumScore: 0.25 };
  const memento = {
    version: 2,
    history: [query],
    position: 0,
    k: 20,
    view: 'compare',
    metric: 'centered',
    filter,
    isFolded: true,
    isPinned: false,
    leftOut: { formulas: false, texts: true },
    compare: { mode: 'matrix', texts: ['ban', 'ana'], pairOf: [1, 0] },
  } as const;

  it('is taken when it is whole', () => {
    assert.deepEqual(parsePanelMemento(memento), memento);
    const before = { ...memento, leftOut: undefined };
    assert.deepEqual(parsePanelMemento(before), { ...memento, leftOut: { formulas: true, texts: false } });
    assert.equal(parsePanelMemento({ ...memento, leftOut: { formulas: 1, texts: true } }), undefined);
    const withContext = {
      ...memento,
      history: [{ ...query, context: { text: 'met Mike', start: 4, end: 8, line: 3 } }],
    };
    assert.deepEqual(parsePanelMemento(withContext), withContext);
    const arranged = { ...memento, arrangement: { beside: 0.4, distribution: false } };
    assert.deepEqual(parsePanelMemento(arranged), arranged);
    const empty = { ...memento, history: [], position: -1, k: 1 };
    assert.deepEqual(parsePanelMemento(empty), empty);
  });

  it('of the first version shows what it showed then', () => {
    assert.deepEqual(parsePanelMemento({ version: 1, history: [query], position: 0, k: 50 }), {
      version: 2,
      history: [query],
      position: 0,
      k: 50,
      view: 'neighbors',
      metric: 'cosine',
      filter: NO_FILTER,
      isFolded: false,
      isPinned: true,
      leftOut: { formulas: true, texts: false },
      compare: { mode: 'pair', texts: [], pairOf: [0, 1] },
    });
    assert.equal(parsePanelMemento({ version: 1, history: [query], position: 1, k: 50 }), undefined);
  });

  it('is refused when anything is off', () => {
    const wrong = [
      undefined,
      'Mike',
      {},
      { ...memento, version: 3 },
      { ...memento, version: '2' },
      { ...memento, position: 1 },
      { ...memento, position: -2 },
      { ...memento, k: 0 },
      { ...memento, history: [{ ...query, text: 7 }] },
      { ...memento, history: [{ ...query, form: 'x' }] },
      { ...memento, history: 'Mike' },
      { ...memento, history: Array.from({ length: MAX_HISTORY + 1 }, () => query) },
      { ...memento, view: 'x' },
      { ...memento, metric: 'x' },
      { ...memento, filter: { ...filter, text: undefined } },
      { ...memento, isFolded: undefined },
      { ...memento, arrangement: { below: -0.1 } },
      { ...memento, arrangement: [] },
      { ...memento, compare: { ...memento.compare, texts: Array.from({ length: 41 }, () => '') } },
      { ...memento, compare: { ...memento.compare, pairOf: [0] } },
      { version: 2, history: [query], position: 0, k: 20 },
    ];
    for (const [index, value] of wrong.entries()) {
      assert.equal(parsePanelMemento(value), undefined, `case ${index}`);
    }
  });

  it('loses only the context when that is off', () => {
    const wrong = [
      { text: 'Mike', start: 0, end: 5, line: 1 },
      { text: 'Mike', start: 4, end: 4, line: 1 },
      { text: 'Mike', start: -1, end: 4, line: 1 },
      { text: 'Mike', start: 0, end: 4, line: 0 },
      { text: 'x'.repeat(20_000), start: 0, end: 4, line: 1 },
      { text: 7, start: 0, end: 1, line: 1 },
      7,
    ];
    for (const context of wrong) {
      assert.deepEqual(parsePanelMemento({ ...memento, history: [{ ...query, context }] }), memento);
    }
  });
});
