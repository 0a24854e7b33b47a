import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../workerPort';

/** What a thread does: it serves an engine, scans an index with others, or computes a part of a neighbor graph. */
export type ThreadRole = 'engine' | 'scan' | 'graph';

/**
 * Starts the engine's worker as a thread of Node.
 *
 * @param file Path of the worker's bundle, `dist/engineWorker.js`.
 */
export function startNodeWorker(file: string, role: ThreadRole = 'engine'): WorkerPort {
  // No flags of the host process: an inspector or loader of the host must not attach itself to the worker.
  const worker = new Worker(file, { execArgv: [], workerData: role });
  let uncaught: string | undefined;
  worker.on('error', (error: unknown) => {
    uncaught = error instanceof Error ? error.message : String(error);
  });
  return {
    postMessage: (message, transfer) => {
      worker.postMessage(message, transfer);
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onExit: (listener) => {
      // Always follows 'error'.
      worker.on('exit', (code) => {
        listener(uncaught ?? `exit code ${String(code)}`);
      });
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
}
