/** Runs of marks that are put in order here. No language has so many on one letter; below, JavaScript's own way is quick enough. */
const LONG_RUN = /\p{M}{64,}/gu;

/** A mark of class 1, before which all others move, and the one of class 240, before which all others move. */
const OVERLAY = '\u0334';
const IOTA_BELOW = '\u0345';

/**
 * Puts long runs of marks in canonical order, which changes nothing for whoever normalizes the text afterwards, but that it takes
 * time linear in the run: engines sort marks by moving one after the other to its place, so that a million of them in the wrong
 * order, as a text may hold without being one, take hours.
 */
export function inCanonicalOrder(text: string): string {
  return text.replace(LONG_RUN, ordered);
}

function ordered(run: string): string {
  const decompositions = new Map<string, readonly string[]>();
  const marks: string[] = [];
  for (const mark of run) {
    let parts = decompositions.get(mark);
    if (parts === undefined) {
      parts = Array.from(mark.normalize('NFD'));
      decompositions.set(mark, parts);
    }
    marks.push(...parts);
  }
  const { ranks, rankCount } = ranksOf(new Set(marks));
  const byRank = Array.from({ length: rankCount }, (): string[] => []);
  const result: string[] = [];
  const writeRanked = (): void => {
    for (const sameClass of byRank) {
      for (const mark of sameClass.splice(0)) {
        result.push(mark);
      }
    }
  };
  for (const mark of marks) {
    const rank = ranks.get(mark);
    if (rank === undefined) {
      writeRanked();
      result.push(mark);
    } else {
      byRank[rank]?.push(mark);
    }
  }
  writeRanked();
  return result.join('');
}

/** Marks by their combining class, counted from 0 on; those that never move have none. */
function ranksOf(marks: ReadonlySet<string>): { ranks: ReadonlyMap<string, number>; rankCount: number } {
  const moving = [...marks].filter((mark) => swaps(IOTA_BELOW, mark) || swaps(mark, OVERLAY));
  moving.sort((one, other) => (swaps(one, other) ? 1 : swaps(other, one) ? -1 : 0));
  const ranks = new Map<string, number>();
  let rank = -1;
  moving.forEach((mark, i) => {
    const before = moving[i - 1];
    rank += before === undefined || swaps(mark, before) ? 1 : 0;
    ranks.set(mark, rank);
  });
  return { ranks, rankCount: rank + 1 };
}

/** Whether normalization puts the second before the first. */
function swaps(first: string, second: string): boolean {
  return first !== second && (first + second).normalize('NFD') === second + first;
}
