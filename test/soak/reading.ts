import fs from 'node:fs';
import path from 'node:path';
import os from 'node:os';
import vm from 'node:vm';
import v8 from 'node:v8';
import type { Measure } from './growth';
import { listenerCount } from './listenerCount';
import { objectCount } from './objectCount';
import type { RunningThreads } from './runningThreads';

const KILOBYTE = 1024;

/**
 * What is read after each round, in the extension host unless it says something else. The slacks are what a round adds or takes where
 * nothing leaks: code that is optimized, caches of VS Code.
 */
export const MEASURES = {
  heap: { name: 'heap', unit: 'KB', slack: 128 },
  buffers: { name: 'buffers', unit: 'KB', slack: 64 },
  engineHeap: { name: 'engine heap', unit: 'KB', slack: 64 },
  listeners: { name: 'listeners', unit: '', slack: 0 },
  signals: { name: 'abort signals', unit: '', slack: 0 },
  timers: { name: 'timers', unit: '', slack: 0 },
  handles: { name: 'handles', unit: '', slack: 0 },
  threads: { name: 'threads', unit: '', slack: 0 },
  openFiles: { name: 'open files', unit: '', slack: 0 },
  temporaryFiles: { name: 'temporary files', unit: '', slack: 0 },
  storedFiles: { name: 'stored files', unit: '', slack: 0 },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof MEASURES;

export type Reading = Readonly<Record<MeasureId, number>>;

/** Tries after which a reading counts though the one before was another. */
const MOST_TRIES = 20;

/** Two heaps count as the same that differ by less, in KB. */
const SAME_HEAP = 32;

/** Where the readings come from. */
export interface ReadingSources {
  readonly threads: RunningThreads;
  /** Listeners that the extension keeps by its own means, which {@link listenerCount} does not see. */
  readonly ownListeners: () => number;
  /** Folder in which the extension keeps files. */
  readonly storage: string;
}

/** A reading at rest: garbage is collected until nothing more is freed, ended or closed. */
export async function readAtRest(sources: ReadingSources): Promise<Reading> {
  let before = readSystem(sources);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const now = readSystem(sources);
    if (isSame(before, now)) {
      break;
    }
    before = now;
  }
  const engineHeap = (await sources.threads.heapBytes()) / KILOBYTE;
  // These two look through the whole heap, which takes a second. They throw away code that was not used lately: first they, then the heap.
  const objects = { listeners: listenerCount() + sources.ownListeners(), signals: objectCount(AbortSignal) };
  return { ...readSystem(sources), ...objects, engineHeap };
}

/** What is read without looking through heaps. */
type SystemReading = Omit<Reading, 'engineHeap' | 'listeners' | 'signals'>;

function isSame(a: SystemReading, b: SystemReading): boolean {
  return (Object.keys(a) as (keyof SystemReading)[]).every((id) =>
    MEASURES[id].unit === 'KB' ? Math.abs(a[id] - b[id]) < SAME_HEAP : a[id] === b[id],
  );
}

function readSystem({ threads, storage }: ReadingSources): SystemReading {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  const timers = resources.filter((kind) => kind === 'Timeout' || kind === 'Immediate').length;
  return {
    heap: heapUsed / KILOBYTE,
    buffers: arrayBuffers / KILOBYTE,
    timers,
    handles: resources.length - timers,
    threads: entriesOf('/proc/self/task') ?? threads.count,
    openFiles: entriesOf('/proc/self/fd') ?? 0,
    temporaryFiles: temporaryFileCount(),
    storedFiles: fileCount(storage),
  };
}

/** The collector of this thread, which V8 hides where it was not asked for at the start. */
const collectGarbage = (() => {
  v8.setFlagsFromString('--expose-gc');
  return vm.runInNewContext('gc') as () => void;
})();

/** @returns undefined where the system has no such folder. */
function entriesOf(folder: string): number | undefined {
  return fs.existsSync(folder) ? fs.readdirSync(folder).length : undefined;
}

/** Files in the folder for temporary ones, which VS Code's server has to itself. It keeps its data there as well. */
function temporaryFileCount(): number {
  return fs
    .readdirSync(os.tmpdir())
    .filter((name) => name !== 'data')
    .reduce((count, name) => count + fileCount(path.join(os.tmpdir(), name)), 0);
}

/** Files in a folder and in those below it, or 1 for a file itself. */
function fileCount(file: string): number {
  try {
    return fs.statSync(file).isDirectory()
      ? fs.readdirSync(file, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory())
          .length
      : 1;
  } catch {
    return 0; // It is gone meanwhile.
  }
}
