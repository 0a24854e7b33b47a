import type { ModelIdentity, ModelLocation } from '../../model/modelLocation';
import type { ConversionProgress } from '../../model/vectorFiles/writeConverted';
import type { EngineQuestion } from '../questions/engineQuestions';
import type { LoadOptions, LoadProgress } from '../questions/loadOptions';
import { questionWithProgress } from '../questions/question';
import type { SerializedError } from './serializedError';

type LoadParameters = { readonly location: ModelLocation } & Omit<
  LoadOptions,
  'signal' | 'onProgress' | 'onConversion'
>;

/** Progress of either part of a load. */
type LoadPartProgress = LoadProgress | { readonly conversion: ConversionProgress };

/** A load crosses as questions do. */
export const loadCall = questionWithProgress<LoadParameters, ModelIdentity, LoadPartProgress>({
  isLast: (progress) =>
    'conversion' in progress ? progress.conversion.fraction === 1 : progress.rowsDone === progress.rowCount,
});

/** A call. Every one is answered exactly once, also when it was canceled. */
export interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly method: 'load' | EngineQuestion;
  /** As the entry of the question packs them. */
  readonly parameters: unknown;
}

export type ToWorkerMessage =
  | CallMessage
  /** Aborts the signal of a running call. Unknown ids are ignored: the answer may be under way. */
  | { readonly kind: 'cancel'; readonly id: number }
  /** The last message: ends all work, and closes and removes what is open and half written. Answered by `ended`. */
  | { readonly kind: 'end' };

export type FromWorkerMessage =
  | { readonly kind: 'ended' }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: unknown }
  | {
      readonly kind: 'answer';
      readonly id: number;
      /** The answer as the entry of the question packs it. */
      readonly outcome: { readonly ok: unknown } | { readonly err: SerializedError };
    };
