import assert from 'node:assert/strict';
import { CheckpointError } from '../../../../src/core/safetensors/checkpointError';
import { failureOrigin } from '../../../../src/editor/session/failureOrigin';
import { HubServer } from '../../../../src/editor/session/hubServer';
import { HubError, type HubErrorReason } from '../../../../src/model/hub/hubError';

interface Set {
  readonly model?: string;
  readonly embeddingTensor?: string;
  readonly hubEndpoint?: string;
}

function originOf(error: Error, set: Set, env: Readonly<Record<string, string>> = {}): object {
  const settings = { model: '', embeddingTensor: '', hubEndpoint: '', usersHubEndpoint: '', ...set };
  return failureOrigin(error, { settings, server: new HubServer(settings, env) });
}

const mirror = 'https://mirror.example/hf';
const ofMirror = { name: 'mirror.example/hf', source: 'setting' };
const failed = (reason: HubErrorReason): HubError => new HubError(reason, 'It failed.');

describe('what a failure is about', () => {
  it('is the setting that names the model, where that cannot be opened', () => {
    const gone = new CheckpointError('not-found', '/models/gpt2', 'there is no such file.');
    assert.deepEqual(originOf(gone, { model: '/models/gpt2', hubEndpoint: mirror }), { setting: 'model' });
    assert.deepEqual(originOf(failed('not-found'), { model: 'hf:a/b' }), { setting: 'model' });
    for (const model of ['', 'sample']) {
      assert.deepEqual(originOf(gone, { model }), {});
    }
  });

  it('is the setting that names the tensor, where the file has none that can be used', () => {
    const set = { model: '/models/gpt2', embeddingTensor: 'x' };
    const unsupported = new CheckpointError('unsupported', 'model.safetensors', 'it holds no tensor "x".');
    assert.deepEqual(originOf(unsupported, set), { setting: 'embeddingTensor' });
    assert.deepEqual(originOf(failed('unsupported'), set), { setting: 'embeddingTensor' });
    assert.deepEqual(originOf(unsupported, { model: set.model }), { setting: 'model' });
  });

  it('is the server, by its name, where somebody has named one in place of the hub', () => {
    assert.deepEqual(originOf(failed('timeout'), { hubEndpoint: mirror }), {
      setting: 'hubEndpoint',
      server: ofMirror,
    });
    assert.deepEqual(originOf(failed('not-found'), { model: 'hf:a/b', hubEndpoint: mirror }), {
      setting: 'model',
      server: ofMirror,
    });
    assert.deepEqual(originOf(failed('offline'), {}, { HF_ENDPOINT: `${mirror}/` }), {
      server: { ...ofMirror, source: 'environment' },
    });
    assert.deepEqual(originOf(failed('offline'), {}), {});
    assert.deepEqual(originOf(failed('offline'), { hubEndpoint: 'https://huggingface.co/' }), {
      setting: 'hubEndpoint',
    });
    assert.deepEqual(originOf(failed('disk-full'), { hubEndpoint: mirror }), {});
  });

  it('is the setting of the server where that is no address', () => {
    const error = new RangeError('The setting of the server is not a web address.');
    assert.deepEqual(originOf(error, { hubEndpoint: 'mirror' }), { setting: 'hubEndpoint' });
    assert.deepEqual(originOf(error, {}, { HF_ENDPOINT: 'mirror' }), {});
    assert.deepEqual(originOf(new Error('Something else.'), { hubEndpoint: mirror }), {});
  });

  it('is named by a text that shows what it is', () => {
    const origin = originOf(failed('offline'), { hubEndpoint: 'https://mirror.example/a\u202eb' });
    assert.doesNotMatch(JSON.stringify(origin), /\u202e/);
  });
});
