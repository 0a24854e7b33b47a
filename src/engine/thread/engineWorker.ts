// Entry of the worker's bundle: serves one engine to the thread that started it, or takes part in the work of such an engine.
import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorkerMessage } from './engineMessages';
import { serveGraphThread, type ToGraphThread } from '../loaded/graph/graphThread';
import { InProcessEngine } from '../loaded/inProcessEngine';
import { startNodeWorker, type EngineThreadRole } from './nodeWorker';
import { runScanThread, type ScanThreadStart } from '../loaded/scan/scanThread';
import { serveEngine } from './serveEngine';

const port = parentPort;
if (port === null) {
  throw new Error('This file is started as a worker thread.');
}
// Both ends are built together: the host sends nothing else than what each role takes.
switch ((workerData ?? 'engine') as EngineThreadRole) {
  case 'engine':
    serveEngine(
      {
        postMessage: (message, transfer) => {
          port.postMessage(message, transfer);
        },
        onMessage: (listener) => {
          port.on('message', (message: ToWorkerMessage) => {
            listener(message);
          });
        },
      },
      new InProcessEngine({ startThread: (role) => startNodeWorker(__filename, role) }),
    );
    break;
  case 'scan':
    port.once('message', (start: ScanThreadStart) => {
      runScanThread(start);
    });
    break;
  case 'graph':
    serveGraphThread({
      postMessage: (message) => {
        port.postMessage(message);
      },
      onMessage: (listener) => {
        port.on('message', (message: ToGraphThread) => {
          listener(message);
        });
      },
    });
    break;
}
