import { byteTokenIds } from './byteAlphabet';
import { MAX_SCANNED_TOKENS, mergeByQueue, mergeByScanning } from './bytePairMerging';
import type { PairLookup } from './mergeTable';
import { MergeQueue } from './mergeQueue';
import { hashOf, isCacheable, PieceCache } from './pieceCache';
import { MAX_UTF8_BYTES_PER_UNIT, scalarValueAt, utf8Length } from './utf8';

/** Scratch kept between calls, in tokens. A longer run gets its own, so that one huge run does not stay in memory. */
const KEPT_TOKENS = 4096;

/**
 * Encodes single pre-tokens: UTF-8 bytes, then byte-pair merging. The result stays in the encoder until the next call,
 * which keeps the loop over a document free of allocations.
 */
export class BytePairEncoder {
  /** Holds the latest result: {@link count} token ids from index {@link first} on. */
  ids: Uint16Array;
  first = 0;
  count = 0;

  private readonly byteIds = byteTokenIds();
  private readonly candidates = new Uint16Array(MAX_SCANNED_TOKENS);
  private readonly scratch = new Uint16Array(KEPT_TOKENS);
  private readonly cache = new PieceCache();
  /** Made for the first long run; ordinary words never need it. */
  private queue: MergeQueue | undefined;

  constructor(private readonly lookup: PairLookup) {
    this.ids = this.scratch;
  }

  /** Encodes `text[start, end)`, one pre-token. Lone surrogates count as U+FFFD. */
  encode(text: string, start: number, end: number): void {
    if (!isCacheable(end - start)) {
      this.merge(text, start, end);
      return;
    }
    const hash = hashOf(text, start, end);
    const slot = this.cache.find(text, start, end, hash);
    if (slot >= 0) {
      this.ids = this.cache.ids;
      this.first = this.cache.idsStart(slot);
      this.count = this.cache.countOf(slot);
      return;
    }
    this.merge(text, start, end);
    this.cache.store(text, start, end, hash, this.ids, this.count);
  }

  /** Merges arbitrary bytes as if they were one pre-token. */
  encodeBytes(bytes: Uint8Array): void {
    const tokens = this.begin(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      tokens[i] = this.byteIds[bytes[i]];
    }
    this.finish(bytes.length);
  }

  private merge(text: string, start: number, end: number): void {
    const { byteIds } = this;
    const tokens = this.begin((end - start) * MAX_UTF8_BYTES_PER_UNIT);
    let count = 0;
    for (let at = start; at < end; at++) {
      const codePoint = scalarValueAt(text, at, end);
      if (codePoint < 0x80) {
        tokens[count++] = byteIds[codePoint];
        continue;
      }
      if (codePoint > 0xffff) {
        at++;
      }
      const length = utf8Length(codePoint);
      // The lead byte's marker: as many ones as the character has bytes.
      tokens[count++] = byteIds[((0xf00 >> length) & 0xff) | (codePoint >> (6 * (length - 1)))];
      for (let rest = length - 2; rest >= 0; rest--) {
        tokens[count++] = byteIds[0x80 | ((codePoint >> (6 * rest)) & 0x3f)];
      }
    }
    this.finish(count);
  }

  private begin(capacity: number): Uint16Array {
    this.ids = capacity <= KEPT_TOKENS ? this.scratch : new Uint16Array(capacity);
    this.first = 0;
    return this.ids;
  }

  private finish(count: number): void {
    if (count <= MAX_SCANNED_TOKENS) {
      this.count = mergeByScanning(this.ids, count, this.lookup, this.candidates);
      return;
    }
    // Taken out while in use: should memory run out midway, a half-emptied queue must not meet the next run.
    const queue = this.queue ?? new MergeQueue();
    this.queue = undefined;
    this.count = mergeByQueue(this.ids, count, this.lookup, queue);
    this.queue = queue;
  }
}
