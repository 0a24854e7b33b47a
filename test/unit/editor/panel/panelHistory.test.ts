import assert from 'node:assert/strict';
import { PanelHistory } from '../../../../src/editor/panel/panelHistory';
import { MAX_HISTORY, type QueryMemento } from '../../../../src/protocol/panelMessages';

const query = (text: string): QueryMemento => ({ text, form: 'bare', vector: 'mean' });

describe('history of a panel', () => {
  it('is empty at first', () => {
    const history = new PanelHistory();
    assert.equal(history.current, undefined);
    assert.equal(history.canGoBack || history.canGoForward, false);
    assert.equal(history.go(-1), false);
  });

  it('goes back and forward', () => {
    const history = new PanelHistory();
    ['a', 'b', 'c'].map(query).forEach((entry) => history.visit(entry));
    assert.ok(history.go(-1) && history.go(-1));
    assert.equal(history.current?.text, 'a');
    assert.equal(history.canGoBack, false);
    assert.ok(history.go(1));
    assert.equal(history.current.text, 'b');
  });

  it('drops what lay ahead when it goes somewhere else', () => {
    const history = new PanelHistory();
    ['a', 'b', 'c'].map(query).forEach((entry) => history.visit(entry));
    history.go(-1);
    history.visit(query('d'));
    assert.equal(history.canGoForward, false);
    assert.deepEqual(
      history.toMemento().history.map(({ text }) => text),
      ['a', 'b', 'd'],
    );
  });

  it('keeps the newest entries within its limit', () => {
    const history = new PanelHistory();
    for (let step = 0; step < MAX_HISTORY + 5; step++) {
      history.visit(query(String(step)));
    }
    const memento = history.toMemento();
    assert.equal(memento.history.length, MAX_HISTORY);
    assert.equal(memento.position, MAX_HISTORY - 1);
    assert.equal(history.current?.text, String(MAX_HISTORY + 4));
  });

  it('comes back from its memento', () => {
    const history = new PanelHistory();
    ['a', 'b'].map(query).forEach((entry) => history.visit(entry));
    history.go(-1);
    const restored = new PanelHistory(history.toMemento());
    assert.equal(restored.current?.text, 'a');
    assert.equal(restored.canGoForward, true);
  });

  it('takes a whole walk of the cursor as one step', () => {
    const history = new PanelHistory();
    history.visit(query('typed'));
    ['a', 'b', 'c'].map(query).forEach((entry) => history.follow(entry));
    assert.deepEqual(
      history.toMemento().history.map(({ text }) => text),
      ['typed', 'c'],
    );
    history.visit(query('walked'));
    history.follow(query('d'));
    history.go(-1);
    history.follow(query('e'));
    assert.deepEqual(
      history.toMemento().history.map(({ text }) => text),
      ['typed', 'c', 'walked', 'e'],
    );
  });
});
