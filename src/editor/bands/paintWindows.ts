/** UTF-16 offsets of a document, end excluded. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A visible range with what is around it: each of the three contains the one before it. */
export interface Surroundings {
  readonly visible: Interval;
  /** Where this is no longer painted, it is painted anew. */
  readonly near: Interval;
  /** What is painted then. */
  readonly far: Interval;
}

/** What is to be painted, and what of it must be there already for the present painting to do. */
export interface PaintWindows {
  readonly needed: readonly Interval[];
  /** Rising and apart from each other. */
  readonly painted: readonly Interval[];
}

/**
 * Cuts down what would be painted to a number of characters: of a range that fits, what is around it; of one that does not fit,
 * such as a line without end, what is around the cursor.
 *
 * @param surroundings One for each visible range; several where text is folded.
 * @param anchor UTF-16 offset of the cursor.
 * @param budget Most UTF-16 units in all windows together.
 */
export function paintWindows(
  surroundings: readonly Surroundings[],
  anchor: number,
  budget: number,
): PaintWindows {
  // What is small is painted as a whole, and leaves more for the others.
  const bySize = [...surroundings].sort((a, b) => sizeOf(a.far) - sizeOf(b.far));
  const needed: Interval[] = [];
  const painted: Interval[] = [];
  let left = budget;
  bySize.forEach(({ visible, near, far }, index) => {
    const share = Math.floor(left / (bySize.length - index));
    const window = cut(far, visible, anchor, share);
    left -= sizeOf(window);
    painted.push(window);
    const fits = sizeOf(visible) <= share;
    needed.push(cut(near, visible, anchor, fits ? Math.max(sizeOf(visible), share / 2) : share / 2));
  });
  return { needed, painted: merged(painted) };
}

/** Whether one of the intervals contains this one. */
export function isCovered(interval: Interval, by: readonly Interval[]): boolean {
  return by.some(({ start, end }) => start <= interval.start && interval.end <= end);
}

function cut(outer: Interval, visible: Interval, anchor: number, budget: number): Interval {
  const size = sizeOf(visible);
  if (size <= budget) {
    const margin = Math.floor((budget - size) / 2);
    return {
      start: Math.max(outer.start, visible.start - margin),
      end: Math.min(outer.end, visible.end + margin),
    };
  }
  const middle = visible.start <= anchor && anchor <= visible.end ? anchor : visible.start;
  return {
    start: Math.max(visible.start, Math.floor(middle - budget / 2)),
    end: Math.min(visible.end, Math.floor(middle + budget / 2)),
  };
}

function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && interval.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    } else {
      result.push(interval);
    }
  }
  return result;
}

const sizeOf = ({ start, end }: Interval): number => end - start;
