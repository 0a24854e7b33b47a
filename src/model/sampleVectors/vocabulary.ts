/** The part of a tokenizer that sample vectors are made from. */
export interface Vocabulary {
  readonly vocabularySize: number;

  /** The bytes that a token stands for. */
  tokenBytes(id: number): Uint8Array;
}
