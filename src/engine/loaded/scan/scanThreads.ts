import type { IndexMemory } from '../../../core/embedding/index/indexMemory';
import { scanJob, type ScanJob, type ScanTeam } from '../../../core/embedding/index/scanTeam';
import { EngineUnavailableError } from '../../engineErrors';
import type { WorkerPort } from '../../workerPort';
import { CONTROL_WORDS, MAX_REQUESTS, ScanControl, STATE } from './scanControl';
import type { ScanThreadStart } from './scanThread';

/**
 * Codes from which on threads scan an index together, in bytes. A processor core keeps fewer in its cache, and then two cores read faster
 * than one; below, waking a thread costs as much as it saves.
 */
export const SHARED_SCAN_BYTES = 64_000_000;

/** A thread that has not done its part after so long is lost: the largest index takes a tenth of a second. */
const LOST_MILLISECONDS = 30_000;

/** So many threads read memory as fast as it goes. */
const MAX_THREADS = 4;

/** How many threads scan an index together on a machine with so many cores, this one counted. */
export function scanThreadCount(cores: number, codeBytes: number, scanAreas: number): number {
  return codeBytes < SHARED_SCAN_BYTES ? 1 : Math.max(1, Math.min(MAX_THREADS, cores, scanAreas));
}

/** Threads of their own that wait, without using the processor, until there is something to scan. */
export class ScanThreads implements ScanTeam {
  private readonly threads: { readonly control: ScanControl; readonly port: WorkerPort }[] = [];

  /**
   * @param count How many, the caller's own counted.
   * @param startThread Starts a thread that runs {@link runScanThread} with the `scan` data that is sent to it first.
   */
  constructor(
    private readonly memory: IndexMemory,
    count: number,
    startThread: () => WorkerPort,
  ) {
    for (let thread = 1; thread < count; thread++) {
      const control = memory.layout.team + thread * CONTROL_WORDS * Int32Array.BYTES_PER_ELEMENT;
      const port = startThread();
      const entry = { control: new ScanControl(memory.memory, control), port };
      port.onMessage(() => undefined);
      port.onExit(() => {
        // It may never have begun: the others do its part from now on.
        this.threads.splice(this.threads.indexOf(entry), 1);
      });
      this.threads.push(entry);
      const start: ScanThreadStart = { memory: memory.memory, kernelKind: memory.kernelKind, control };
      port.postMessage(start);
    }
  }

  get size(): number {
    return 1 + this.ready().length;
  }

  scan(jobs: readonly ScanJob[]): void {
    const { kernel, paddedDimension } = this.memory;
    const ready = this.ready();
    const [own, ...others] = jobs;
    if (others.length > ready.length || jobs.some(({ requests }) => requests.length > MAX_REQUESTS)) {
      throw new RangeError('More is to be scanned than threads can take.');
    }
    const busy = others.map((job, index) => {
      const control = ready[index];
      control?.writeJob(job, paddedDimension);
      control?.setState(STATE.working);
      return control;
    });
    if (own !== undefined) {
      scanJob(kernel, paddedDimension, own);
    }
    for (const control of busy) {
      if (control?.waitWhile(STATE.working, LOST_MILLISECONDS) === false || control?.state === STATE.failed) {
        throw new EngineUnavailableError('stopped', 'A thread that scanned the index was lost.');
      }
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.threads.splice(0).map(({ port }) => port.terminate()));
  }

  private ready(): ScanControl[] {
    return this.threads.map(({ control }) => control).filter(({ state }) => state === STATE.idle);
  }
}
