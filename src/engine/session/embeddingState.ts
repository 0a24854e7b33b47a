import type { ServedModel } from '../../model/hub/hubModel';
import type { ModelIdentity } from '../../model/modelLocation';

/** What a download would fetch, for the question that is asked before it. */
export interface DownloadOffer {
  /** What the user agrees to. */
  readonly model: ServedModel;
  /** Such as `GPT-2 (124M)`. */
  readonly name: string;
  /** Such as `openai-community/gpt2`. */
  readonly repository: string;
  /** The server for people, such as `huggingface.co`. */
  readonly host: string;
  /** True where that server gets the user's access token. */
  readonly sendsToken?: boolean;
  /** True where the model's own tokenizer is fetched as well. */
  readonly fetchesTokenizer?: boolean;
  /** Bytes that would be fetched, of a file of `fileBytes`; undefined where that is not known before the first request. */
  readonly tensorBytes?: number;
  readonly fileBytes?: number;
}

/** How far a download is. */
export interface DownloadStatus extends DownloadOffer {
  /** Commit or branch, shortened for people. */
  readonly revision: string;
  readonly tensorName?: string;
  readonly bytesDone: number;
  /** 0 while it is not known yet. */
  readonly bytesTotal: number;
  /** 0 while it is not known yet. */
  readonly bytesPerSecond: number;
  readonly secondsLeft?: number;
  /** Why it does not go on just now: one sentence. */
  readonly waiting?: string;
}

/** The one state of the embeddings, observed by every surface. */
export type EmbeddingState =
  | { readonly state: 'none' }
  /** Looking for the model. */
  | { readonly state: 'locating' }
  /** No model is at hand, and the user has not said yet where one is to come from. The next request asks again. */
  | { readonly state: 'undecided'; readonly offer: DownloadOffer }
  | { readonly state: 'downloading'; readonly download: DownloadStatus }
  /** A file of vectors becomes a safetensors file, which is done once. */
  | {
      readonly state: 'converting';
      /** Path of the file. */
      readonly path: string;
      /** How many rows have been written; how many there are may be known at the end alone. */
      readonly rowsDone: number;
      /** 0 to 1: how much of the file has been read. */
      readonly fraction: number;
    }
  | {
      readonly state: 'building';
      readonly model: ModelIdentity;
      readonly rowsDone: number;
      readonly rowCount: number;
    }
  | { readonly state: 'ready'; readonly model: ModelIdentity }
  /** `reason` is fit for a user's eyes. The next request tries again. */
  | { readonly state: 'failed'; readonly reason: string; readonly error: Error };

/** Thrown by whoever locates the model: there is none at hand, and the user is to be asked first. */
export class ModelUndecidedError extends Error {
  override readonly name = 'ModelUndecidedError';

  constructor(readonly offer: DownloadOffer) {
    super(`${offer.name} is not on this machine.`);
  }
}
