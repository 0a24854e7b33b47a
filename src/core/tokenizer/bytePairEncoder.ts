import { byteTokenIds } from './byteAlphabet';
import { MAX_SCANNED_TOKENS, mergeByQueue, mergeByScanning, mergeOneCharacter } from './bytePairMerging';
import { ByteSeams } from './byteSeams';
import type { MergeTable } from './mergeTable';
import { MergeQueue } from './mergeQueue';
import { PieceCache } from './pieceCache';
import type { PieceKey } from './pieceKey';
import type { TokenIds } from './tokenIds';
import { MAX_UTF8_BYTES_PER_UNIT, scalarValueAt, utf8Length } from './utf8';

/** Bytes from this one on belong to characters beyond ASCII. */
const FIRST_LONG_BYTE = 0x80;
/** Longest run, in tokens, that is merged without a list of candidates. */
const MAX_CHARACTER_TOKENS = 3;

/** Encodes single pre-tokens: UTF-8 bytes, then byte-pair merging, right in the list that the tokens are added to. */
export class BytePairEncoder {
  private readonly byteIds = byteTokenIds();
  private readonly candidates = new Uint16Array(MAX_SCANNED_TOKENS);
  private readonly cache = new PieceCache();
  /** Made for the first character beyond ASCII: only there does a place between two bytes ever part a pre-token. */
  private seams: ByteSeams | undefined;
  /** Made for the first long run; ordinary words never need it. */
  private queue: MergeQueue | undefined;

  constructor(private readonly merges: MergeTable) {}

  /**
   * Adds the tokens of `text[start, end)`, one pre-token. Lone surrogates count as U+FFFD.
   *
   * @param key That of the same range.
   */
  encode(text: string, start: number, end: number, key: PieceKey, found: TokenIds): void {
    found.reserve(MAX_UTF8_BYTES_PER_UNIT * (end - start));
    if (!this.cache.addTo(found, text, start, end, key)) {
      const first = found.count;
      found.count = this.merge(text, start, end, found.ids, first);
      this.cache.keep(text, start, end, key, found.ids, first, found.count - first);
    }
  }

  /** Adds the tokens of arbitrary bytes, as if they were one pre-token. */
  encodeBytes(bytes: Uint8Array, found: TokenIds): void {
    found.reserve(bytes.length);
    const { ids, count } = found;
    for (let i = 0; i < bytes.length; i++) {
      ids[count + i] = this.byteIds[bytes[i]];
    }
    found.count = this.mergeRun(ids, count, count + bytes.length);
  }

  /**
   * Writes the tokens of `text[start, end)` into `ids` from index `first` on.
   *
   * @returns The index after the last of them.
   */
  private merge(text: string, start: number, end: number, ids: Uint16Array, first: number): number {
    const { byteIds } = this;
    // Bytes that may yet be merged with those behind them: from here to `to`, each as its own token.
    let from = first;
    let to = first;
    let lastByte = 0;
    for (let at = start; at < end; at++) {
      const codePoint = scalarValueAt(text, at, end);
      const length = utf8Length(codePoint);
      // The lead byte's marker: as many ones as the character has bytes.
      const lead = length === 1 ? codePoint : ((0xf00 >> length) & 0xff) | (codePoint >> (6 * (length - 1)));
      if (to > from && (lastByte | lead) >= FIRST_LONG_BYTE) {
        this.seams ??= new ByteSeams(this.merges);
        if (this.seams.part(lastByte, lead)) {
          from = to = this.mergeRun(ids, from, to);
        }
      }
      ids[to++] = byteIds[lead];
      lastByte = lead;
      for (let rest = length - 2; rest >= 0; rest--) {
        lastByte = 0x80 | ((codePoint >> (6 * rest)) & 0x3f);
        ids[to++] = byteIds[lastByte];
      }
      if (codePoint > 0xffff) {
        at++;
      }
    }
    return this.mergeRun(ids, from, to);
  }

  /**
   * Merges `ids[from, to)`, in place.
   *
   * @returns The index after the last token left.
   */
  private mergeRun(ids: Uint16Array, from: number, to: number): number {
    const count = to - from;
    if (count <= MAX_CHARACTER_TOKENS) {
      return from + mergeOneCharacter(ids, from, count, this.merges);
    }
    if (count <= MAX_SCANNED_TOKENS) {
      return from + mergeByScanning(ids, from, count, this.merges, this.candidates);
    }
    // Taken out while in use: should memory run out midway, a half-emptied queue must not meet the next run.
    const queue = this.queue ?? new MergeQueue();
    this.queue = undefined;
    const left = mergeByQueue(ids.subarray(from, to), count, this.merges, queue);
    this.queue = queue;
    return from + left;
  }
}
