// Runs one program to its end, or until it hangs.
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { processTreeTime } from './processTree.mjs';
import { watchSilence } from './silenceWatch.mjs';

const windows = process.platform === 'win32';

/** Time for a program to clean up after SIGTERM: browsers and servers end their own children. */
const GRACE_MS = 60_000;

/**
 * Runs Node with the given parameters, its output going to ours, and ends it with all its children when it hangs or when this
 * process is interrupted.
 *
 * It hangs when it is silent for too long: it prints nothing, `word` stays the same, and for the shorter of the two limits none of
 * its processes computes.
 *
 * @param {string[]} parameters
 * @param {object} options
 * @param {string} options.cwd
 * @param {import('./silenceWatch.mjs').SilenceLimits} options.silence
 * @param {() => unknown} [options.word] What it said last elsewhere than in its output.
 * @param {Record<string, string>} [options.env]
 * @param {{write: (text: Buffer) => unknown}} [options.output]
 * @returns {Promise<{code: number | null, silence: import('./silenceWatch.mjs').Silence | undefined}>} `code` is null when a
 *   signal ended it, `silence` is set when it was ended as hanging.
 */
export async function runNode(parameters, { cwd, silence: limits, word, env = {}, output = process.stdout }) {
  const child = spawn(process.execPath, parameters, {
    cwd,
    // What it prints goes through us to be heard; mocha, at least, need not lose its colors by that.
    env: { ...(process.stdout.isTTY && { MOCHA_COLORS: '1' }), ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows, // a process group of its own, to be ended as a whole
  });
  let silence;
  let killer;
  const end = () => {
    signalTree(child.pid, 'SIGTERM');
    killer = setTimeout(() => signalTree(child.pid, 'SIGKILL'), GRACE_MS);
  };
  const watch = watchSilence({
    limits,
    word,
    work: () => processTreeTime(child.pid),
    onSilence: (found) => {
      silence = found;
      end();
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      watch.heard();
      output.write(text);
    });
  }
  const onInterrupt = () => {
    process.once('SIGINT', () => signalTree(child.pid, 'SIGKILL')); // whoever asks twice does not want to wait
    end();
    child.once('exit', () => process.exit(130));
  };
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  try {
    const drained = new Promise((resolve) => child.once('close', resolve));
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    signalTree(child.pid, 'SIGKILL'); // children that it left behind, which hold its output open
    await Promise.race([drained, delay(GRACE_MS, undefined, { ref: false })]);
    return { code, silence };
  } finally {
    watch.stop();
    clearTimeout(killer);
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
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
