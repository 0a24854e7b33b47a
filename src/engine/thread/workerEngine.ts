import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type {
  Comparison,
  EmbeddingEngine,
  GraphProgress,
  LoadOptions,
  NeighborAnswer,
  NeighborRequest,
  QueryVector,
  RankAnswer,
  RankRequest,
  TokenMeasure,
  TokenMeasures,
  TokenValues,
  Verification,
} from '../questions/embeddingEngine';
import { EngineUnavailableError } from '../engineErrors';
import type { EngineMethod, FromWorkerMessage, ParametersOf, ProgressOf, ResultOf } from './engineMessages';
import { fromColumnAnswer, fromColumnAnswers } from '../questions/neighborColumns';
import { deserializeError } from './serializedError';
import type { WorkerPort } from '../workerPort';

interface PendingCall {
  resolve(result: ResultOf<EngineMethod>): void;
  reject(reason: Error): void;
  onProgress(progress: ProgressOf<EngineMethod>): void;
}

/** What goes with a call beside its parameters. */
interface CallOptions<Method extends EngineMethod> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ProgressOf<Method>) => void) | undefined;
  /** Memory in the parameters that is handed over. */
  readonly transfer?: readonly ArrayBuffer[];
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
    const { signal, onProgress, ...others } = options;
    signal?.throwIfAborted();
    this.connection ??= this.connect();
    return this.call(this.connection, 'load', { location, ...others }, { signal, onProgress });
  }

  async neighbors(request: NeighborRequest, signal?: AbortSignal): Promise<NeighborAnswer> {
    const sent = withOwnBitmap(request);
    const options = { signal, transfer: bitmapsOf([sent]) };
    return fromColumnAnswer(await this.callLoaded('neighbors', sent, options));
  }

  async neighborsOfMany(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<NeighborAnswer[]> {
    const sent = requests.map(withOwnBitmap);
    const options = { signal, transfer: bitmapsOf(sent) };
    return fromColumnAnswers(await this.callLoaded('neighborsOfMany', sent, options));
  }

  async neighborsWithoutIndex(
    requests: readonly NeighborRequest[],
    signal?: AbortSignal,
  ): Promise<(NeighborAnswer | undefined)[]> {
    const sent = requests.map(withOwnBitmap);
    const options = { signal, transfer: bitmapsOf(sent) };
    return fromColumnAnswers(await this.callLoaded('neighborsWithoutIndex', sent, options));
  }

  async ranks(request: RankRequest, signal?: AbortSignal): Promise<RankAnswer> {
    const sent = withOwnBitmap(request);
    return this.callLoaded('ranks', sent, { signal, transfer: bitmapsOf([sent]) });
  }

  async compare(queries: readonly QueryVector[], signal?: AbortSignal): Promise<Comparison> {
    return this.callLoaded('compare', queries, { signal });
  }

  async measureToken(id: number, signal?: AbortSignal): Promise<TokenMeasures> {
    return this.callLoaded('measureToken', id, { signal });
  }

  async tokenValues(
    measure: TokenMeasure,
    ids: readonly number[],
    signal?: AbortSignal,
  ): Promise<TokenValues> {
    return this.callLoaded('tokenValues', { measure, ids }, { signal });
  }

  async verify(request: NeighborRequest, signal?: AbortSignal): Promise<Verification> {
    const sent = withOwnBitmap(request);
    return this.callLoaded('verify', sent, { signal, transfer: bitmapsOf([sent]) });
  }

  async embeddingsTsv(ids: readonly number[], signal?: AbortSignal): Promise<string> {
    return this.callLoaded('embeddingsTsv', ids, { signal });
  }

  async buildGraph(signal?: AbortSignal, onProgress?: (progress: GraphProgress) => void): Promise<void> {
    await this.callLoaded('buildGraph', undefined, { signal, onProgress });
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

  /** A call to the worker that is running: none is started for it. */
  private callLoaded<Method extends EngineMethod>(
    method: Method,
    parameters: ParametersOf<Method>,
    options: CallOptions<Method>,
  ): Promise<ResultOf<Method>> {
    options.signal?.throwIfAborted();
    if (this.connection === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return this.call(this.connection, method, parameters, options);
  }

  private call<Method extends EngineMethod>(
    { port, pending }: Connection,
    method: Method,
    parameters: ParametersOf<Method>,
    { signal, onProgress, transfer }: CallOptions<Method>,
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
        onProgress: (progress) => {
          // And it tells the progress of that method.
          onProgress?.(progress as ProgressOf<Method>);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        port.postMessage({ kind: 'call', id, method, parameters }, transfer);
      } catch (error) {
        // The parameters cannot be cloned.
        pending.delete(id);
        settle();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }
}

/**
 * The request with a copy of its bitmap, whose memory can be handed over. The caller keeps its own; and where that is a part of a
 * larger buffer, cloning it would copy all of that.
 */
function withOwnBitmap<Request extends NeighborRequest | RankRequest>(request: Request): Request {
  return request.allowed === undefined ? request : { ...request, allowed: new Uint32Array(request.allowed) };
}

function bitmapsOf(requests: readonly (NeighborRequest | RankRequest)[]): ArrayBuffer[] {
  return requests.flatMap(({ allowed }) => (allowed?.buffer instanceof ArrayBuffer ? [allowed.buffer] : []));
}

function receive({ pending }: Connection, message: FromWorkerMessage): void {
  const call = pending.get(message.id);
  if (call === undefined) {
    return;
  }
  if (message.kind === 'progress') {
    call.onProgress(message.progress);
    return;
  }
  pending.delete(message.id);
  if ('ok' in message.outcome) {
    call.resolve(message.outcome.ok);
  } else {
    call.reject(deserializeError(message.outcome.err));
  }
}
