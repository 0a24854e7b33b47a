import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

describe('third-party notices', () => {
  it('are those of what is bundled now', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/notices.mjs', '--check'], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    assert.equal(status, 0, stderr);
  });
});
