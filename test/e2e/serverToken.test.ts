import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { startServer, type Server } from '../host/server.mjs';

/** The parameters of every process that this user can see, on one line each. */
function allParameters(): string {
  return process.platform === 'linux'
    ? fs
        .readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(parametersOf)
        .join('\n')
    : execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' });
}

function parametersOf(processId: string): string {
  try {
    return fs.readFileSync(`/proc/${processId}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended
  }
}

describe('The server of npm start and of these tests', () => {
  let server: Server | undefined;

  afterEach(() => server?.stop());

  it('is not opened by what other users of the machine see', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    server = await startServer();
    const parameters = allParameters();
    assert.match(parameters, /--connection-token-file/);
    assert.ok(!parameters.includes(server.token));
    const [, file] = /--connection-token-file (\S+)/.exec(parameters) ?? [];
    assert.ok(file !== undefined);
    assert.equal(fs.statSync(file).mode & 0o077, 0);
    const answer = await fetch(`${server.origin}/?tkn=${server.token}`, { redirect: 'manual' });
    assert.ok(answer.ok || answer.status === 302);
    assert.equal(
      (await fetch(`${server.origin}/?tkn=${'0'.repeat(32)}`, { redirect: 'manual' })).status,
      403,
    );
  });
});
