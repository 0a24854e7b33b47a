/** UTF-16 range [start, end) of a document. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What is walked, token by token. */
export interface SteppedText {
  /** UTF-16 units. */
  readonly length: number;

  /** The tokens that hold a part of [start, end); undefined where they are not known yet. */
  tokensIn(start: number, end: number): readonly TextRange[] | undefined;

  /** Whether a cursor cannot stand at an offset, as between the two characters of a line end. */
  isInsideLineEnd(offset: number): boolean;
}

/** The next step is another one, or there is none any more; undefined: tokens are missing that are not known yet. */
export type Step = TextRange | 'none' | undefined;

/** The step that holds the cursor: at a border the one after it, at the end of the text the last. */
export function stepAt(text: SteppedText, offset: number): Step {
  return text.length === 0 ? 'none' : stepThatHolds(text, Math.min(offset, text.length - 1));
}

/** The first step that begins at an offset or after it. */
export function stepFrom(text: SteppedText, offset: number): Step {
  if (offset >= text.length) {
    return 'none';
  }
  const step = stepThatHolds(text, offset);
  return step && step.start < offset ? stepFrom(text, step.end) : step;
}

/** The last step that ends at an offset or before it. */
export function stepBefore(text: SteppedText, offset: number): Step {
  if (offset <= 0) {
    return 'none';
  }
  const step = stepThatHolds(text, offset - 1);
  return step && step.end > offset ? stepBefore(text, step.start) : step;
}

/** A token, with all that share a character or a line end with it: what can be selected by itself. Steps have no gaps and no overlaps. */
function stepThatHolds(text: SteppedText, offset: number): TextRange | undefined {
  let start = offset;
  let end = offset + 1;
  for (;;) {
    const tokens = text.tokensIn(start, end);
    if (!tokens) {
      return undefined;
    }
    let from = start;
    let to = end;
    for (const token of tokens) {
      from = Math.min(from, token.start);
      to = Math.max(to, token.end);
    }
    from -= text.isInsideLineEnd(from) ? 1 : 0;
    to += text.isInsideLineEnd(to) ? 1 : 0;
    if (from === start && to === end) {
      return { start, end };
    }
    start = from;
    end = to;
  }
}
