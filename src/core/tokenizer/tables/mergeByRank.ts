import { finish, type Steps } from '../../work/steps';
import { NO_RANK, type RankedMerges } from './rankedMerges';

/** Longest run, in tokens, whose pairs are looked at again for each merge: beyond it a heap is faster. */
const MAX_SCANNED_TOKENS = 64;

/** Pairs between two steps; a power of two. */
const PAIRS_AT_ONCE = 1 << 11;

/** Keys in a page of the heap. */
const PAGE_BITS = 10;
const PAGE_LENGTH = 1 << PAGE_BITS;

/** Ranks are below 2^21 and positions below 2^31, so that both in one number are exact. */
const POSITIONS = 2 ** 31;

/**
 * Byte-pair merging in place: the pair of the lowest rank first, of equal ranks the leftmost, until no neighbors merge. Nothing is
 * assumed of the order in which tokens were learned: a token may come from several merges, and a merge may rank before those that
 * make its parts.
 *
 * @param tokens Token ids; the first `count` are the run and are overwritten by the result.
 * @returns The number of tokens left.
 */
export function mergeByRank(tokens: Uint32Array, count: number, merges: RankedMerges): number {
  return count <= MAX_SCANNED_TOKENS
    ? mergeByScanning(tokens, count, merges)
    : finish(mergeByHeap(tokens, count, merges));
}

/** The same, some thousand pairs at a time. The tokens are nobody else's meanwhile. */
export function* mergeByRankInSteps(tokens: Uint32Array, count: number, merges: RankedMerges): Steps<number> {
  return count <= MAX_SCANNED_TOKENS
    ? mergeByScanning(tokens, count, merges)
    : yield* mergeByHeap(tokens, count, merges);
}

const scannedRanks = new Uint32Array(MAX_SCANNED_TOKENS);

function mergeByScanning(tokens: Uint32Array, count: number, merges: RankedMerges): number {
  const ranks = scannedRanks;
  let pairCount = count - 1;
  for (let i = 0; i < pairCount; i++) {
    ranks[i] = merges.rankOf(tokens[i], tokens[i + 1]);
  }
  while (pairCount > 0) {
    let lowest = NO_RANK;
    let position = 0;
    for (let i = 0; i < pairCount; i++) {
      if (ranks[i] < lowest) {
        lowest = ranks[i];
        position = i;
      }
    }
    if (lowest === NO_RANK) {
      break;
    }
    const merged = merges.mergedId(lowest);
    pairCount--;
    tokens[position] = merged;
    for (let i = position + 1; i <= pairCount; i++) {
      tokens[i] = tokens[i + 1];
      ranks[i - 1] = ranks[i];
    }
    if (position > 0) {
      ranks[position - 1] = merges.rankOf(tokens[position - 1], merged);
    }
    if (position < pairCount) {
      ranks[position] = merges.rankOf(merged, tokens[position + 1]);
    }
  }
  return Math.max(0, pairCount + 1);
}

/** In O(n log n): a linked list of tokens and a heap of pairs. Pairs that a merge has made void are skipped when their turn comes. */
function* mergeByHeap(tokens: Uint32Array, count: number, merges: RankedMerges): Steps<number> {
  // Tokens keep the position of their first part. next and previous are -1 beyond the ends.
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  /** The rank of the pair that begins at a position, now. */
  const ranks = new Uint32Array(count);
  const heap = new KeyHeap();
  const consider = (left: number, right: number): void => {
    const rank = merges.rankOf(tokens[left], tokens[right]);
    ranks[left] = rank;
    if (rank !== NO_RANK) {
      heap.push(rank * POSITIONS + left);
    }
  };
  for (let i = 0; i < count; i++) {
    previous[i] = i - 1;
    if (i + 1 < count) {
      next[i] = i + 1;
      consider(i, i + 1);
    } else {
      next[i] = -1;
      ranks[i] = NO_RANK;
    }
    if ((i & (PAIRS_AT_ONCE - 1)) === PAIRS_AT_ONCE - 1) {
      yield;
    }
  }
  let looked = 0;
  for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
    if ((++looked & (PAIRS_AT_ONCE - 1)) === 0) {
      yield;
    }
    const rank = Math.floor(key / POSITIONS);
    const left = key - rank * POSITIONS;
    if (ranks[left] !== rank) {
      continue;
    }
    const gone = next[left];
    const right = next[gone];
    tokens[left] = merges.mergedId(rank);
    ranks[left] = NO_RANK;
    ranks[gone] = NO_RANK;
    next[left] = right;
    if (right >= 0) {
      previous[right] = left;
      consider(left, right);
    }
    if (previous[left] >= 0) {
      consider(previous[left], left);
    }
  }
  let written = 0;
  for (let i = count > 0 ? 0 : -1; i >= 0; i = next[i]) {
    tokens[written++] = tokens[i];
  }
  return written;
}

/** Numbers, of which the lowest is taken first. In pages: an array that grows holds up everybody each time it is moved. */
class KeyHeap {
  private readonly pages: Float64Array[] = [];
  private count = 0;

  push(key: number): void {
    const { pages } = this;
    let hole = this.count++;
    if (hole >> PAGE_BITS === pages.length) {
      pages.push(new Float64Array(PAGE_LENGTH));
    }
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.at(parent);
      if (above <= key) {
        break;
      }
      this.set(hole, above);
      hole = parent;
    }
    this.set(hole, key);
  }

  pop(): number | undefined {
    if (this.count === 0) {
      return undefined;
    }
    const lowest = this.at(0);
    const count = --this.count;
    const last = this.at(count);
    let hole = 0;
    for (let child = 1; child < count; child = 2 * hole + 1) {
      let below = this.at(child);
      if (child + 1 < count && this.at(child + 1) < below) {
        below = this.at(++child);
      }
      if (below >= last) {
        break;
      }
      this.set(hole, below);
      hole = child;
    }
    this.set(hole, last);
    return lowest;
  }

  private at(index: number): number {
    return this.pages[index >> PAGE_BITS][index & (PAGE_LENGTH - 1)];
  }

  private set(index: number, key: number): void {
    this.pages[index >> PAGE_BITS][index & (PAGE_LENGTH - 1)] = key;
  }
}
