import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import { EngineUnavailableError } from '../engineErrors';
import type { Packed } from '../questions/crossing';
import type { EmbeddingEngine } from '../questions/embeddingEngine';
import {
  engineQuestions,
  type AnswerOf,
  type EngineQuestion,
  type ListenerOf,
  type ParametersOf,
} from '../questions/engineQuestions';
import type { LoadOptions } from '../questions/loadOptions';
import type { Question } from '../questions/question';
import type { WorkerPort } from '../workerPort';
import { loadCall, type CallMessage, type FromWorkerMessage, type ToWorkerMessage } from './engineMessages';
import { deserializeError } from './serializedError';

interface PendingCall {
  resolve(answer: unknown): void;
  reject(reason: Error): void;
  onProgress(progress: unknown): void;
}

/** What goes with a call beside its parameters. */
interface CallOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** One running worker and the calls that it has not answered yet. */
interface Connection {
  readonly port: WorkerPort;
  readonly pending: Map<number, PendingCall>;
  lastId: number;
  /** Called when the worker has ended its work, or was lost. */
  onEnded: () => void;
}

/**
 * How long a worker may take to end its work, in milliseconds. What it writes it leaves at once; only one that computes without a pause,
 * or waits for a disk, takes longer, and is ended as it is.
 */
const END_MILLISECONDS = 5_000;

/**
 * An engine in a worker. The worker is started by the first load and ended by {@link release}; should it die, its unanswered
 * calls reject, and the next load starts a new one.
 */
export class WorkerEngine implements EmbeddingEngine {
  private connection: Connection | undefined;

  /** @param endMilliseconds How long a worker may take to end its work. */
  constructor(
    private readonly startWorker: () => WorkerPort,
    private readonly endMilliseconds = END_MILLISECONDS,
  ) {}

  async load(location: ModelLocation, options: LoadOptions = {}): Promise<ModelIdentity> {
    const { signal, onProgress, onConversion, ...others } = options;
    signal?.throwIfAborted();
    this.connection ??= this.connect();
    return call(
      this.connection,
      'load',
      loadCall,
      { location, ...others },
      {
        signal,
        onProgress: (progress) => {
          if ('conversion' in progress) {
            onConversion?.(progress.conversion);
          } else {
            onProgress?.(progress);
          }
        },
      },
    );
  }

  /** Asks the worker that is running: none is started for it. */
  async ask<Q extends EngineQuestion>(
    question: Q,
    parameters: ParametersOf<Q>,
    signal?: AbortSignal,
    onProgress?: ListenerOf<Q>,
  ): Promise<AnswerOf<Q>> {
    signal?.throwIfAborted();
    if (this.connection === undefined) {
      throw new EngineUnavailableError('not-loaded', 'No embeddings are loaded.');
    }
    return call(this.connection, question, engineQuestions[question], parameters, { signal, onProgress });
  }

  async release(): Promise<void> {
    const connection = this.connection;
    if (connection !== undefined) {
      this.close(connection, new EngineUnavailableError('not-loaded', 'The embeddings were released.'));
      await this.workEnded(connection);
      await connection.port.terminate();
    }
  }

  /** Has a worker end its work, so that nothing half written stays behind. */
  private workEnded(connection: Connection): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.endMilliseconds);
      connection.onEnded = () => {
        clearTimeout(timer);
        resolve();
      };
      connection.port.postMessage({ kind: 'end' } satisfies ToWorkerMessage);
    });
  }

  private connect(): Connection {
    const connection: Connection = {
      port: this.startWorker(),
      pending: new Map(),
      lastId: 0,
      onEnded: () => undefined,
    };
    connection.port.onMessage((message) => {
      // Both ends are built together: the worker sends nothing else.
      receive(connection, message as FromWorkerMessage);
    });
    connection.port.onExit((reason) => {
      connection.onEnded();
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
}

/** Packs the parameters at once, sends them, and unpacks the answer. */
async function call<Parameters, Answer, Progress>(
  connection: Connection,
  method: CallMessage['method'],
  { parameters: ofParameters, answer: ofAnswer }: Question<Parameters, Answer, Progress>,
  parameters: Parameters,
  options: CallOptions<Progress>,
): Promise<Answer> {
  return ofAnswer.unpack(await send(connection, method, ofParameters.pack(parameters), options));
}

function send<Progress>(
  connection: Connection,
  method: CallMessage['method'],
  { message: parameters, transfer }: Packed,
  { signal, onProgress }: CallOptions<Progress>,
): Promise<unknown> {
  const { port, pending } = connection;
  const id = ++connection.lastId;
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
      resolve: (answer) => {
        settle();
        resolve(answer);
      },
      reject: (reason: Error) => {
        settle();
        reject(reason);
      },
      onProgress: (progress) => {
        // Both ends are built together: the worker tells the progress of what was called.
        onProgress?.(progress as Progress);
      },
    });
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      port.postMessage({ kind: 'call', id, method, parameters } satisfies CallMessage, transfer);
    } catch (error) {
      // The parameters cannot be cloned.
      pending.delete(id);
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

function receive({ pending, onEnded }: Connection, message: FromWorkerMessage): void {
  if (message.kind === 'ended') {
    onEnded();
    return;
  }
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
