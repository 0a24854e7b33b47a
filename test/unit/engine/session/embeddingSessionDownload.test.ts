import assert from 'node:assert/strict';
import {
  EmbeddingSession,
  type EmbeddingSessionOptions,
} from '../../../../src/engine/session/embeddingSession';
import {
  ModelUndecidedError,
  type DownloadOffer,
  type DownloadStatus,
  type EmbeddingState,
} from '../../../../src/engine/session/embeddingState';
import type { LoadOptions } from '../../../../src/engine/questions/loadOptions';
import type { ModelIdentity, ModelLocation } from '../../../../src/model/modelLocation';
import { MODEL, ScriptedEngine } from '../scriptedEngine';

const OFFER: DownloadOffer = {
  model: { server: 'https://huggingface.co', repository: 'openai-community/gpt2', revision: '607a30d' },
  name: 'GPT-2 (124M)',
  repository: 'openai-community/gpt2',
  host: 'huggingface.co',
};
const status = (bytesDone: number): DownloadStatus => ({
  ...OFFER,
  revision: '607a30d',
  bytesDone,
  bytesTotal: 100,
  bytesPerSecond: 10,
});

/** An engine whose loads end by themselves. */
class PromptEngine extends ScriptedEngine {
  override load(location: ModelLocation, options?: LoadOptions): Promise<ModelIdentity> {
    const load = super.load(location, options);
    this.loads.at(-1)?.progress(MODEL.rowCount);
    this.loads.at(-1)?.finish();
    return load;
  }
}

function sessionWith(
  locate: EmbeddingSessionOptions['locate'],
  beforeReady?: EmbeddingSessionOptions['beforeReady'],
): { session: EmbeddingSession; states: EmbeddingState[] } {
  const session = new EmbeddingSession({
    engine: new PromptEngine(),
    locate,
    ...(beforeReady && { beforeReady }),
  });
  const states: EmbeddingState[] = [];
  session.onDidChangeState((state) => states.push(state));
  return { session, states };
}

const LOCATED = { location: { kind: 'file', path: '/models/fake.safetensors' } } as const;

describe('EmbeddingSession and downloads', () => {
  it('waits in the state undecided for what the user says, and asks again at the next request', async () => {
    let isDecided = false;
    const { session } = sessionWith(() =>
      isDecided ? Promise.resolve(LOCATED) : Promise.reject(new ModelUndecidedError(OFFER)),
    );
    await assert.rejects(session.ensureReady(), ModelUndecidedError);
    assert.deepEqual(session.state, { state: 'undecided', offer: OFFER });
    await assert.rejects(session.ensureReady(), ModelUndecidedError);
    isDecided = true;
    await session.ensureReady();
    assert.equal(session.state.state, 'ready');
    session.dispose();
  });

  it('shows a download between locating and building, and then that it is ready', async () => {
    const { session, states } = sessionWith((_, onDownload) => {
      onDownload(status(0));
      onDownload(status(100));
      return Promise.resolve(LOCATED);
    });
    await session.ensureReady();
    const order = states.map(({ state }) => state).filter((state, index, all) => state !== all[index - 1]);
    assert.deepEqual(order, ['locating', 'downloading', 'building', 'ready']);
    session.dispose();
  });

  it('stops a download that nobody waits for any more, and hears nothing of it later', async () => {
    let report: (download: DownloadStatus) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { session } = sessionWith((given, onDownload) => {
      signal = given;
      report = onDownload;
      onDownload(status(10));
      return new Promise((_, reject) => {
        given.addEventListener('abort', () => reject(given.reason as Error));
      });
    });
    const abort = new AbortController();
    const load = session.ensureReady(abort.signal);
    await Promise.resolve();
    assert.equal(session.state.state, 'downloading');
    abort.abort();
    await assert.rejects(load);
    assert.equal(signal?.aborted, true);
    report(status(20));
    assert.deepEqual(session.state, { state: 'none' });
    session.dispose();
  });

  it('is ready only when what belongs before that is done, and fails with it', async () => {
    let finish: () => void = () => undefined;
    const { session } = sessionWith(
      () => Promise.resolve(LOCATED),
      (model) =>
        new Promise((resolve) => {
          finish = () => resolve({ ...model, warnings: ['a word about it'] });
        }),
    );
    const load = session.ensureReady();
    while (session.state.state !== 'building') {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(session.state.state, 'building');
    finish();
    await load;
    assert.equal(session.state.state, 'ready');
    const answer = await session.ask('neighbors', { query: { terms: [{ weight: 1, id: 2 }] }, k: 1 });
    assert.deepEqual(answer.model.warnings, ['a word about it']);
    session.dispose();

    const failing = sessionWith(
      () => Promise.resolve(LOCATED),
      () => Promise.reject(new Error('tokenizer.json: not a tokenizer')),
    ).session;
    await assert.rejects(failing.ensureReady(), /not a tokenizer/);
    assert.equal(failing.state.state, 'failed');
    failing.dispose();
  });
});
