import os from 'node:os';
import process from 'node:process';
import type { CacheEnvironment } from './huggingFaceCache';

/** The environment and home folder of this process. */
export function thisMachine(): CacheEnvironment {
  return { env: process.env, home: os.homedir(), isWindows: process.platform === 'win32' };
}

/** Whether this process runs on macOS. */
export function isMac(): boolean {
  return process.platform === 'darwin';
}
