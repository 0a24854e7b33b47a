import { NO_ENTRY, PairTable, type PairTableData } from './pairTable';

/** A {@link RankedMerges} as it crosses between threads. */
export interface RankedMergesData {
  /** The pairs of token ids, by rank. */
  readonly ranks: PairTableData;
  /** What each merge makes, by rank. */
  readonly merged: Uint32Array<ArrayBuffer>;
}

/** No merge: above every rank. */
export const NO_RANK = NO_ENTRY;

/** Merges of any byte-pair encoding, found by their pair of token ids. Of a pair that stands twice, the later counts. */
export class RankedMerges {
  private readonly ranks: PairTable;

  constructor(private readonly data: RankedMergesData) {
    this.ranks = new PairTable(data.ranks);
  }

  /**
   * @param pairs Shape [merges, 2], flat: the ids that each merge joins, the first to merge first.
   * @param merged Shape [merges]: the id that each makes.
   * @param seed Any 32 bits that whoever wrote the merges does not know.
   */
  static dataOf(
    pairs: Uint32Array<ArrayBuffer>,
    merged: Uint32Array<ArrayBuffer>,
    seed: number,
  ): RankedMergesData {
    return { ranks: PairTable.dataOf(pairs, seed), merged };
  }

  /** The rank of the merge of two tokens, or {@link NO_RANK}. Lower ranks merge earlier. */
  rankOf(left: number, right: number): number {
    return this.ranks.entryOf(left, right);
  }

  /** The token that a merge makes. @param rank One that {@link rankOf} gave. */
  mergedId(rank: number): number {
    return this.data.merged[rank];
  }
}
