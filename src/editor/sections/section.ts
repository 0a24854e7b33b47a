/** A part of a document: what a symbol of its outline names, or a block between empty lines. */
export interface Section {
  /** Not ours, and of any length. */
  readonly name: string;
  /** Of a symbol, as `vscode.SymbolKind` counts them; undefined for a block. */
  readonly kind: number | undefined;
  /** UTF-16 range [start, end) of the document. */
  readonly start: number;
  readonly end: number;
  /** In the order of the text, inside of it, and none over another. */
  readonly children: readonly Section[];
}

/** The sections of a document. */
export interface Outline {
  readonly sections: readonly Section[];
  /** Whether there are more than are told. */
  readonly isCut: boolean;
}

/** More would be no overview, and each costs some microseconds after each pause in typing. */
export const MOST_SECTIONS = 20_000;
