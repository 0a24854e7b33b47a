import { Worker } from 'node:worker_threads';
import type { WorkerPort } from './workerPort';

/**
 * Starts the engine's worker as a thread of Node.
 *
 * @param file Path of the worker's bundle, `dist/engineWorker.js`.
 */
export function startNodeWorker(file: string): WorkerPort {
  // No flags of the host process: an inspector or loader of the host must not attach itself to the worker.
  const worker = new Worker(file, { execArgv: [] });
  let uncaught: string | undefined;
  worker.on('error', (error: unknown) => {
    uncaught = error instanceof Error ? error.message : String(error);
  });
  return {
    postMessage: (message) => {
      worker.postMessage(message);
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
