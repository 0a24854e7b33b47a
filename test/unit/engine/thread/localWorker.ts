import type { EmbeddingEngine } from '../../../../src/engine/questions/embeddingEngine';
import type { EngineQuestion, ParametersOf } from '../../../../src/engine/questions/engineQuestions';
import type { FromWorkerMessage, ToWorkerMessage } from '../../../../src/engine/thread/engineMessages';
import { serveEngine } from '../../../../src/engine/thread/serveEngine';
import type { WorkerPort } from '../../../../src/engine/workerPort';

/** A worker in this thread: messages are cloned or handed over, and arrive as later tasks, as a thread's do. */
export class LocalWorker implements WorkerPort {
  ended = false;
  readonly received: ToWorkerMessage[] = [];
  /** What it sent, as it is afterwards: memory that was handed over is gone. */
  readonly sent: FromWorkerMessage[] = [];
  private toHost: (message: unknown) => void = () => undefined;
  private toWorker: (message: ToWorkerMessage) => void = () => undefined;
  private exit: (reason: string) => void = () => undefined;

  constructor(engine: EmbeddingEngine) {
    serveEngine(
      {
        postMessage: (message: FromWorkerMessage, transfer) => {
          this.sent.push(message);
          this.deliver(message, transfer, (copy) => {
            this.toHost(copy);
          });
        },
        onMessage: (listener) => {
          this.toWorker = listener;
        },
      },
      engine,
    );
  }

  /** The parameters of the calls of a question, as they came over. */
  parametersOf<Q extends EngineQuestion>(question: Q): ParametersOf<Q>[] {
    return this.received.flatMap((message) =>
      // Those of questions whose parameters cross in their own form, as all do.
      message.kind === 'call' && message.method === question ? [message.parameters as ParametersOf<Q>] : [],
    );
  }

  /** What it answered, as it is afterwards. */
  get answers(): unknown[] {
    return this.sent.flatMap((message) =>
      message.kind === 'answer' && 'ok' in message.outcome ? [message.outcome.ok] : [],
    );
  }

  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void {
    this.deliver(message as ToWorkerMessage, transfer, (copy) => {
      this.received.push(copy);
      this.toWorker(copy);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.toHost = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.exit = listener;
  }

  terminate(): Promise<void> {
    this.die('terminated');
    return Promise.resolve();
  }

  die(reason: string): void {
    this.ended = true;
    this.exit(reason);
  }

  private deliver<Message>(
    message: Message,
    transfer: readonly ArrayBuffer[] | undefined,
    receive: (copy: Message) => void,
  ): void {
    const copy = structuredClone(message, transfer && { transfer: [...transfer] });
    setImmediate(() => {
      if (!this.ended) {
        receive(copy);
      }
    });
  }
}
