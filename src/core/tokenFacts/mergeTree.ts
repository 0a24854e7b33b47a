import { BYTE_TOKEN_COUNT } from '../tokenizer/byteAlphabet';
import { GPT2_MERGES_BASE64 } from '../tokenizer/generated/gpt2Merges';
import { Gpt2Tokenizer } from '../tokenizer/gpt2Tokenizer';
import { MergeTable } from '../tokenizer/mergeTable';
import type { Tokenizer } from '../tokenizer/tokenizer';

/** A token inside a token: the bytes [start, end) of the whole. */
export interface MergeNode {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  /** The two tokens that were joined, and by which merge; undefined for a single byte. */
  readonly joined: { readonly left: MergeNode; readonly right: MergeNode; readonly rank: number } | undefined;
}

export interface MergeTree {
  readonly root: MergeNode;
  /**
   * Every joined node in the order in which byte-pair encoding makes them from the token's bytes: lowest rank first, of equal ranks
   * the leftmost. One fewer than the token has bytes.
   */
  readonly steps: readonly (MergeNode & { readonly joined: NonNullable<MergeNode['joined']> })[];
}

/**
 * How the merges make a token from its bytes.
 *
 * Sorting by rank gives the order of encoding because a merge joins only tokens that lower ranks made: whichever of the tree's
 * merges has the lowest rank has its two tokens ready.
 *
 * @param id A token of the table, 0 ≤ id < tokenCount.
 * @param merges Merges numbered in the order of learning: rank i makes id 256 + i.
 * @throws {RangeError} when the id is none of the table's.
 */
export function mergeTree(id: number, merges: MergeTable): MergeTree {
  if (!Number.isInteger(id) || id < 0 || id >= merges.tokenCount) {
    throw new RangeError(`Token id ${id} is not an integer from 0 to ${merges.tokenCount - 1}`);
  }
  const steps: MergeTree['steps'][number][] = [];
  const node = (part: number, start: number): MergeNode => {
    if (part < BYTE_TOKEN_COUNT) {
      return { id: part, start, end: start + 1, joined: undefined };
    }
    const left = node(merges.leftOf(part), start);
    const right = node(merges.rightOf(part), left.end);
    const step = { id: part, start, end: right.end, joined: { left, right, rank: part - BYTE_TOKEN_COUNT } };
    steps.push(step);
    return step;
  };
  const root = node(id, 0);
  steps.sort((a, b) => a.joined.rank - b.joined.rank || a.start - b.start);
  return { root, steps };
}

let gpt2Merges: MergeTable | undefined;

/** The merges of a tokenizer, or undefined where they are not known: only GPT-2's are. Made on the first call. */
export function mergesOf(tokenizer: Tokenizer): MergeTable | undefined {
  return tokenizer instanceof Gpt2Tokenizer
    ? (gpt2Merges ??= MergeTable.fromBase64(GPT2_MERGES_BASE64))
    : undefined;
}
