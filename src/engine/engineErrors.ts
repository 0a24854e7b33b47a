/**
 * - `not-loaded`: no matrix is loaded: never, or released, or the last load failed
 * - `stopped`: the worker that held the matrix ended: crashed, out of memory, or terminated
 * - `changed`: the model's file is not the one any more that was loaded
 */
export type EngineUnavailableReason = 'not-loaded' | 'stopped' | 'changed';

/** An engine cannot answer because it has no matrix. Loading again helps. */
export class EngineUnavailableError extends Error {
  override readonly name = 'EngineUnavailableError';

  constructor(
    readonly reason: EngineUnavailableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static is(error: unknown): error is EngineUnavailableError {
    return error instanceof Error && error.name === 'EngineUnavailableError';
  }
}
