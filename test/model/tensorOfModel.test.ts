import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { CheckpointError } from '../../src/core/safetensors/checkpointError';
import {
  ModelLocator,
  type LocatedModel,
  type ModelLocatorServices,
} from '../../src/editor/session/modelLocator';
import { withTensorNotice } from '../../src/editor/session/tensorNotice';
import { tensorNameOf, tensorNamesToTry } from '../../src/editor/tensorNameOf';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { surveyLocalModels } from '../../src/model/surveyLocalModels';
import { surveyModels } from '../../src/model/surveyModels';
import { HUB_ADDRESS } from '../../src/model/hub/serverAddress';
import { addToHubCache, setHubRef } from '../fixtures/checkpoints/hubCache';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { testIdentity } from '../fixtures/checkpoints/testIdentity';

const COMMIT = 'c'.repeat(40);
const USUAL = { 'model.safetensors': safetensorsBytes([embeddingTensor('wte.weight', 'F32', 30, 4)]) };
const ODD = { 'model.safetensors': safetensorsBytes([embeddingTensor('my.matrix', 'F32', 30, 4)]) };

describe('The setting for the name of the tensor', () => {
  const at = useTemporaryFolder();

  const servicesFor = (model: string, setting: unknown) => ({
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
  });

  const locatorFor = (model: string, setting: unknown): ModelLocator =>
    new ModelLocator(servicesFor(model, setting) as unknown as ModelLocatorServices);

  const locate = (model: string, setting: unknown): Promise<LocatedModel> =>
    locatorFor(model, setting).locate(new AbortController().signal, () => undefined);

  /** The name with which a model is loaded. */
  const nameFor = async (model: string, setting: unknown): Promise<string | undefined> =>
    (await locate(model, setting)).tensorName;

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

  it('that says of a model of the hub a name that it lacks is answered by its tensors, not by the offer of a download', async () => {
    for (const model of ['hf:a/odd', 'hf:a/usual']) {
      const { tensorName, location } = await locate(model, { [model]: 'mistyped' });
      assert.equal(tensorName, 'mistyped');
      await assert.rejects(
        openEmbeddingSource(location, { tensorName }),
        (error) =>
          CheckpointError.is(error) &&
          error.message.includes('no tensor "mistyped"') &&
          error.message.includes(model === 'hf:a/odd' ? 'my.matrix' : 'wte.weight'),
      );
    }
    // What is said of one is nothing for the other.
    const locator = locatorFor('hf:a/odd', { 'hf:a/odd': 'mistyped' });
    assert.equal(await locator.missingModel(), undefined);
    assert.equal(await locator.has({ repository: 'a/usual', revision: 'main' }), true);
    assert.equal(await locator.has({ repository: 'a/none', revision: 'main' }), false);
  });

  it('is a warning where a name alone is not that of the tensor in use', () => {
    const model = { ...testIdentity(30, 4), tensorName: 'wte.weight', isSample: false, warnings: ['w'] };
    assert.deepEqual(withTensorNotice(model, ''), model);
    assert.deepEqual(withTensorNotice(model, 'wte.weight'), model);
    const [first, second, ...others] = withTensorNotice(model, 'wte.wieght').warnings;
    assert.deepEqual([first, others], ['w', []]);
    assert.match(second ?? '', /names “wte.wieght”, which this model lacks: “wte.weight” is used/);
    assert.deepEqual(withTensorNotice({ ...model, isSample: true }, 'x').warnings, ['w']);
  });

  it('is known to the list of models', async () => {
    const namesOf = (setting: unknown) => ({
      tensorNamesOf: ({ repository }: { repository: string }) =>
        tensorNamesToTry(setting, (key) => key === `hf:${repository}`),
    });
    const places = servicesFor('', '').places();
    const listed = async (setting: unknown) =>
      (await surveyModels(places, namesOf(setting)))
        .filter(({ known }) => known === undefined)
        .map(({ repository, identity }) => [repository, identity?.tensorName])
        .sort();
    const usual = ['a/usual', 'wte.weight'];
    assert.deepEqual(await listed(''), [usual]);
    for (const setting of [
      { 'hf:a/odd': 'my.matrix' },
      'my.matrix',
      { 'hf:a/odd': 'my.matrix', 'hf:a/usual': 'x' },
    ]) {
      assert.deepEqual(await listed(setting), [['a/odd', 'my.matrix'], usual]);
    }
    await fs.writeFile(at('odd.safetensors'), ODD['model.safetensors']);
    assert.deepEqual(await surveyLocalModels([at('odd.safetensors')]), []);
    const [local] = await surveyLocalModels([at('odd.safetensors')], (path) =>
      tensorNamesToTry({ [at('odd.safetensors')]: 'my.matrix' }, (key) => key === path),
    );
    assert.equal(local && 'identity' in local && local.identity.tensorName, 'my.matrix');
  });

  it('is nothing where it is of another kind', () => {
    for (const setting of [undefined, null, 7, [], ['my.matrix'], { toString: 1 }, { '/m': 7 }]) {
      assert.equal(tensorNameOf(setting, '/m'), '');
    }
    assert.equal(tensorNameOf({}, 'toString'), '');
  });
});
