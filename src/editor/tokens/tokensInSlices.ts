import type { Encoding } from '../../core/tokenizer/encoding';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Steps } from '../../core/work/steps';
import { nextTask } from '../../engine/nextTask';
import { inSlices } from '../../model/inSlices';

/** Longest time in milliseconds at a stretch, so that typing and hovers are not held up. */
const SLICE_MS = 8;

/** Least length of a piece that is tokenized at once, in UTF-16 units: a fraction of a millisecond. */
const PIECE_UNITS = 1_024;

/** Tokens of a piece that was tokenized in steps that are told at once. */
const TOKENS_AT_ONCE = 4_096;

/** A token of a text. */
export interface TextToken {
  readonly id: number;
  /** UTF-16 range [start, end) of the text; tokens that share a character have overlapping ranges. */
  readonly start: number;
  readonly end: number;
}

/**
 * The tokens of a text, worked out in slices so that the extension host goes on answering. What the caller makes of them counts for a
 * slice as well. Where nothing can be cut, the tokenizer works in steps; one that has none takes as long as it takes, as in a run of one
 * class of characters.
 *
 * @returns The tokens of one piece after the other.
 * @throws The signal's reason when it is aborted.
 */
export async function* tokensInSlices(
  tokenizer: Tokenizer,
  text: string,
  signal?: AbortSignal,
): AsyncGenerator<readonly TextToken[]> {
  const steps = tokenizer.encodeInSteps?.(text);
  if (steps) {
    yield* tokensInSteps(steps, signal);
    return;
  }
  for await (const piece of piecesInSlices(tokenizer, text, signal)) {
    const encoding = tokenizer.encodeWithOffsets(piece.text);
    yield tokensOf(encoding, 0, encoding.ids.length, piece.start);
  }
}

/** Of a tokenizer that cannot cut: encodes step by step, and then tells some tokens at a time. */
async function* tokensInSteps(
  steps: Steps<Encoding>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly TextToken[]> {
  const encoding = await inSlices(steps, signal);
  for (let first = 0; first < encoding.ids.length; first += TOKENS_AT_ONCE) {
    yield tokensOf(encoding, first, Math.min(first + TOKENS_AT_ONCE, encoding.ids.length), 0);
    await nextTask();
    signal?.throwIfAborted();
  }
}

/** The tokens [first, end) of an encoding, whose text starts at `textStart`. */
function tokensOf({ ids, offsets }: Encoding, first: number, end: number, textStart: number): TextToken[] {
  return ids.slice(first, end).map((id, index) => {
    const [from, to] = offsets[first + index] ?? [0, 0];
    return { id, start: textStart + from, end: textStart + to };
  });
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
  // Without the ranges of a million tokens, which would keep the garbage collector busy for longer than a slice.
  const steps = tokenizer.countTokensInSteps?.(text);
  if (steps) {
    return inSlices(steps, signal);
  }
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
