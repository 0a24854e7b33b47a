import type { LabelKind } from '../core/labels/labelKind';

/** Where an embedding matrix comes from. Plain data: it crosses to the worker as it is. */
export type ModelLocation =
  /** One safetensors file. */
  | { readonly kind: 'file'; readonly path: string }
  /** A folder with `model.safetensors`, or a sharded checkpoint with `model.safetensors.index.json`. */
  | {
      readonly kind: 'folder';
      readonly path: string;
      /** Address of the server that sent what is in it, where that is known and is not the hub itself, such as `https://mirror.example`. */
      readonly server?: string;
    }
  /** The built-in sample vectors, which come with the program. They are not GPT-2. */
  | { readonly kind: 'sample' }
  | TableLocation;

/** A table of vectors in a database, which is asked where it is. */
export interface TableLocation {
  readonly kind: 'table';
  /** Name of the database in the setting `tokenscope.databases`. */
  readonly database: string;
  readonly selection: TableSelection;
}

/** Which rows of a table are searched, and how they are told apart. */
export interface TableSelection {
  readonly schema: string;
  readonly table: string;
  /** The column of vectors. */
  readonly column: string;
  /** Tells rows apart; of a whole-number type. */
  readonly idColumn: string;
  /** What rows are called; undefined where they have numbers alone. */
  readonly labelColumn?: string;
  /** Only the rows in which this column has this text: one of several models in the table. */
  readonly only?: { readonly column: string; readonly value: string };
}

/** How the rows of a matrix that is no checkpoint came to be a safetensors file, and what their labels are. */
export interface VectorsOfFile {
  /** What the file was, for people: `word2vec binary`. */
  readonly format: string;
  /** Whether its labels are words, or tokens, which texts are made of with their spaces. */
  readonly labelKind: LabelKind;
  /** Path of the safetensors file that holds rows and labels. */
  readonly convertedPath: string;
  /** Path of the file of labels that was taken, where they have one of their own. */
  readonly labelPath?: string;
  /** True where no labels were found, and a file of them may come. */
  readonly lacksLabels?: boolean;
}

/** What a user needs to know about a loaded matrix, and what every answer is labelled with. */
export interface ModelIdentity {
  /** Short name, such as `gpt2`, a file's or folder's name, or `sample vectors`. */
  readonly name: string;
  /** True for the built-in sample vectors: every surface then says "sample vectors, not GPT-2". */
  readonly isSample: boolean;
  /** True when the values agree with the published fingerprint of GPT-2 small. */
  readonly isVerified: boolean;
  /** The path of the file that holds the tensor; empty for the sample vectors. */
  readonly path: string;
  /** Address of the server that sent the file, where that is known and is not the hub itself. */
  readonly server?: string;
  /** Name of the embedding tensor, such as `wte.weight`. */
  readonly tensorName: string;
  readonly dtype: 'F32' | 'F16' | 'BF16';
  /** Vocabulary size: number of rows. */
  readonly rowCount: number;
  /** Values per row (n_embd). */
  readonly dimension: number;
  /** Of a file of vectors, which is no checkpoint; its `path` is that of the file itself. Undefined for a checkpoint. */
  readonly vectors?: VectorsOfFile;
  /** Of a table in a database: the server as it may be shown. Its `path` is what the setting says. */
  readonly table?: { readonly server: string };
  /** Sentences about what is odd but usable, such as rows that hold NaN. */
  readonly warnings: readonly string[];
}
