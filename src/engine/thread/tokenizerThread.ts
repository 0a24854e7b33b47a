import { CheckpointError } from '../../core/safetensors/checkpointError';
import {
  readTokenizerFile,
  type ReadTokenizer,
  type TokenizerContents,
} from '../../model/tokenizers/loadTokenizer';
import { buffersOfTables } from '../../model/tokenizers/tokenizerTables';
import type { WorkerPort } from '../workerPort';
import { deserializeError, serializeError, type SerializedError } from './serializedError';

export interface ToTokenizerThread {
  readonly file: string;
}

type FromTokenizerThread = { readonly ok: TokenizerContents } | { readonly err: SerializedError };

/** The thread's side of its port. */
interface TokenizerThreadPort {
  postMessage(message: FromTokenizerThread, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToTokenizerThread) => void): void;
}

/** In the thread: reads the tokenizer.json that it is told, and hands its tables over. */
export function serveTokenizerThread(port: TokenizerThreadPort): void {
  port.onMessage(({ file }) => {
    readTokenizerFile(file).then(
      (contents) => {
        port.postMessage({ ok: contents }, contents === 'gpt2' ? [] : buffersOfTables(contents));
      },
      (error: unknown) => {
        port.postMessage({ err: serializeError(error) });
      },
    );
  });
}

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
