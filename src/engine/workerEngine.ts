import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import type {
  EmbeddingEngine,
  LoadOptions,
  LoadProgress,
  NeighborAnswer,
  NeighborRequest,
} from './embeddingEngine';
import { EngineUnavailableError } from './engineErrors';
import type { EngineMethod, FromWorkerMessage, ParametersOf, ResultOf } from './engineMessages';
import { deserializeError } from './serializedError';
import type { WorkerPort } from './workerPort';

interface PendingCall {
  resolve(result: ResultOf<EngineMethod>): void;
  reject(reason: Error): void;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

/** One running worker and the calls that it has not answered yet. */
interface Connection {
  readonly port: WorkerPort;
  readonly pending: Map<number, PendingCall>;
}

/**
 * An engine in a worker. The worker is started by the first load and ended by {@link release}; should it die, its unanswered
 * calls reject, and the next load starts a new one.
 */
export class WorkerEngine implements EmbeddingEngine {
  private connection: Connection | undefined;
  private lastId = 0;

  constructor(private readonly startWorker: () => WorkerPort) {}

  async load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    options.signal?.throwIfAborted();
    this.connection ??= this.connect();
    const parameters = { location, tensorName: options.tensorName };
    return this.call(this.connection, 'load', parameters, options.signal, options.onProgress);
  }

  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    signal?.throwIfAborted();
    if (this.connection === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return this.call(this.connection, 'neighbors', request, signal);
  }

  async release(): Promise<void> {
    const connection = this.connection;
    if (connection !== undefined) {
      this.close(connection, new EngineUnavailableError('not-loaded', 'The embeddings were released.'));
      await connection.port.terminate();
    }
  }

  private connect(): Connection {
    const connection: Connection = { port: this.startWorker(), pending: new Map() };
    connection.port.onMessage((message) => {
      // Both ends are built together: the worker sends nothing else.
      receive(connection, message as FromWorkerMessage);
    });
    connection.port.onExit((reason) => {
      this.close(
        connection,
        new EngineUnavailableError('stopped', `The embedding worker stopped unexpectedly: ${reason}.`),
      );
    });
    return connection;
  }

  /** Forgets a worker and rejects what it did not answer. */
  private close(connection: Connection, reason: EngineUnavailableError): void {
    if (this.connection === connection) {
      this.connection = undefined;
    }
    const unanswered = [...connection.pending.values()];
    connection.pending.clear();
    for (const call of unanswered) {
      call.reject(reason);
    }
  }

  private call<Method extends EngineMethod>(
    { port, pending }: Connection,
    method: Method,
    parameters: ParametersOf<Method>,
    signal: AbortSignal | undefined,
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<ResultOf<Method>> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        // Rejected at once; the worker's late answer then meets no call.
        if (pending.delete(id)) {
          port.postMessage({ kind: 'cancel', id });
          reject(signal?.reason as Error);
        }
      };
      const settle = (): void => {
        signal?.removeEventListener('abort', onAbort);
      };
      pending.set(id, {
        resolve: (result) => {
          settle();
          // The worker answers with the result of the method that was called.
          resolve(result as ResultOf<Method>);
        },
        reject: (reason: Error) => {
          settle();
          reject(reason);
        },
        onProgress,
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        port.postMessage({ kind: 'call', id, method, parameters });
      } catch (error) {
        // The parameters cannot be cloned.
        pending.delete(id);
        settle();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}

function receive({ pending }: Connection, message: FromWorkerMessage): void {
  const call = pending.get(message.id);
  if (call === undefined) {
    return;
  }
  if (message.kind === 'progress') {
    call.onProgress?.(message.progress);
    return;
  }
  pending.delete(message.id);
  if ('ok' in message.outcome) {
    call.resolve(message.outcome.ok);
  } else {
    call.reject(deserializeError(message.outcome.err));
  }
}
