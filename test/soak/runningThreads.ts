import type { Worker } from 'node:worker_threads';

/** Newer than the lowest Node that the project is checked against; the test host's has it. */
interface MeasuredWorker extends Worker {
  getHeapStatistics(): Promise<{ readonly used_heap_size: number }>;
}

/** The threads that this one has started and that have not ended. Those which they start themselves are not among them. */
export class RunningThreads {
  private readonly running = new Set<Worker>();

  constructor() {
    process.on('worker', (worker: Worker) => {
      this.running.add(worker);
      worker.once('exit', () => this.running.delete(worker));
    });
  }

  get count(): number {
    return this.running.size;
  }

  /** Heap in use in all of them after a collection of garbage, in bytes. */
  async heapBytes(): Promise<number> {
    const sizes = await Promise.all([...this.running].map((worker) => heapBytesOf(worker as MeasuredWorker)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }
}

/** 0 for a thread that ends meanwhile. */
async function heapBytesOf(worker: MeasuredWorker): Promise<number> {
  try {
    // Nobody else can have garbage collected in another thread; a snapshot does that first.
    const snapshot = await worker.getHeapSnapshot();
    snapshot.resume();
    await new Promise((resolve) => snapshot.once('end', resolve));
    return (await worker.getHeapStatistics()).used_heap_size;
  } catch {
    return 0;
  }
}
