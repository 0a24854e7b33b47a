import assert from 'node:assert/strict';
import { ModelLocator, type ModelLocatorServices } from '../../src/editor/session/modelLocator';
import { tensorNameOf } from '../../src/editor/tensorNameOf';
import { HUB_ADDRESS } from '../../src/model/hub/serverAddress';
import { addToHubCache, setHubRef } from '../fixtures/checkpoints/hubCache';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';

const COMMIT = 'c'.repeat(40);
const USUAL = { 'model.safetensors': safetensorsBytes([embeddingTensor('wte.weight', 'F32', 30, 4)]) };
const ODD = { 'model.safetensors': safetensorsBytes([embeddingTensor('my.matrix', 'F32', 30, 4)]) };

describe('The setting for the name of the tensor', () => {
  const at = useTemporaryFolder();

  /** The name with which a model is loaded. */
  const nameFor = async (model: string, setting: unknown): Promise<string | undefined> => {
    const services = {
      settings: {
        model,
        embeddingTensor: tensorNameOf(setting, model),
        isTensorOfModel: typeof setting !== 'string',
      },
      places: () => ({
        storage: at('storage'),
        server: HUB_ADDRESS,
        environment: { env: { HF_HUB_CACHE: at('cache') }, home: at('home') },
      }),
      surroundings: () => ({ home: at('home'), folders: [] }),
      used: { remember: () => Promise.resolve() },
      log: () => undefined,
    };
    const locator = new ModelLocator(services as unknown as ModelLocatorServices);
    const { tensorName } = await locator.locate(new AbortController().signal, () => undefined);
    return tensorName;
  };

  beforeEach(async () => {
    for (const [repository, files] of [
      ['a/usual', USUAL],
      ['a/odd', ODD],
    ] as const) {
      await addToHubCache(at('cache'), repository, COMMIT, files);
      await setHubRef(at('cache'), repository, COMMIT);
    }
  });

  it('is one for each model', async () => {
    const setting = { 'hf:a/odd': ' my.matrix ', 'hf:a/other': 'x' };
    assert.equal(await nameFor('hf:a/odd', setting), 'my.matrix');
    assert.equal(await nameFor('hf:a/usual', setting), undefined);
  });

  it('may be a name alone, of which no other model fails', async () => {
    assert.equal(await nameFor('hf:a/odd', 'my.matrix'), 'my.matrix');
    assert.equal(await nameFor('hf:a/usual', 'my.matrix'), undefined);
    const path = at('cache', 'models--a--usual');
    assert.equal(await nameFor(path, 'my.matrix'), undefined);
    assert.equal(
      await nameFor(path, { [path]: 'wrong' }),
      'wrong',
      'what is said of this very model is tried',
    );
  });

  it('is nothing where it is of another kind', () => {
    for (const setting of [undefined, null, 7, [], ['my.matrix'], { toString: 1 }, { '/m': 7 }]) {
      assert.equal(tensorNameOf(setting, '/m'), '');
    }
    assert.equal(tensorNameOf({}, 'toString'), '');
  });
});
