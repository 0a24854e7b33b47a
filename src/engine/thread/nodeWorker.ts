import { Worker } from 'node:worker_threads';
import type { WorkerPort } from '../workerPort';

/** What a thread of the engine's bundle does: it serves an engine, scans an index with others, or computes a part of a neighbor graph. */
export type EngineThreadRole = 'engine' | 'scan' | 'graph';

/** What a thread does; one of a bundle of its own reads a tokenizer. */
export type ThreadRole = EngineThreadRole | 'tokenizer';

/** Heap of a thread that reads a tokenizer.json. The longest published one, of 33 MB, takes a quarter of it. */
const TOKENIZER_HEAP_MEGABYTES = 1024;

/**
 * Starts a thread of Node.
 *
 * @param file Path of its bundle: `dist/engineWorker.js`, or `dist/tokenizerWorker.js` for the role `tokenizer`.
 */
export function startNodeWorker(file: string, role: ThreadRole = 'engine'): WorkerPort {
  // No flags of the host process: an inspector or loader of the host must not attach itself to the worker.
  const worker = new Worker(file, {
    execArgv: [],
    workerData: role,
    ...(role === 'tokenizer' && { resourceLimits: { maxOldGenerationSizeMb: TOKENIZER_HEAP_MEGABYTES } }),
  });
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
