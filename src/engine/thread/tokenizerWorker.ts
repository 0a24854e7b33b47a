// Entry of the bundle of a thread that reads a tokenizer.json. Apart from the engine's: that starts without the tables of GPT-2's tokenizer.
import { parentPort } from 'node:worker_threads';
import { serveTokenizerThread } from './serveTokenizerThread';
import type { ToTokenizerThread } from './tokenizerMessages';

const port = parentPort;
if (port === null) {
  throw new Error('This file is started as a worker thread.');
}
serveTokenizerThread({
  postMessage: (message, transfer) => {
    port.postMessage(message, transfer);
  },
  onMessage: (listener) => {
    port.once('message', (message: ToTokenizerThread) => {
      listener(message);
    });
  },
});
