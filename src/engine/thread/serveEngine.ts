import type { Packed } from '../questions/crossing';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import {
  engineQuestions,
  type EngineQuestion,
  type ListenerOf,
  type ProgressOf,
} from '../questions/engineQuestions';
import { loadCall, type CallMessage, type FromWorkerMessage, type ToWorkerMessage } from './engineMessages';
import { serializeError } from './serializedError';

/** Least time between two progress messages of a call in milliseconds: more could not be seen. */
const PROGRESS_INTERVAL = 20;

/** The worker's side of the port to its host. */
export interface HostPort {
  /** @param transfer Memory in the message that is handed over, not copied. */
  postMessage(message: FromWorkerMessage, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: ToWorkerMessage) => void): void;
}

type ReportProgress = (progress: unknown, isLast: boolean) => void;

/** Answers every call that arrives with the engine's result or error, until the worker ends. Calls are served side by side. */
export function serveEngine(port: HostPort, engine: EmbeddingEngine): void {
  const running = new Map<number, AbortController>();

  async function serve(call: CallMessage): Promise<void> {
    const abort = new AbortController();
    running.set(call.id, abort);
    try {
      const { message, transfer } = await perform(engine, call, abort.signal, progressReport(port, call.id));
      port.postMessage({ kind: 'answer', id: call.id, outcome: { ok: message } }, transfer);
    } catch (error) {
      port.postMessage({ kind: 'answer', id: call.id, outcome: { err: serializeError(error) } });
    } finally {
      running.delete(call.id);
    }
  }

  async function end(): Promise<void> {
    try {
      await engine.release();
    } finally {
      port.postMessage({ kind: 'ended' });
    }
  }

  port.onMessage((message) => {
    switch (message.kind) {
      case 'call':
        void serve(message);
        break;
      case 'cancel':
        running.get(message.id)?.abort(new DOMException('Canceled.', 'AbortError'));
        break;
      case 'end':
        void end();
        break;
    }
  });
}

async function perform(
  engine: EmbeddingEngine,
  { method, parameters }: CallMessage,
  signal: AbortSignal,
  report: ReportProgress,
): Promise<Packed> {
  if (method !== 'load') {
    return ask(engine, method, parameters, signal, report);
  }
  const { location, ...options } = await loadCall.parameters.unpack(parameters);
  const identity = await engine.load(location, {
    ...options,
    signal,
    onProgress: (progress) => {
      report(progress, loadCall.isLast(progress));
    },
    onConversion: (conversion) => {
      report({ conversion }, loadCall.isLast({ conversion }));
    },
  });
  return loadCall.answer.pack(identity);
}

// The name of the question is the same all through, which the compiler sees by the parameter.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
async function ask<Q extends EngineQuestion>(
  engine: EmbeddingEngine,
  question: Q,
  message: unknown,
  signal: AbortSignal,
  report: ReportProgress,
): Promise<Packed> {
  const { parameters, answer, isLast } = engineQuestions[question];
  const onProgress = (progress: ProgressOf<Q>): void => {
    report(progress, isLast(progress));
  };
  const asked = await parameters.unpack(message);
  // A question that tells no progress takes no listener, and never calls this one.
  return answer.pack(await engine.ask(question, asked, signal, onProgress as ListenerOf<Q>));
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
