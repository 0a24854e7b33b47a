import { GraphMemory, LIST_BYTES } from '../../../core/embedding/graph/graphMemory';
import { graphShape, type GraphShape, type TileSizes } from '../../../core/embedding/graph/graphShape';
import { restoreState, takeState } from '../../../core/embedding/graph/graphState';
import { scoreLists } from '../../../core/embedding/graph/scoreLists';
import { narrowRows } from '../../../core/embedding/graph/narrowRows';
import { encodeUnitRows } from '../../../core/embedding/graph/unitCodes';
import { nextTask } from '../../nextTask';
import { CheckpointError } from '../../../core/safetensors/checkpointError';
import type { EmbeddingSource } from '../../../model/embeddingSource';
import { removeFile } from '../../../model/patientFiles';
import { cacheFiles, type CacheFiles } from '../cache/cacheFolder';
import type { SourceIdentity } from '../cache/sourceIdentity';
import type { GraphProgress } from '../../questions/graphProgress';
import type { WorkerPort } from '../../workerPort';
import { crossAll } from './crossAll';
import { OtherThread, OwnThread, Turns, type CrossingThread } from './crossingThreads';
import { openGraph, readPart, writeGraph, writePart } from './graphFiles';
import { GraphProgressReport } from './graphProgress';
import { waitForTurn, type TurnTuning } from './graphTurn';

export interface BuildGraphOptions {
  readonly source: Pick<EmbeddingSource, 'identity' | 'readRows' | 'copyRows' | 'isUnchanged'>;
  /** Where the graph is kept, and what there is of it meanwhile. */
  readonly cacheFolder: string;
  /** Of the source: taken before it was opened. */
  readonly identity: SourceIdentity;
  /** How many threads compute, this one not counted: {@link graphThreads}. With fewer than two this one computes, in slices. */
  readonly threads?: number | undefined;
  /** Starts a thread that runs {@link serveGraphThread}. Without it, there is only this one. */
  readonly startThread?: (() => WorkerPort) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: GraphProgress) => void) | undefined;
  /** For tests. */
  readonly tuning?: Partial<GraphTuning> & TileSizes;
  /** For tests. */
  readonly turnTuning?: Partial<TurnTuning>;
}

export interface GraphTuning {
  /** Work between two looks at what else there is to do. */
  readonly sliceMilliseconds: number;
  readonly progressMilliseconds: number;
  /** Work that is lost at most when the process is killed. */
  readonly saveMilliseconds: number;
}

const TUNING: GraphTuning = {
  // A question waits for it at most so long, and for the pair of tiles that is begun.
  sliceMilliseconds: 8,
  progressMilliseconds: 100,
  saveMilliseconds: 10_000,
};

/** So many threads pay: beyond, they wait for the same memory. */
const MAX_THREADS = 4;

/** How many threads a machine with so many cores computes a graph with: one is left for the editor. */
export function graphThreads(cores: number): number {
  return cores <= 2 ? 1 : Math.min(MAX_THREADS, cores - 1);
}

/**
 * Computes the neighbor graph of a whole matrix: for each row what a cosine search for it answers with k = 32. Goes on where an
 * earlier build of the same source has ended. Resolves at once where the graph is there already. While another window computes the
 * same graph, this waits for it and tells its progress; where that one ends early or is lost, this goes on.
 *
 * @throws {RangeError} with figures, for a matrix that would take too long or too much memory.
 * @throws {CheckpointError} when rows cannot be read any more, or the file has changed.
 * @throws {Error} when the graph cannot be written, or a thread has ended.
 * @throws The signal's reason when it is aborted: what is done is kept.
 */
export async function buildNeighborGraph(options: BuildGraphOptions): Promise<void> {
  const { source, identity, cacheFolder, signal, onProgress } = options;
  const files = cacheFiles(cacheFolder, identity);
  if (await hasGraph(files.graph, identity, signal)) {
    return;
  }
  const { rowCount, dimension } = source.identity;
  const shape = graphShape(rowCount, dimension, options.tuning);
  const turn = await waitForTurn(files.graph, {
    isDone: () => hasGraph(files.graph, identity, signal),
    onProgress,
    signal,
    tuning: options.turnTuning,
  });
  if (turn === undefined) {
    onProgress?.({ fraction: 1, secondsLeft: 0 });
    return;
  }
  try {
    const noting = (progress: GraphProgress): void => {
      turn.note(progress);
      onProgress?.(progress);
    };
    await computeGraph({ ...options, onProgress: noting }, shape, files);
  } finally {
    await turn.end();
  }
}

async function computeGraph(options: BuildGraphOptions, shape: GraphShape, files: CacheFiles): Promise<void> {
  const { source, identity, signal } = options;
  const threadCount = options.startThread === undefined ? 1 : Math.max(1, options.threads ?? 1);
  const graph = GraphMemory.create(shape, threadCount > 1 ? threadCount : 0);
  if (!(await computeLists(options, graph, files, threadCount))) {
    await removePart(files.graphPart);
    return;
  }
  if (!source.isUnchanged()) {
    throw new CheckpointError('unreadable', source.identity.path, 'the file was changed while it was read.');
  }
  const lists = graph.bytes(graph.layout.lists, shape.rowCount * LIST_BYTES);
  const outcome = await writeGraph(files.graph, identity, lists, signal);
  if (outcome.kind === 'not-written') {
    throw new Error(outcome.reason);
  }
  await removePart(files.graphPart);
}

async function hasGraph(file: string, identity: SourceIdentity, signal?: AbortSignal): Promise<boolean> {
  const present = await openGraph(file, identity, signal);
  await present?.close();
  return present !== undefined;
}

/** What it takes to go on is of no use any more, whatever it is. */
async function removePart(file: string): Promise<void> {
  await removeFile(file).catch(() => undefined);
}

/** @returns False where another window has completed the graph meanwhile. */
async function computeLists(
  options: BuildGraphOptions,
  graph: GraphMemory,
  files: CacheFiles,
  threadCount: number,
): Promise<boolean> {
  const { source, identity, signal } = options;
  const tuning = { ...TUNING, ...options.tuning };
  const { shape } = graph;
  const bound = await encodeUnitRows(graph, source, signal);
  await narrowRows(graph, async () => {
    await nextTask();
    signal?.throwIfAborted();
  });
  for (const area of graph.layout.threads) {
    graph.writeTileRequest(area, 2 * bound);
  }
  const part = await readPart(files.graphPart, identity, shape, bound, signal);
  if (part !== undefined) {
    restoreState(graph, part);
  }
  const progress = new GraphProgressReport(graph, tuning.progressMilliseconds, options.onProgress);
  const turns = new Turns(tuning.sliceMilliseconds, () => {
    progress.crossing();
  });
  const save = async (): Promise<boolean> => {
    if (await hasGraph(files.graph, identity)) {
      return false;
    }
    const state = await takeState(graph, () => turns.next());
    // Where it cannot be written, an interruption costs what is done: no reason to stop.
    await writePart(files.graphPart, identity, shape, bound, state);
    return true;
  };
  const threads: CrossingThread[] = [];
  // With other threads there are no turns here.
  const ticking = setInterval(() => {
    progress.crossing();
  }, tuning.progressMilliseconds);
  let isNeeded: boolean;
  try {
    startThreads(options, graph, threadCount, turns, threads);
    isNeeded = await crossAll(graph, threads, tuning.saveMilliseconds, save, signal);
  } finally {
    clearInterval(ticking);
    await Promise.all(threads.map((thread) => thread.end()));
  }
  if (!isNeeded || !(await save())) {
    progress.finished();
    return false;
  }
  await scoreLists(graph, source, signal, async (share) => {
    await turns.next();
    signal?.throwIfAborted();
    progress.scoring(share);
  });
  progress.finished();
  return true;
}

/** @param threads Receives them, one after the other: those that were started are ended when another one cannot be. */
function startThreads(
  { startThread, source }: BuildGraphOptions,
  graph: GraphMemory,
  threadCount: number,
  turns: Turns,
  threads: CrossingThread[],
): void {
  const { rowCount, dimension } = graph.shape;
  const rows = {
    rowCount,
    dimension,
    copyRows: (ids: Uint32Array, target: Float32Array) => {
      source.copyRows(ids, target);
    },
  };
  if (startThread === undefined || threadCount < 2) {
    threads.push(new OwnThread(graph, rows, turns));
    return;
  }
  // The first area is this thread's own.
  for (let area = 1; area <= threadCount; area++) {
    threads.push(new OtherThread(startThread(), graph, rows, area));
  }
}
