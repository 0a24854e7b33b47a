import type { GraphMemory } from '../../../core/embedding/graph/graphMemory';
import type { CrossingThread } from './crossingThreads';
import { PanelSchedule } from './panelSchedule';

/**
 * Crosses all tiles that are not done, in portions: after each, all threads rest for a moment, and the state can be saved.
 *
 * @param portionMilliseconds How long a portion is at most.
 * @param save Called after each portion but a last one that has ended all work; also after one that was cut short by the signal. Tells
 *   whether there is any need to go on.
 * @returns Whether all tiles are done.
 * @throws The signal's reason when it is aborted: within a pair of tiles and a save.
 * @throws What a thread throws. Nothing is saved then, as a pair of tiles may be half done.
 */
export async function crossAll(
  graph: GraphMemory,
  threads: readonly CrossingThread[],
  portionMilliseconds: number,
  save: () => Promise<boolean>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const schedule = new PanelSchedule(graph);
  while (schedule.hasPending()) {
    signal?.throwIfAborted();
    await crossPortion(graph, threads, schedule, portionMilliseconds, signal);
    if ((schedule.hasPending() || signal?.aborted === true) && !(await save())) {
      return false;
    }
  }
  signal?.throwIfAborted();
  return true;
}

async function crossPortion(
  graph: GraphMemory,
  threads: readonly CrossingThread[],
  schedule: PanelSchedule,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stop = graph.int32(graph.layout.stop, 1);
  Atomics.store(stop, 0, 0);
  const end = (): void => {
    Atomics.store(stop, 0, 1);
    schedule.wake();
  };
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener('abort', end);
  const isStopped = (): boolean => Atomics.load(stop, 0) !== 0;
  try {
    // All of them have to rest before anything is thrown: another one may be writing.
    const results = await Promise.allSettled(
      threads.map(async (thread) => {
        try {
          await crossScheduled(thread, schedule, isStopped);
        } catch (error) {
          end();
          throw error;
        }
      }),
    );
    for (const result of results) {
      if (result.status === 'rejected') {
        throw result.reason;
      }
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

async function crossScheduled(
  thread: CrossingThread,
  schedule: PanelSchedule,
  isStopped: () => boolean,
): Promise<void> {
  while (!isStopped() && schedule.hasPending()) {
    const pair = schedule.take();
    if (pair === undefined) {
      await schedule.released();
    } else {
      const outcome = await thread.cross(...pair);
      schedule.release(pair, outcome === 'done');
    }
  }
}
