/** State of the embeddings, as in the status bar. */
export type EmbeddingsView =
  | { readonly state: 'none' }
  | { readonly state: 'locating' }
  /** No model is at hand: the panel asks what to do, and nothing happens before the answer. */
  | { readonly state: 'undecided'; readonly offer: DownloadOfferView }
  | { readonly state: 'downloading'; readonly download: DownloadView }
  | {
      readonly state: 'converting';
      readonly path: string;
      readonly rowsDone: number;
      /** 0 to 1: how much of the file has been read. */
      readonly fraction: number;
    }
  | {
      readonly state: 'building';
      readonly model: ModelView;
      readonly rowsDone: number;
      readonly rowCount: number;
    }
  | { readonly state: 'ready'; readonly model: ModelView }
  | FailedView;

/** Settings that can be at fault when a model fails to load. */
export const MODEL_SETTINGS = ['model', 'embeddingTensor', 'hubEndpoint'] as const;
export type ModelSetting = (typeof MODEL_SETTINGS)[number];

/** What names a server in place of the hub: the setting `hubEndpoint`, or the environment variable `HF_ENDPOINT`. */
export const SERVER_SOURCES = ['setting', 'environment'] as const;

/** A server that somebody has named in place of the hub. */
export interface NamedServerView {
  /** Such as `mirror.example/hf`. */
  readonly name: string;
  readonly source: (typeof SERVER_SOURCES)[number];
}

export interface FailedView {
  readonly state: 'failed';
  /** One sentence that names the file or server and the cause. */
  readonly reason: string;
  /** What was kept or tried, such as `64.8 of 154.4 MB are kept.` */
  readonly detail?: string;
  /** The server cannot send a part of the file: the user may decide to have all of it sent. */
  readonly wholeFile?: { readonly bytes: number };
  /** The setting that is at fault, as far as that can be told. */
  readonly setting?: ModelSetting;
  /** The server that failed, where it is not the hub itself. */
  readonly server?: NamedServerView;
  /** No server answered as itself: the way there may lead through a proxy. */
  readonly mayBeProxy?: boolean;
}

/** What a download would fetch. */
export interface DownloadOfferView {
  /** Such as `GPT-2 (124M)`. */
  readonly name: string;
  /** Such as `openai-community/gpt2`. */
  readonly repository: string;
  /** The server, such as `huggingface.co`. */
  readonly host: string;
  /** True where that server gets the user's access token. */
  readonly sendsToken?: boolean;
  /** True where the model's own tokenizer is fetched as well. */
  readonly fetchesTokenizer?: boolean;
  /** Bytes that would be fetched, of a file of `fileBytes`; undefined where that is not known before the first request. */
  readonly tensorBytes?: number;
  readonly fileBytes?: number;
}

export interface DownloadView extends DownloadOfferView {
  /** Commit or branch, shortened for people. */
  readonly revision: string;
  readonly tensorName?: string;
  readonly bytesDone: number;
  /** 0 while it is not known yet. */
  readonly bytesTotal: number;
  /** 0 while it is not known yet. */
  readonly bytesPerSecond: number;
  /** undefined while it cannot be told. */
  readonly secondsLeft?: number;
  /** Why it does not go on just now, such as `huggingface.co asks to wait 30 s.` */
  readonly waiting?: string;
}

export interface ModelView {
  readonly name: string;
  /** True: every number comes from sample vectors, and the panel says so in a notice that cannot be closed. */
  readonly isSample: boolean;
  /** True when the values agree with the published fingerprint of GPT-2 small. */
  readonly isVerified: boolean;
  readonly path: string;
  /** The server that sent it, such as `mirror.example`; undefined for the hub itself, and where it is not known. */
  readonly server?: string;
  readonly tensorName: string;
  readonly dtype: string;
  readonly rowCount: number;
  readonly dimension: number;
  /** Of a file of vectors, which is no checkpoint. */
  readonly vectors?: VectorsView;
  /** True for a table of a database, whose answers say each how it was searched. */
  readonly isTable?: boolean;
  readonly warnings: readonly string[];
}

/** What the rows of a matrix can be labelled with. */
export const LABEL_KINDS = ['words', 'tokens'] as const;

export interface VectorsView {
  /** What the file is, such as `GloVe text`. */
  readonly format: string;
  readonly labelKind: (typeof LABEL_KINDS)[number];
}
