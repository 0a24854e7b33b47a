import assert from 'node:assert/strict';
import { presentEmbeddings } from '../../../../src/editor/session/embeddingsPresentation';
import { embeddingsView } from '../../../../src/editor/session/embeddingsView';
import type { EmbeddingState } from '../../../../src/engine/session/embeddingState';
import { panelTitle } from '../../../../src/editor/panel/panelTitle';
import { HubError } from '../../../../src/model/hub/hubError';
import { MODEL } from '../plainEmbeddings';

/** A name that would turn the direction of what follows, break the line, and fill the window. */
const HOSTILE = `evil\u202e\n\u200b${'x'.repeat(5_000)}`;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const served = { repository: 'a/b', revision: 'main', server: 'https://example.org' };
const offer = { model: served, name: HOSTILE, repository: HOSTILE, host: 'example.org' };
const download = {
  ...offer,
  revision: HOSTILE,
  tensorName: HOSTILE,
  bytesDone: 0,
  bytesTotal: 0,
  bytesPerSecond: 0,
  waiting: HOSTILE,
};
const model = { ...MODEL, name: HOSTILE, tensorName: HOSTILE, warnings: [HOSTILE] };
const error = new HubError('bad-response', HOSTILE, { detail: HOSTILE });

const states: readonly EmbeddingState[] = [
  { state: 'undecided', offer },
  { state: 'downloading', download },
  { state: 'building', model, rowsDone: 0, rowCount: 1 },
  { state: 'ready', model },
  { state: 'failed', reason: HOSTILE, error },
];

describe('names that are not ours', () => {
  for (const state of states) {
    it(`are shown as what they are, and short, while embeddings are ${state.state}`, () => {
      const presented = presentEmbeddings(state, { state: 'none' });
      assert.ok(presented);
      assert.ok(presented.text.length <= 48, presented.text);
      for (const text of [JSON.stringify(embeddingsView(state)), presented.text, presented.detail]) {
        // What JSON escapes has been shown before.
        assert.ok(!UNSEEN.test(text), text.slice(0, 200));
        assert.ok(!/\\n|\\u202e/.test(text), text.slice(0, 200));
        assert.match(
          text,
          state.state === 'ready' ? /evil‹U\+202E›/ : /evil|embeddings|choose a model|no model/,
        );
        assert.ok(text.length < 3_000, `${text.length} characters`);
      }
    });
  }

  it('are told apart from the way to a server, which may lead through a proxy', () => {
    for (const [reason, mayBeProxy] of [
      ['offline', true],
      ['certificate', true],
      ['rate-limited', undefined],
    ] as const) {
      const failed = embeddingsView({ state: 'failed', reason: 'x', error: new HubError(reason, 'x') });
      assert.ok(failed.state === 'failed');
      assert.equal(failed.mayBeProxy, mayBeProxy, reason);
    }
  });

  it('are whole in a path, by which the page tells models apart', () => {
    const path = `/models/${'deep/'.repeat(500)}a\u202eb.safetensors`;
    const view = embeddingsView({ state: 'ready', model: { ...MODEL, path } });
    assert.ok(view.state === 'ready');
    assert.equal(view.model.path, path.replace('\u202e', '‹U+202E›'));
  });

  it('are shown on the tab of an inspector', () => {
    const title = panelTitle('compare', ['a\u202eb\u200b', 'x'.repeat(100)]);
    assert.match(title, /^Compare: a‹U\+202E›b‹U\+200B›, x+…$/);
    assert.equal(title.length, 40);
  });
});
