import type { Tokenizer } from '../tokenizer';

/** Lengths of chunks in UTF-16 units. */
export class ChunkSizes {
  /** Shorter ones are joined to a neighbor, unless that cannot be cut. */
  readonly shortest: number;
  /** Longer ones are cut, where a cut is. */
  readonly longest: number;

  /** @param target What is aimed at, at least 4. */
  constructor(readonly target: number) {
    this.shortest = target >> 2;
    this.longest = 2 * target;
  }
}

/**
 * A keystroke tokenizes one or two chunks anew, so they are small: a fraction of a millisecond. Each edit may look through all chunks for
 * its own, so they are not tiny: 8,000 in a document of 8 MB.
 */
export const DOCUMENT_CHUNKS = new ChunkSizes(1024);

/** What is needed to cut: without `nextCut` a text stays in one piece. */
export type Cutting = Pick<Tokenizer, 'nextCut' | 'seams'>;

/** UTF-16 units that hold at least one code point. */
export const CODE_POINT_UNITS = 2;

/**
 * Cuts a text into pieces whose tokens together are those of the text.
 *
 * @returns No piece for an empty text, and none longer than the longest chunk that holds a cut where one would help.
 */
export function cutText(tokenizer: Cutting, text: string, sizes: ChunkSizes): string[] {
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > sizes.longest) {
    const end = tokenizer.nextCut?.(text, start + sizes.target, text.length - sizes.shortest) ?? -1;
    if (end < 0) {
      break;
    }
    pieces.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) {
    pieces.push(start === 0 ? text : text.slice(start));
  }
  return pieces;
}

/**
 * What the place between two texts is, were they chunks side by side: a `cut` whatever else the chunks hold, or `open`, inside a run, so
 * that it takes a look at the tokens beside it; undefined where nothing can be parted.
 */
export function placeBetween(tokenizer: Cutting, left: string, right: string): 'cut' | 'open' | undefined {
  // Two code points decide whether it is a cut.
  const end = left.slice(-CODE_POINT_UNITS);
  const both = end + right.slice(0, CODE_POINT_UNITS);
  if (tokenizer.nextCut?.(both, end.length, end.length) === end.length) {
    return 'cut';
  }
  return tokenizer.seams?.isInsideRun(left, right) === true ? 'open' : undefined;
}
