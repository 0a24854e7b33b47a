/**
 * What an engine needs of a worker, and no more: a worker thread in Node today, a web worker in a web extension host later.
 */
export interface WorkerPort {
  /**
   * Sends a message that the structured clone algorithm can copy.
   *
   * @param transfer Memory in the message that is handed over, not copied: here it is empty afterwards.
   * @throws when the message cannot be copied.
   */
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;

  /** Registers the one listener of the worker's messages. */
  onMessage(listener: (message: unknown) => void): void;

  /**
   * Registers the one listener of the worker's end. Called at most once, with a sentence that says why: an uncaught error, no
   * memory, an exit. Also called after {@link terminate}.
   */
  onExit(listener: (reason: string) => void): void;

  /** Ends the worker at once, whatever it is doing, and frees its memory. */
  terminate(): Promise<void>;
}

/** Starts a thread that takes part in the engine's work. */
export type StartThread = (role: 'scan' | 'graph') => WorkerPort;
