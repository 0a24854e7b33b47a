import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { PanelConnection } from '../../../../src/editor/panel/panelConnection';
import type { FromWebview } from '../../../../src/protocol/panelMessages';

/** A page that keeps what it is sent, and a log that keeps its errors. */
function setUp(perform: (request: FromWebview) => Promise<void>) {
  const answers: unknown[] = [];
  const errors: unknown[] = [];
  let receive: (message: unknown) => void = () => undefined;
  const webview = {
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
    postMessage: (message: unknown) => {
      answers.push(message);
      return Promise.resolve(true);
    },
  } as unknown as vscode.Webview;
  const log = { error: (error: unknown) => errors.push(error) } as unknown as vscode.LogOutputChannel;
  const connection = new PanelConnection(webview, perform, log);
  const ask = async (message: unknown): Promise<void> => {
    receive(message);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { connection, answers, errors, ask };
}

describe('connection to the page of an inspector', () => {
  const request = { type: 'placeUnderMetrics', request: 7, id: 3 };

  it('answers a request that was canceled, and tells nobody of it', async () => {
    const { answers, errors, ask, connection } = setUp(() =>
      Promise.reject(new DOMException('Canceled.', 'AbortError')),
    );
    await ask(request);
    assert.deepEqual(answers, [{ type: 'answer', to: 7, ok: true }]);
    assert.deepEqual(errors, []);
    connection.dispose();
  });

  it('logs a failure, and answers with its reason', async () => {
    const failure = new RangeError('There is no such row.');
    const { answers, errors, ask, connection } = setUp(() => Promise.reject(failure));
    await ask(request);
    assert.deepEqual(answers, [{ type: 'answer', to: 7, ok: false, message: 'There is no such row.' }]);
    assert.deepEqual(errors, [failure]);
    connection.dispose();
  });

  it('keeps the keyboard focus for the next page, while the panel was hidden and has none', async () => {
    const { connection, answers, ask } = setUp(() => Promise.resolve());
    const ready = { type: 'ready', request: 1 };
    await ask(ready);
    connection.losePage();
    answers.length = 0;
    connection.focus('list');
    assert.deepEqual(answers, []);
    assert.equal(connection.isPageReady, false);
    await ask(ready);
    assert.deepEqual(answers, [
      { type: 'focus', target: 'list' },
      { type: 'answer', to: 1, ok: true },
    ]);
    connection.dispose();
  });
});
