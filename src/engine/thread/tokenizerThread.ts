import { CheckpointError } from '../../core/safetensors/checkpointError';
import type { ReadTokenizer, TokenizerContents } from '../../model/tokenizers/tokenizerContents';
import type { WorkerPort } from '../workerPort';
import { deserializeError } from './serializedError';
import type { FromTokenizerThread, ToTokenizerThread } from './tokenizerMessages';

/**
 * Reads tokenizer.json files in a thread of its own, which can be ended whatever it is doing, and runs out of memory alone: parsing a
 * foreign file of 64 MB takes seconds and a gigabyte, in which nobody could type.
 *
 * @param startThread Starts one, with a limit to its memory.
 */
export function readTokenizersInThread(startThread: () => WorkerPort): ReadTokenizer {
  return async (file, signal) => {
    signal?.throwIfAborted();
    const port = startThread();
    let onAbort = (): void => undefined;
    try {
      return await new Promise<TokenizerContents>((resolve, reject) => {
        onAbort = () => {
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        port.onMessage((message) => {
          // Both ends are built together: the thread sends nothing else.
          const answer = message as FromTokenizerThread;
          if ('ok' in answer) {
            resolve(answer.ok);
          } else {
            reject(deserializeError(answer.err));
          }
        });
        port.onExit((reason) => {
          // Behind an answer this changes nothing.
          reject(
            new CheckpointError('too-large', file, `reading the tokenizer ended before its time: ${reason}.`),
          );
        });
        port.postMessage({ file } satisfies ToTokenizerThread);
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
      await port.terminate();
    }
  };
}
