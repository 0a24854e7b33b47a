// Entry of the worker's bundle: serves one engine to the thread that started it.
import { parentPort } from 'node:worker_threads';
import type { ToWorkerMessage } from './engineMessages';
import { InProcessEngine } from './inProcessEngine';
import { serveEngine } from './serveEngine';

const port = parentPort;
if (port === null) {
  throw new Error('This file is started as a worker thread.');
}
serveEngine(
  {
    postMessage: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      // Both ends are built together: the host sends nothing else.
      port.on('message', (message: ToWorkerMessage) => {
        listener(message);
      });
    },
  },
  new InProcessEngine(),
);
