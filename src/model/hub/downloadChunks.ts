import { ChunkWriter } from './chunkWriter';
import type { Chunk } from './downloadPlan';
import { HubError } from './hubError';
import type { HubFiles } from './hubFiles';
import type { PartialFile } from './partialFile';

/** Requests at once: enough to fill a fast line whose servers limit each connection, few enough to be polite. */
export const PARALLEL_REQUESTS = 4;

/** A chunk's attempts start anew after this share of it has arrived: even a line that drops all the time gets there, and no server keeps us for ever. */
const PROGRESS_SHARE = 8;

/** A chunk is fetched from its start again at most so often; a server that spoils it more often does not mean well. */
const MAX_RESTARTS = 3;

/**
 * Fetches all chunks that are not there yet, several at once, each written as it arrives.
 *
 * @param makeFiles Gives access to the hub's files with a signal of this function's own.
 * @param onBytes Bytes that arrived; negative when they were not to be trusted.
 * @throws {HubError} The first chunk's that failed; the others are stopped and waited for.
 */
export async function downloadChunks(
  makeFiles: (signal: AbortSignal) => HubFiles,
  signal: AbortSignal,
  file: PartialFile,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const stop = new AbortController();
  const files = makeFiles(AbortSignal.any([signal, stop.signal]));
  const pending = file.plan.chunks.filter(({ index }) => !file.finished.has(index));
  const next = pending.values();
  let failure: unknown;
  const work = async (): Promise<void> => {
    for (const chunk of next) {
      if (stop.signal.aborted) {
        return;
      }
      await downloadChunk(files, file, chunk, onBytes);
    }
  };
  const workers = Array.from({ length: PARALLEL_REQUESTS }, () =>
    work().catch((error: unknown) => {
      if (!stop.signal.aborted) {
        failure = error;
        stop.abort(error);
      }
    }),
  );
  await Promise.all(workers);
  signal.throwIfAborted();
  if (failure !== undefined) {
    throw failure as Error;
  }
}

async function downloadChunk(
  files: HubFiles,
  file: PartialFile,
  chunk: Chunk,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const { located } = file.plan;
  const hubFile = { repository: located.repository, revision: located.commit, file: located.file };
  const writer = new ChunkWriter(file, chunk);
  let restarts = 0;
  const step = Math.ceil((chunk.end - chunk.begin) / PROGRESS_SHARE);
  const attempt = async (): Promise<void> => {
    const { position } = writer;
    const range = {
      first: located.tensor.byteOffset + position,
      last: located.tensor.byteOffset + chunk.end - 1,
    };
    const expected = chunk.end - position;
    try {
      if (expected > 0) {
        const response = await files.openRange(hubFile, range, located);
        await files.receive(response, expected, expected, (piece) => {
          const taken = writer.add(piece);
          onBytes(piece.length);
          return taken;
        });
      }
      await writer.finish();
    } catch (error) {
      await writer.flush();
      if (HubError.is(error, 'bad-response') && error.isTransient) {
        onBytes(chunk.begin - writer.position);
        await writer.restart();
        restarts++;
        if (restarts > MAX_RESTARTS) {
          throw new HubError('bad-response', error.message, { cause: error });
        }
      }
      throw error;
    }
  };
  await files.repeat(attempt, () => Math.floor((writer.position - chunk.begin) / step));
}
