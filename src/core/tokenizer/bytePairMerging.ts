import type { PairLookup } from './mergeTable';
import type { MergeQueue } from './mergeQueue';

/** Longest run, in tokens, that {@link mergeByScanning} takes: beyond it the quadratic scan loses to the queue. */
export const MAX_SCANNED_TOKENS = 64;

/** Above every token id: no merge here. */
const NO_MERGE = 0xffff;

/**
 * Byte-pair merging of at most three tokens, in place: most characters beyond ASCII are merged alone (see `ByteSeams`).
 *
 * @param tokens Token ids; `count` of them from index `first` on are the run and are overwritten by the result.
 * @param count 0 to 3.
 * @returns The number of tokens left.
 */
export function mergeOneCharacter(
  tokens: Uint16Array,
  first: number,
  count: number,
  lookup: PairLookup,
): number {
  if (count < 2) {
    return count;
  }
  const head = lookup.mergedId(tokens[first], tokens[first + 1]);
  const tail = count === 3 ? lookup.mergedId(tokens[first + 1], tokens[first + 2]) : 0;
  if (head === 0 && tail === 0) {
    return count;
  }
  // The lower id comes first, and of equal ones the left.
  if (tail === 0 || (head !== 0 && head <= tail)) {
    tokens[first] = head;
    tokens[first + 1] = tokens[first + 2];
  } else {
    tokens[first + 1] = tail;
  }
  return count === 2 ? 1 : mergeOneCharacter(tokens, first, 2, lookup);
}

/**
 * Byte-pair merging of a short run, in place: the pair with the lowest merged id first, leftmost first, until no
 * neighbors merge. Looks at every pair for each merge, which is fastest for words.
 *
 * @param tokens Token ids; `count` of them from index `first` on are the run and are overwritten by the result.
 * @param count Length of the run, at most {@link MAX_SCANNED_TOKENS}.
 * @param candidates Scratch of at least `count` numbers.
 * @returns The number of tokens left.
 */
export function mergeByScanning(
  tokens: Uint16Array,
  first: number,
  count: number,
  lookup: PairLookup,
  candidates: Uint16Array,
): number {
  let pairCount = count - 1;
  for (let i = 0; i < pairCount; i++) {
    candidates[i] = lookup.mergedId(tokens[first + i], tokens[first + i + 1]) || NO_MERGE;
  }
  while (pairCount > 0) {
    let lowest = NO_MERGE;
    let position = 0;
    for (let i = 0; i < pairCount; i++) {
      if (candidates[i] < lowest) {
        lowest = candidates[i];
        position = i;
      }
    }
    if (lowest === NO_MERGE) {
      break;
    }
    pairCount--;
    const merged = first + position;
    tokens[merged] = lowest;
    for (let i = position + 1; i <= pairCount; i++) {
      tokens[first + i] = tokens[first + i + 1];
      candidates[i - 1] = candidates[i];
    }
    if (position > 0) {
      candidates[position - 1] = lookup.mergedId(tokens[merged - 1], lowest) || NO_MERGE;
    }
    if (position < pairCount) {
      candidates[position] = lookup.mergedId(lowest, tokens[merged + 1]) || NO_MERGE;
    }
  }
  return pairCount + 1;
}

/**
 * The same result for a run of any length, in near-linear time: a linked list of tokens and a queue of candidate merges.
 * Each merge makes at most two new candidates; those that a merge has made void are skipped when their turn comes.
 *
 * @param tokens Token ids; the first `count` are the run and are overwritten by the result.
 * @param queue An empty queue; it is empty again afterwards.
 * @returns The number of tokens left.
 */
export function mergeByQueue(
  tokens: Uint16Array,
  count: number,
  lookup: PairLookup,
  queue: MergeQueue,
): number {
  // Tokens keep the position of their first byte. next and previous are -1 beyond the ends.
  const next = new Int32Array(count);
  const previous = new Int32Array(count);
  // What the token at a position merges into together with its right neighbor; 0: nothing, or the token is gone.
  const candidate = new Uint16Array(count);

  const consider = (left: number, right: number): void => {
    const id = lookup.mergedId(tokens[left], tokens[right]);
    candidate[left] = id;
    if (id !== 0) {
      queue.push(id, left);
    }
  };

  for (let i = 0; i < count; i++) {
    previous[i] = i - 1;
    next[i] = i + 1 < count ? i + 1 : -1;
    if (i > 0) {
      consider(i - 1, i);
    }
  }
  while (!queue.isEmpty) {
    const id = queue.nextId;
    const left = queue.pop();
    if (candidate[left] !== id) {
      continue;
    }
    const gone = next[left];
    const right = next[gone];
    tokens[left] = id;
    candidate[left] = 0;
    candidate[gone] = 0;
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
