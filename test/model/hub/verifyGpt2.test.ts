import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { storageOfServer } from '../../../src/model/hub/serverStorage';
import { ensurePlantedCheckpoint } from '../../fixtures/checkpoints/plantedCheckpoint';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { ensureVerifiableCheckpoint } from '../../fixtures/checkpoints/verifiableCheckpoint';
import { HubServer } from '../../fixtures/hub/hubServer';

const REPOSITORY = 'openai-community/gpt2';
const COMMIT = '607a30d783dfa663caf39e06633721c8d4cfcd7e';

/** Runs the script, with nothing of this machine's own Hugging Face settings. */
function verify(args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      HF_ENDPOINT: '',
      HF_TOKEN: '',
      HUGGING_FACE_HUB_TOKEN: '',
    };
    const child = spawn(process.execPath, ['scripts/verifyGpt2.mjs', ...args], { env });
    const output: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => output.push(piece));
    child.stderr.on('data', (piece: Buffer) => output.push(piece));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(output).toString() }));
  });
}

describe('npm run verify:gpt2', () => {
  const inFolder = useTemporaryFolder();
  let server: HubServer;

  const serve = async (checkpoint: string): Promise<void> => {
    server = await HubServer.start({
      [REPOSITORY]: { commits: { [COMMIT]: { files: { 'model.safetensors': checkpoint } } } },
    });
  };
  afterEach(() => server.close());

  it('finds every published figure in a matrix that has them, and keeps it where it was told to', async () => {
    await serve(await ensureVerifiableCheckpoint());
    const { code, output } = await verify(['--endpoint', server.endpoint, '--storage', inFolder('storage')]);
    assert.equal(code, 0, output);
    assert.match(output, /13 of 13 checks passed/);
    assert.match(output, /ok +neighbor 2 of "Mike" +" Mike" 0\.857 +" Mike" 0\.857/);
    const folder = path.join(
      storageOfServer(inFolder('storage'), server.endpoint),
      ...['models--openai-community--gpt2', 'snapshots', COMMIT],
    );
    assert.deepEqual(await fs.readdir(folder), ['model.safetensors']);
  });

  it('fails where the fingerprint is another one, and keeps nothing', async () => {
    const planted = await ensurePlantedCheckpoint();
    await serve(path.join(planted, 'model.safetensors'));
    const { code, output } = await verify(['--endpoint', server.endpoint, '--storage', inFolder('storage')]);
    assert.equal(code, 1, output);
    assert.match(output, /FAILED +fingerprint of rows/);
    assert.match(output, /12 of 13 checks passed/);
    assert.deepEqual(await fs.readdir(inFolder('storage')), []);
  });

  it('says what is wrong where nothing can be downloaded', async () => {
    await serve('/nowhere');
    server.fault({ at: 'hub', fault: { kind: 'status', status: 404 } });
    const { code, output } = await verify(['--endpoint', server.endpoint]);
    assert.equal(code, 1);
    assert.match(output, /openai-community\/gpt2 holds neither model\.safetensors nor/);
    assert.ok(!output.includes('    at '), 'no stack');
  });
});
