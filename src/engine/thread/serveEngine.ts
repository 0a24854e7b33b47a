import type { Comparison, EmbeddingEngine } from '../questions/embeddingEngine';
import type {
  CallMessage,
  EngineMethod,
  FromWorkerMessage,
  ProgressOf,
  ResultOf,
  ToWorkerMessage,
} from './engineMessages';
import { buffersOf, toColumnAnswer } from '../questions/neighborColumns';
import { serializeError } from './serializedError';

/** Least time between two progress messages of a call in milliseconds: more could not be seen. */
const PROGRESS_INTERVAL = 20;

/** The worker's side of the port to its host. */
export interface HostPort {
  /** @param transfer Memory in the message that is handed over, not copied. */
  postMessage(message: FromWorkerMessage, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorkerMessage) => void): void;
}

/** A result, and the memory in it that is handed over. */
interface Served {
  readonly ok: ResultOf<EngineMethod>;
  readonly transfer?: readonly ArrayBuffer[];
}

type ReportProgress = (progress: ProgressOf<EngineMethod>, isLast: boolean) => void;

/** Answers every call that arrives with the engine's result or error, until the worker ends. Calls are served side by side. */
export function serveEngine(port: HostPort, engine: EmbeddingEngine): void {
  const running = new Map<number, AbortController>();

  async function serve(call: CallMessage): Promise<void> {
    const abort = new AbortController();
    running.set(call.id, abort);
    try {
      const { ok, transfer } = await perform(engine, call, abort.signal, progressReport(port, call.id));
      port.postMessage({ kind: 'answer', id: call.id, outcome: { ok } }, transfer);
    } catch (error) {
      port.postMessage({ kind: 'answer', id: call.id, outcome: { err: serializeError(error) } });
    } finally {
      running.delete(call.id);
    }
  }

  port.onMessage((message) => {
    if (message.kind === 'cancel') {
      running.get(message.id)?.abort(new DOMException('Canceled.', 'AbortError'));
    } else {
      void serve(message);
    }
  });
}

async function perform(
  engine: EmbeddingEngine,
  call: CallMessage,
  signal: AbortSignal,
  report: ReportProgress,
): Promise<Served> {
  switch (call.method) {
    case 'load': {
      const { location, ...options } = call.parameters;
      const ok = await engine.load(location, {
        ...options,
        signal,
        onProgress: (progress) => {
          report(progress, progress.rowsDone === progress.rowCount);
        },
      });
      return { ok };
    }
    case 'neighbors': {
      const ok = toColumnAnswer(await engine.neighbors(call.parameters, signal));
      return { ok, transfer: buffersOf(ok) };
    }
    case 'neighborsOfMany': {
      const ok = (await engine.neighborsOfMany(call.parameters, signal)).map(toColumnAnswer);
      return { ok, transfer: ok.flatMap(buffersOf) };
    }
    case 'neighborsWithoutIndex': {
      const answers = await engine.neighborsWithoutIndex(call.parameters, signal);
      const ok = answers.map((answer) => answer && toColumnAnswer(answer));
      return { ok, transfer: ok.flatMap((answer) => (answer ? buffersOf(answer) : [])) };
    }
    case 'ranks': {
      const ok = await engine.ranks(call.parameters, signal);
      return { ok, transfer: ownedBuffers([ok.scores, ok.ranks]) };
    }
    case 'compare': {
      const ok = await engine.compare(call.parameters, signal);
      return { ok, transfer: ownedBuffers(arraysOf(ok)) };
    }
    case 'measureToken':
      // Two small histograms that the engine keeps: copied.
      return { ok: await engine.measureToken(call.parameters, signal) };
    case 'tokenValues': {
      const { measure, ids } = call.parameters;
      const ok = await engine.tokenValues(measure, ids, signal);
      return { ok, transfer: ownedBuffers([ok.values, ok.percentiles]) };
    }
    case 'verify':
      return { ok: await engine.verify(call.parameters, signal) };
    case 'embeddingsTsv':
      return { ok: await engine.embeddingsTsv(call.parameters, signal) };
    case 'buildGraph':
      await engine.buildGraph(signal, (progress) => {
        report(progress, progress.fraction === 1);
      });
      return { ok: undefined };
  }
}

function arraysOf({ vectors, norms, normPercentiles, pearson, scores }: Comparison): ArrayBufferView[] {
  return [vectors, norms, normPercentiles, pearson, ...Object.values(scores)];
}

/** The memory of arrays, which were made for this answer. */
function ownedBuffers(arrays: readonly ArrayBufferView[]): ArrayBuffer[] {
  return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

/** Sends the progress of one call, the last always, the others where they are far enough apart. */
function progressReport(port: HostPort, id: number): ReportProgress {
  let lastSent = -Infinity;
  return (progress, isLast) => {
    const now = performance.now();
    if (isLast || now - lastSent >= PROGRESS_INTERVAL) {
      lastSent = now;
      port.postMessage({ kind: 'progress', id, progress });
    }
  };
}
