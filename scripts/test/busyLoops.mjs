// Takes processors away from everybody else.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/**
 * Starts a loop without an end for each processor, at the priority of this process. The loops are threads of it, not processes: however
 * it ends, also by a crash or by SIGKILL, they end with it.
 *
 * @param {number} [count]
 * @returns {Promise<() => Promise<void>>} what ends them sooner; resolved when all of them run.
 */
export async function startBusyLoops(count = availableParallelism()) {
  const loops = Array.from({ length: count }, () => new Worker('for (;;);', { eval: true }));
  await Promise.all(loops.map((loop) => new Promise((resolve) => loop.once('online', resolve))));
  return async () => {
    await Promise.all(loops.map((loop) => loop.terminate()));
  };
}
