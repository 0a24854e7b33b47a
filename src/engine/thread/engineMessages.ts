import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type {
  Comparison,
  GraphProgress,
  LoadOptions,
  LoadProgress,
  NeighborRequest,
  QueryVector,
  RankAnswer,
  RankRequest,
  TokenMeasure,
  TokenMeasures,
  TokenValues,
  Verification,
} from '../questions/embeddingEngine';
import type { ColumnAnswer } from '../questions/neighborColumns';
import type { SerializedError } from './serializedError';

/** What can be asked of the worker: one interface from which the types of all messages follow. */
export interface EngineCalls {
  load(
    parameters: { readonly location: ModelLocation } & Omit<LoadOptions, 'signal' | 'onProgress'>,
  ): ModelIdentity;
  neighbors(parameters: NeighborRequest): ColumnAnswer;
  neighborsOfMany(parameters: readonly NeighborRequest[]): readonly ColumnAnswer[];
  neighborsWithoutIndex(parameters: readonly NeighborRequest[]): readonly (ColumnAnswer | undefined)[];
  ranks(parameters: RankRequest): RankAnswer;
  compare(parameters: readonly QueryVector[]): Comparison;
  measureToken(parameters: number): TokenMeasures;
  tokenValues(parameters: { readonly measure: TokenMeasure; readonly ids: readonly number[] }): TokenValues;
  verify(parameters: NeighborRequest): Verification;
  embeddingsTsv(parameters: readonly number[]): string;
  buildGraph(parameters: undefined): undefined;
}

/** What the methods that take long tell meanwhile. */
export interface ProgressOfCalls {
  readonly load: LoadProgress;
  readonly buildGraph: GraphProgress;
}

export type EngineMethod = keyof EngineCalls;
export type ParametersOf<Method extends EngineMethod> = Parameters<EngineCalls[Method]>[0];
export type ResultOf<Method extends EngineMethod> = ReturnType<EngineCalls[Method]>;
export type ProgressOf<Method extends EngineMethod> = Method extends keyof ProgressOfCalls
  ? ProgressOfCalls[Method]
  : never;

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
  | { readonly kind: 'progress'; readonly id: number; readonly progress: ProgressOf<EngineMethod> }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly outcome: { readonly ok: ResultOf<EngineMethod> } | { readonly err: SerializedError };
    };
