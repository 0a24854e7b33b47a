import type { ModelIdentity, ModelLocation } from '../model/modelLocation';
import type { LoadProgress, NeighborAnswer, NeighborRequest } from './embeddingEngine';
import type { SerializedError } from './serializedError';

/** What can be asked of the worker: one interface from which the types of all messages follow. */
export interface EngineCalls {
  load(parameters: {
    readonly location: ModelLocation;
    readonly tensorName?: string | undefined;
  }): ModelIdentity;
  neighbors(parameters: NeighborRequest): NeighborAnswer;
}

export type EngineMethod = keyof EngineCalls;
export type ParametersOf<Method extends EngineMethod> = Parameters<EngineCalls[Method]>[0];
export type ResultOf<Method extends EngineMethod> = ReturnType<EngineCalls[Method]>;

/** A call. Every one is answered exactly once, also when it was canceled. */
export type CallMessage = {
  [Method in EngineMethod]: {
    readonly kind: 'call';
    readonly id: number;
    readonly method: Method;
    readonly parameters: ParametersOf<Method>;
  };
}[EngineMethod];

export type ToWorkerMessage =
  | CallMessage
  /** Aborts the signal of a running call. Unknown ids are ignored: the answer may be under way. */
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorkerMessage =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: LoadProgress }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly outcome: { readonly ok: ResultOf<EngineMethod> } | { readonly err: SerializedError };
    };
