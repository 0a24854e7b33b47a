import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { findHubModel } from '../../src/model/findHubModel';
import { GPT2_SMALL } from '../../src/model/hub/knownModels';
import { HUB_ADDRESS } from '../../src/model/hub/serverAddress';
import { surveyModels } from '../../src/model/surveyModels';
import { addToHubCache, setHubRef } from '../fixtures/checkpoints/hubCache';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';

const MAIN = 'a'.repeat(40);
const OLDER = 'b'.repeat(40);
const CHECKPOINT = { 'model.safetensors': safetensorsBytes([embeddingTensor('wte.weight', 'F32', 30, 4)]) };
const SHARD = 'model-00001-of-00002.safetensors';
const INDEX = Buffer.from(JSON.stringify({ weight_map: { 'model.embed_tokens.weight': SHARD } }));
const ADAPTER = safetensorsBytes([embeddingTensor('base.layers.0.q_proj.lora_A.weight', 'F32', 8, 4)]);

/** What a cache can hold of a model that is no model. */
const NO_MODELS: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>> = {
  'the config alone': { 'config.json': Buffer.from('{}') },
  'an index without its shards': { 'config.json': Buffer.from('{}'), 'model.safetensors.index.json': INDEX },
  'an adapter': { 'adapter_model.safetensors': ADAPTER },
  'an empty file': { 'model.safetensors': Buffer.alloc(0) },
  'the beginning of a file': { 'model.safetensors': CHECKPOINT['model.safetensors'].subarray(0, 200) },
  'a pickle': { 'pytorch_model.bin': Buffer.from('x') },
  'a hidden file': { '._model.safetensors': CHECKPOINT['model.safetensors'] },
};

describe('A model is there', () => {
  const at = useTemporaryFolder();
  const places = () => ({
    storage: at('storage'),
    server: HUB_ADDRESS,
    environment: { env: { HF_HUB_CACHE: at('cache') }, home: at('home') },
  });

  for (const [what, files] of Object.entries(NO_MODELS)) {
    for (const { repository, revision } of [GPT2_SMALL, { repository: 'org/name', revision: 'main' }]) {
      it(`not if ${repository} is ${what} in the cache: then the next place is looked at`, async () => {
        const passedOver: string[] = [];
        const find = () =>
          findHubModel({ repository, revision }, places(), { onPassedOver: (line) => passedOver.push(line) });
        await addToHubCache(at('cache'), repository, MAIN, files);
        await setHubRef(at('cache'), repository, MAIN);
        assert.equal(await find(), undefined);
        assert.equal(passedOver.length, 1);
        assert.match(passedOver[0] ?? '', new RegExp(`^Passed over: .*${MAIN}.*: .`));

        const stored = await addToHubCache(at('storage'), repository, MAIN, CHECKPOINT);
        await setHubRef(at('storage'), repository, MAIN);
        assert.deepEqual((await find())?.location, { kind: 'folder', path: stored });
      });
    }
  }

  it('where an older snapshot is whole, and whoever opens the repository is told so', async () => {
    await addToHubCache(at('cache'), 'org/name', MAIN, { 'model.safetensors.index.json': INDEX });
    await setHubRef(at('cache'), 'org/name', MAIN);
    const older = await addToHubCache(at('cache'), 'org/name', OLDER, {
      'model.safetensors.index.json': INDEX,
      [SHARD]: safetensorsBytes([embeddingTensor('model.embed_tokens.weight', 'F16', 30, 4)]),
    });
    const passedOver: string[] = [];
    const model = { repository: 'org/name', revision: 'main' };
    const found = await findHubModel(model, places(), { onPassedOver: (line) => passedOver.push(line) });
    assert.equal(found?.location.path, older);
    assert.match(passedOver.join('\n'), new RegExp(`${MAIN}.${SHARD}: no such file`));

    const source = await openEmbeddingSource({ kind: 'folder', path: path.dirname(path.dirname(older)) });
    await source.close();
    assert.equal(source.identity.path, path.join(older, SHARD));
    assert.match(source.identity.warnings.join('\n'), new RegExp(`snapshot ${OLDER} is used.*${MAIN}`));
  });

  it('by the same judgement for who chooses it and for who loads it', async () => {
    let number = 0;
    const isListed = new Map<string, boolean>();
    for (const [main, older] of [
      [CHECKPOINT, undefined],
      ...Object.values(NO_MODELS).flatMap(
        (files) =>
          [
            [files, undefined],
            [files, CHECKPOINT],
          ] as const,
      ),
      [undefined, CHECKPOINT],
    ] as const) {
      for (const place of ['cache', 'storage']) {
        for (const hasRef of [true, false]) {
          const repository = `org/model${String(number++)}`;
          if (main) {
            await addToHubCache(at(place), repository, MAIN, main);
          }
          if (older) {
            await addToHubCache(at(place), repository, OLDER, older);
          }
          if (hasRef) {
            await setHubRef(at(place), repository, MAIN);
          }
          isListed.set(repository, main === CHECKPOINT || older === CHECKPOINT);
        }
      }
    }
    const listed = (await surveyModels(places())).filter(({ place }) => place !== 'hub');
    assert.deepEqual(
      listed.map(({ repository }) => repository).sort(),
      [...isListed].flatMap(([repository, is]) => (is ? [repository] : [])).sort(),
    );
    for (const { repository, revision, place, identity } of listed) {
      const found = await findHubModel({ repository, revision }, places());
      assert.deepEqual([found?.place, found?.identity], [place, identity], repository);
      const source = await openEmbeddingSource(found?.location ?? { kind: 'sample' });
      await source.close();
      assert.equal(source.identity.path, identity?.path);
    }
  });

  it('also behind hundreds of other things in the cache', async () => {
    for (let number = 0; number < 300; number++) {
      await addToHubCache(at('cache'), `a/empty${String(number)}`, MAIN, {});
      await fs.mkdir(at('cache', `datasets--a--${String(number)}`));
    }
    await addToHubCache(at('cache'), 'z/model', MAIN, CHECKPOINT);
    const listed = (await surveyModels(places())).filter(({ place }) => place !== 'hub');
    assert.deepEqual(
      listed.map(({ repository }) => repository),
      ['z/model'],
    );
  });
});
