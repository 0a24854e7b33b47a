import type { EmbeddingEngine } from './embeddingEngine';
import type {
  CallMessage,
  EngineMethod,
  FromWorkerMessage,
  ResultOf,
  ToWorkerMessage,
} from './engineMessages';
import { serializeError } from './serializedError';

/** Least time between two progress messages of a load in milliseconds: more could not be seen. */
const PROGRESS_INTERVAL = 20;

/** The worker's side of the port to its host. */
export interface HostPort {
  postMessage(message: FromWorkerMessage): void;
  onMessage(listener: (message: ToWorkerMessage) => void): void;
}

/** Answers every call that arrives with the engine's result or error, until the worker ends. */
export function serveEngine(port: HostPort, engine: EmbeddingEngine): void {
  const running = new Map<number, AbortController>();

  async function serve(call: CallMessage): Promise<void> {
    const abort = new AbortController();
    running.set(call.id, abort);
    const send = (
      outcome: { ok: ResultOf<EngineMethod> } | { err: ReturnType<typeof serializeError> },
    ): void => {
      port.postMessage({ kind: 'answer', id: call.id, outcome });
    };
    try {
      send({ ok: await perform(port, engine, call, abort.signal) });
    } catch (error) {
      send({ err: serializeError(error) });
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

function perform(
  port: HostPort,
  engine: EmbeddingEngine,
  call: CallMessage,
  signal: AbortSignal,
): Promise<ResultOf<EngineMethod>> {
  switch (call.method) {
    case 'load': {
      const { location, tensorName } = call.parameters;
      let lastSent = -Infinity;
      return engine.load(location, {
        tensorName,
        signal,
        onProgress: (progress) => {
          const now = performance.now();
          if (now - lastSent >= PROGRESS_INTERVAL || progress.rowsDone === progress.rowCount) {
            lastSent = now;
            port.postMessage({ kind: 'progress', id: call.id, progress });
          }
        },
      });
    }
    case 'neighbors':
      return engine.neighbors(call.parameters, signal);
  }
}
