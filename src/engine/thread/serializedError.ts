import { CheckpointError, type CheckpointErrorReason } from '../../core/safetensors/checkpointError';
import { EngineUnavailableError, type EngineUnavailableReason } from '../engineErrors';

/** An error as plain data: its class survives the way through a worker's messages. */
export type SerializedError =
  | {
      readonly kind: 'CheckpointError';
      readonly reason: CheckpointErrorReason;
      readonly source: string;
      readonly message: string;
    }
  | {
      readonly kind: 'EngineUnavailableError';
      readonly reason: EngineUnavailableReason;
      readonly message: string;
    }
  | { readonly kind: 'RangeError' | 'AbortError' | 'Error'; readonly message: string };

export function serializeError(error: unknown): SerializedError {
  if (CheckpointError.is(error)) {
    return { kind: 'CheckpointError', reason: error.reason, source: error.source, message: error.message };
  }
  if (EngineUnavailableError.is(error)) {
    return { kind: 'EngineUnavailableError', reason: error.reason, message: error.message };
  }
  if (error instanceof RangeError) {
    return { kind: 'RangeError', message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof Error && error.name === 'AbortError' ? 'AbortError' : 'Error', message };
}

export function deserializeError(serialized: SerializedError): Error {
  const { message } = serialized;
  switch (serialized.kind) {
    case 'CheckpointError': {
      const { reason, source } = serialized;
      // The class writes the source before the detail.
      return new CheckpointError(reason, source, message.slice(`${source}: `.length));
    }
    case 'EngineUnavailableError':
      return new EngineUnavailableError(serialized.reason, message);
    case 'RangeError':
      return new RangeError(message);
    case 'AbortError':
      return new DOMException(message, 'AbortError');
    case 'Error':
      return new Error(message);
  }
}
