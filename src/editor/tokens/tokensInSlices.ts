import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { nextTask } from '../../engine/nextTask';

/** Longest time in milliseconds at a stretch, so that typing and hovers are not held up. */
const SLICE_MS = 8;

/** Least length of a piece that is tokenized at once, in UTF-16 units: a fraction of a millisecond. */
const PIECE_UNITS = 1_024;

/** A token of a text. */
export interface TextToken {
  readonly id: number;
  /** UTF-16 range [start, end) of the text; tokens that share a character have overlapping ranges. */
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a text, worked out in slices so that the extension host goes on answering. What the caller makes of them counts for a
 * slice as well. Where the tokenizer can cut nothing, as in a run of one class of characters, a slice takes as long as it takes.
 *
 * @returns The tokens of one piece after the other.
 * @throws The signal's reason when it is aborted.
 */
export async function* tokensInSlices(
  tokenizer: Tokenizer,
  text: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly TextToken[]> {
  for await (const piece of piecesInSlices(tokenizer, text, signal)) {
    const { ids, offsets } = tokenizer.encodeWithOffsets(piece.text);
    yield ids.map((id, index) => {
      const [start, end] = offsets[index] ?? [0, 0];
      return { id, start: piece.start + start, end: piece.start + end };
    });
  }
}

/**
 * How many tokens a text has, counted as {@link tokensInSlices} tokenizes.
 *
 * @throws The signal's reason when it is aborted.
 */
export async function countInSlices(
  tokenizer: Tokenizer,
  text: string,
  signal?: AbortSignal,
): Promise<number> {
  let count = 0;
  for await (const piece of piecesInSlices(tokenizer, text, signal)) {
    count += tokenizer.countTokens?.(piece.text) ?? tokenizer.encode(piece.text).length;
  }
  return count;
}

/** Pieces of a text whose tokens, one after the other, are those of the whole; with a turn of others whenever a slice is over. */
async function* piecesInSlices(
  tokenizer: Tokenizer,
  text: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly text: string; readonly start: number }> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (let start = 0; start < text.length;) {
    const cut = tokenizer.nextCut?.(text, start + PIECE_UNITS, text.length) ?? -1;
    const end = cut < 0 ? text.length : cut;
    yield { text: text.slice(start, end), start };
    start = end;
    if (performance.now() >= sliceEnd) {
      await nextTask();
      signal?.throwIfAborted();
      sliceEnd = performance.now() + SLICE_MS;
    }
  }
}
