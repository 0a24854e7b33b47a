import assert from 'node:assert/strict';
import { MAX_HISTORY, MAX_QUERY_LENGTH } from '../../../src/protocol/panelMessages';
import { MAX_COPY_LENGTH, parseFromWebview } from '../../../src/protocol/parseFromWebview';
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
      ...[
        'back',
        'forward',
        'cancelLoading',
        'retryLoading',
        'chooseModel',
        'chooseFile',
        'useSample',
        'download',
        'downloadWhole',
        'showLog',
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
      { type: '__proto__' },
      { type: 'constructor' },
      {},
    ];
    for (const message of wrong) {
      assert.deepEqual(
        parseFromWebview({ ...message, request: 3 }),
        { rejected: 3 },
        JSON.stringify(message),
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
  const memento = { version: 1, history: [query], position: 0, k: 20 } as const;

  it('is taken when it is whole', () => {
    assert.deepEqual(parsePanelMemento(memento), memento);
    const withContext = {
      ...memento,
      history: [{ ...query, context: { text: 'met Mike', start: 4, end: 8, line: 3 } }],
    };
    assert.deepEqual(parsePanelMemento(withContext), withContext);
    assert.deepEqual(parsePanelMemento({ version: 1, history: [], position: -1, k: 1 }), {
      version: 1,
      history: [],
      position: -1,
      k: 1,
    });
  });

  it('is refused when anything is off', () => {
    const wrong = [
      undefined,
      'Mike',
      {},
      { ...memento, version: 2 },
      { ...memento, position: 1 },
      { ...memento, position: -2 },
      { ...memento, k: 0 },
      { ...memento, history: [{ ...query, text: 7 }] },
      { ...memento, history: [{ ...query, form: 'x' }] },
      { ...memento, history: 'Mike' },
      { ...memento, history: Array.from({ length: MAX_HISTORY + 1 }, () => query) },
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
