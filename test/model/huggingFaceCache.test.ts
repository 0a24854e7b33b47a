import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';
import { openEmbeddingSource } from '../../src/model/embeddingSource';
import { findCachedGpt2 } from '../../src/model/findCachedGpt2';
import { huggingFaceCacheFolders } from '../../src/model/huggingFaceCache';
import { addToHubCache, setHubRef } from '../fixtures/checkpoints/hubCache';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';
import { embeddingTensor, safetensorsBytes } from '../fixtures/checkpoints/safetensorsBytes';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';
import { itWithLinks } from '../fixtures/symbolicLinks';

const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';
const OTHER_COMMIT = '11c5a3d5811f50298f278a704980280950aedb10';
const MODEL = safetensorsBytes([embeddingTensor('wte.weight', 'F32', 5, 4)]);

describe('The folders of the Hugging Face cache', () => {
  const home = path.resolve('/home/ada');
  const folder = (env: Record<string, string>, isWindows = false): string | undefined =>
    huggingFaceCacheFolders({ env, home, isWindows })[0];

  it('are found by the environment in the order of the Python library', () => {
    const all = {
      HF_HUB_CACHE: '/a',
      HUGGINGFACE_HUB_CACHE: '/b',
      HF_HOME: '/c',
      XDG_CACHE_HOME: '/d',
    };
    assert.equal(folder(all), '/a');
    assert.equal(folder({ ...all, HF_HUB_CACHE: '' }), '/b');
    assert.equal(folder({ HF_HOME: '/c', XDG_CACHE_HOME: '/d' }), path.join('/c', 'hub'));
    assert.equal(folder({ XDG_CACHE_HOME: '/d' }), path.join('/d', 'huggingface', 'hub'));
    assert.equal(folder({}), path.join(home, '.cache', 'huggingface', 'hub'));
  });

  it('may be given with ~ and with variables', () => {
    assert.equal(folder({ HF_HOME: '~/models' }), path.join(home, 'models', 'hub'));
    assert.equal(folder({ HF_HUB_CACHE: '~' }), home);
    assert.equal(folder({ HF_HUB_CACHE: '~grace/x' }), '~grace/x');
    assert.equal(folder({ HF_HUB_CACHE: '$DISK/${PART}/$NONE', DISK: '/disk', PART: 'p' }), '/disk/p/$NONE');
  });

  it('may be given with variables as Windows writes them, there alone', () => {
    const env = { HF_HUB_CACHE: '%DISK%/${PART}/%NONE%/100%', DISK: '/disk', PART: 'p' };
    assert.equal(folder(env, true), '/disk/p/%NONE%/100%');
    assert.equal(folder(env), '%DISK%/p/%NONE%/100%');
    assert.equal(folder({ HF_HUB_CACHE: '%%', '': 'nothing' }, true), '%%');
  });

  it('are two where a program like Flatpak sets a cache of its own, unless somebody has set the place', () => {
    const env = { XDG_CACHE_HOME: '/var/app/code/cache' };
    const folders = (more: Record<string, string>): readonly string[] =>
      huggingFaceCacheFolders({ env: { ...env, ...more }, home });
    const usual = path.join(home, '.cache', 'huggingface', 'hub');
    assert.deepEqual(folders({}), [path.join(env.XDG_CACHE_HOME, 'huggingface', 'hub'), usual]);
    assert.deepEqual(folders({ XDG_CACHE_HOME: '~/.cache' }), [usual]);
    assert.deepEqual(folders({ HF_HOME: '/c' }), [path.join('/c', 'hub')]);
    assert.deepEqual(folders({ HF_HUB_CACHE: '/a' }), ['/a']);
  });
});

describe('The Hugging Face cache', () => {
  const inFolder = useTemporaryFolder();
  const find = (): ReturnType<typeof findCachedGpt2> =>
    findCachedGpt2({}, { env: { HF_HUB_CACHE: inFolder() }, home: '/nowhere' });

  it('holds nothing where there is no folder, and nothing is made', async () => {
    await fs.rmdir(inFolder());
    assert.equal(await find(), undefined);
    await assert.rejects(fs.stat(inFolder()));
    await fs.mkdir(inFolder());
  });

  it('gives a model of the home folder to a program with a cache of its own', async () => {
    const cache = inFolder('.cache', 'huggingface', 'hub');
    const snapshot = await addToHubCache(cache, 'gpt2', COMMIT, { 'model.safetensors': MODEL });
    const env = { XDG_CACHE_HOME: inFolder('of-flatpak') };
    const found = await findCachedGpt2({}, { env, home: inFolder() });
    assert.deepEqual(found, { kind: 'folder', path: snapshot });
  });

  for (const links of [true, false]) {
    const linked = links ? itWithLinks : it;
    linked(`gives the snapshot of main, made of ${links ? 'symbolic links' : 'plain files'}`, async () => {
      await addToHubCache(inFolder(), 'gpt2', OTHER_COMMIT, { 'model.safetensors': MODEL }, { links });
      const snapshot = await addToHubCache(
        inFolder(),
        'gpt2',
        COMMIT,
        { 'model.safetensors': MODEL },
        { links },
      );
      await fs.utimes(snapshot, 1, 1);
      await setHubRef(inFolder(), 'gpt2', COMMIT);
      assert.deepEqual(await find(), { kind: 'folder', path: snapshot });
      const source = await openEmbeddingSource({ kind: 'folder', path: snapshot });
      assert.equal(source.identity.name, 'gpt2');
      assert.equal(source.identity.path, path.join(snapshot, 'model.safetensors'));
      await source.close();
    });
  }

  it("prefers the organization's repository to the old name, and names the model after it", async () => {
    await addToHubCache(inFolder(), 'gpt2', COMMIT, { 'model.safetensors': MODEL });
    const snapshot = await addToHubCache(inFolder(), 'openai-community/gpt2', COMMIT, {
      'model.safetensors': MODEL,
    });
    assert.deepEqual(await find(), { kind: 'folder', path: snapshot });
    const source = await openEmbeddingSource({ kind: 'folder', path: snapshot });
    assert.equal(source.identity.name, 'openai-community/gpt2');
    await source.close();
  });

  const badRefs: Record<string, string> = {
    'leads out of the cache': '../../outside',
    'is an absolute path': '/etc',
    'is a Windows path': '..\\outside',
    'is empty': '',
    'is a dot': '.',
    'is two dots': '..',
    'holds a NUL': 'abc\0def',
    'is too long': 'a'.repeat(1000),
    'points to a snapshot that is not there': 'ffff',
  };
  for (const [what, content] of Object.entries(badRefs)) {
    it(`falls back to the newest snapshot when the ref ${what}`, async () => {
      await fs.mkdir(inFolder('outside'));
      await fs.writeFile(inFolder('outside', 'model.safetensors'), MODEL);
      const old = await addToHubCache(inFolder(), 'gpt2', OTHER_COMMIT, { 'model.safetensors': MODEL });
      const recent = await addToHubCache(inFolder(), 'gpt2', COMMIT, { 'model.safetensors': MODEL });
      await fs.utimes(old, 1000, 1000);
      await fs.utimes(recent, 2000, 2000);
      await setHubRef(inFolder(), 'gpt2', content);
      assert.deepEqual(await find(), { kind: 'folder', path: recent });
    });
  }

  itWithLinks('passes over snapshots without a checkpoint and interrupted downloads', async () => {
    const whole = await addToHubCache(inFolder(), 'gpt2', OTHER_COMMIT, { 'model.safetensors': MODEL });
    const dangling = await addToHubCache(inFolder(), 'gpt2', COMMIT, { 'model.safetensors': MODEL });
    await fs.rm(inFolder('models--gpt2', 'blobs', `blob-${COMMIT}-model.safetensors`));
    await addToHubCache(inFolder(), 'gpt2', 'abcd', { 'config.json': Buffer.from('{}') });
    await fs.utimes(whole, 1000, 1000);
    await fs.utimes(dangling, 2000, 2000);
    await setHubRef(inFolder(), 'gpt2', COMMIT);
    assert.deepEqual(await find(), { kind: 'folder', path: whole });
  });

  it('is opened by the path of a repository as well', async () => {
    await addToHubCache(inFolder(), 'openai-community/gpt2', COMMIT, { 'model.safetensors': MODEL });
    await setHubRef(inFolder(), 'openai-community/gpt2', `${COMMIT}\n`);
    const source = await openEmbeddingSource({
      kind: 'folder',
      path: inFolder('models--openai-community--gpt2'),
    });
    assert.equal(source.identity.rowCount, 5);
    await source.close();
    await fs.mkdir(inFolder('models--empty'));
    await rejectsCheckpoint(openEmbeddingSource({ kind: 'folder', path: inFolder('models--empty') }), {
      reason: 'not-found',
      source: 'models--empty',
    });
  });
});
