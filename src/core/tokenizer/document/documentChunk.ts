import type { ChunkWords } from './chunkWords';

/** A part of a document that is tokenized for itself. An edit replaces chunks; their text never changes. */
export class DocumentChunk {
  /** Undefined until the chunk is tokenized. */
  tokenCount: number | undefined;
  /** Undefined until its words are asked for. */
  words: ChunkWords | undefined;

  constructor(readonly text: string) {}

  get length(): number {
    return this.text.length;
  }
}
