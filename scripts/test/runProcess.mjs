// Runs one program to its end, or to the end of its time.
import { spawn, spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';

/** Time for a program to clean up after SIGTERM: browsers and servers end their own children. */
const GRACE_MS = 8_000;

/**
 * Runs Node with the given parameters, its output going to ours, and ends it with all its children when it takes too long or
 * when this process is interrupted.
 *
 * @param {string[]} parameters
 * @param {{cwd: string, limitMs: number, env?: Record<string, string>}} options
 * @returns {Promise<{code: number | null, timedOut: boolean}>} `code` is null when a signal ended it.
 */
export async function runNode(parameters, { cwd, limitMs, env = {} }) {
  const child = spawn(process.execPath, parameters, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !windows, // a process group of its own, to be ended as a whole
  });
  let timedOut = false;
  let killer;
  const end = () => {
    signalTree(child.pid, 'SIGTERM');
    killer = setTimeout(() => signalTree(child.pid, 'SIGKILL'), GRACE_MS);
  };
  const limit = setTimeout(() => {
    timedOut = true;
    end();
  }, limitMs);
  const onInterrupt = () => {
    end();
    child.once('exit', () => process.exit(130));
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    return { code, timedOut };
  } finally {
    clearTimeout(limit);
    clearTimeout(killer);
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
    signalTree(child.pid, 'SIGKILL'); // children that it left behind
  }
}

function signalTree(processId, signal) {
  if (windows) {
    spawnSync('taskkill', ['/pid', String(processId), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-processId, signal);
  } catch {
    // The group has ended.
  }
}
