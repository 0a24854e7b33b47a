import { readTokenizerFile } from '../../model/tokenizers/readTokenizerFile';
import { buffersOfTables } from '../../model/tokenizers/tokenizerTables';
import { serializeError } from './serializedError';
import type { FromTokenizerThread, ToTokenizerThread } from './tokenizerMessages';

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
