import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { parseModelLocation } from '../../src/model/parseModelLocation';
import { rejectsCheckpoint } from '../fixtures/checkpoints/rejectsCheckpoint';
import { useTemporaryFolder } from '../fixtures/checkpoints/temporaryFolder';

describe('What a user gives as model', () => {
  const inFolder = useTemporaryFolder();

  it('is the word for the sample vectors', async () => {
    assert.deepEqual(await parseModelLocation('sample'), { kind: 'sample' });
    assert.deepEqual(await parseModelLocation('  sample '), { kind: 'sample' });
  });

  it('is the path of a file or a folder, with ~ for the home folder', async () => {
    await fs.writeFile(inFolder('a b.safetensors'), '');
    assert.deepEqual(await parseModelLocation(inFolder('a b.safetensors')), {
      kind: 'file',
      path: inFolder('a b.safetensors'),
    });
    assert.deepEqual(await parseModelLocation(` ${inFolder()}${path.sep} `), {
      kind: 'folder',
      path: inFolder(),
    });
    assert.deepEqual(await parseModelLocation('~', inFolder()), { kind: 'folder', path: inFolder() });
    assert.deepEqual(await parseModelLocation('~/a b.safetensors', inFolder()), {
      kind: 'file',
      path: inFolder('a b.safetensors'),
    });
    assert.deepEqual(await parseModelLocation('test'), { kind: 'folder', path: path.resolve('test') });
  });

  it('is a folder named sample when it is written as a path', async () => {
    await fs.mkdir(inFolder('sample'));
    assert.deepEqual(await parseModelLocation(path.join('~', 'sample'), inFolder()), {
      kind: 'folder',
      path: inFolder('sample'),
    });
  });

  it('is refused when nothing is there', async () => {
    await rejectsCheckpoint(parseModelLocation(inFolder('absent')), {
      reason: 'not-found',
      source: inFolder('absent'),
    });
    await fs.writeFile(inFolder('file'), '');
    await rejectsCheckpoint(parseModelLocation(inFolder('file', 'x')), {
      reason: 'not-found',
      source: 'file',
    });
    for (const text of [
      'openai-community/gpt2',
      'HF:openai-community/gpt2',
      'https://huggingface.co/openai-community/gpt2',
    ]) {
      await rejectsCheckpoint(parseModelLocation(text), {
        reason: 'not-found',
        source: 'gpt2',
        message: /no such file or folder\. If the model openai-community\/gpt2.*hf:openai-community\/gpt2\./,
      });
    }
    await rejectsCheckpoint(parseModelLocation('  '), { reason: 'not-found', source: '(empty)' });
    await rejectsCheckpoint(parseModelLocation('a\0b'), { reason: 'not-found', source: 'a\0b' });
    await rejectsCheckpoint(parseModelLocation('x'.repeat(5000)), { reason: 'not-found', source: 'xxx' });
  });

  it('is refused when it is a pipe or device', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    execFileSync('mkfifo', [inFolder('pipe')]);
    await rejectsCheckpoint(parseModelLocation(inFolder('pipe')), { reason: 'unreadable', source: 'pipe' });
    await rejectsCheckpoint(parseModelLocation('/dev/null'), { reason: 'unreadable', source: '/dev/null' });
  });
});
