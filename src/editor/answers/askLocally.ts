import { shownName } from '../../core/foreignText/shownText';
import type { DownloadOffer, EmbeddingState } from '../../engine/session/embeddingState';
import { ModelUndecidedError } from '../../engine/session/embeddingState';
import { AnswerError } from './answerError';

/** What is needed to ask the embeddings without ever beginning a download. */
export interface LocalEmbeddings {
  readonly state: EmbeddingState;
  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void };
}

/**
 * Asks a question that may load a model from this machine but never downloads one, whatever the user has agreed to before: who asks
 * is no user.
 *
 * @param missingModel What would have to be downloaded; undefined where the model is at hand.
 * @throws {AnswerError}, and the signal's reason when it is aborted.
 */
export async function askLocally<Answer>(
  embeddings: LocalEmbeddings,
  missingModel: () => Promise<DownloadOffer | undefined>,
  question: (signal: AbortSignal) => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  signal?.throwIfAborted();
  // A download can begin though the model was at hand: its files were deleted meanwhile. Where nobody else waits, this ends it.
  const download = new AbortController();
  const refuse = (state: EmbeddingState): void => {
    if (state.state === 'downloading') {
      download.abort(downloadingError(state.download.name));
    }
  };
  refuse(embeddings.state);
  const listener = embeddings.onDidChangeState(refuse);
  try {
    download.signal.throwIfAborted();
    if (embeddings.state.state !== 'ready') {
      const missing = await missingModel();
      if (missing) {
        throw missingError(missing);
      }
    }
    return await question(signal ? AbortSignal.any([signal, download.signal]) : download.signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw answerErrorOf(error);
  } finally {
    listener.dispose();
  }
}

function answerErrorOf(error: unknown): Error {
  if (error instanceof AnswerError) {
    return error;
  }
  if (error instanceof ModelUndecidedError) {
    return missingError(error.offer);
  }
  const message = error instanceof Error ? error.message : String(error);
  // The engine's word for a query that it cannot answer, such as a row that holds NaN.
  return new AnswerError(error instanceof RangeError ? 'invalid-query' : 'failed', message);
}

function missingError({ name, repository }: DownloadOffer): AnswerError {
  const model = name === repository ? shownName(name) : `${shownName(name)} (${shownName(repository)})`;
  return new AnswerError(
    'no-model',
    `${model} is not on this machine, and nothing is downloaded without the user's word. ` +
      'The user can run the command “Tokenscope: Choose Model…” to download it, to choose a file, or to use sample vectors.',
  );
}

function downloadingError(name: string): AnswerError {
  return new AnswerError(
    'downloading',
    `${shownName(name)} is being downloaded. Ask again when that is done.`,
  );
}
