import type { NeighborView } from '../../../src/protocol/answerView';

/** A row of the ranked list as it is drawn. */
export interface ListRow {
  /** Number of its neighbor, counted from 0. */
  readonly index: number;
  /** 1, or 2 for a form inside an open group. */
  readonly level: 1 | 2;
  /** Place among the rows of its level, counted from 1, and how many there are. */
  readonly position: number;
  readonly setSize: number;
  /** How many other forms are folded into it. */
  readonly others: number;
  readonly isOpen: boolean;
}

/** The rows of a list, and in which of them each neighbor is. */
export interface ListRows {
  readonly rows: readonly ListRow[];
  /** By number of the neighbor: the row that shows it, or that it is folded into. */
  readonly rowOf: readonly number[];
  /** By number of the neighbor: that of the best form of its group, which may be itself. */
  readonly headOf: readonly number[];
}

/**
 * Folds the forms of one spelling (with and without space, whatever the case) into the row of the best of them. Ranks stay
 * those of the neighbors, so a folded list skips numbers.
 *
 * @param isFolded false for a row a neighbor
 * @param isOpen whether a group shows its other forms, by its fold key
 */
export function foldRows(
  neighbors: readonly NeighborView[],
  isFolded: boolean,
  isOpen: (foldKey: string) => boolean,
): ListRows {
  const groups = groupsOf(neighbors, isFolded);
  const rows: ListRow[] = [];
  const rowOf = new Array<number>(neighbors.length).fill(0);
  const headOf = new Array<number>(neighbors.length).fill(0);
  groups.forEach(([head, ...others], number) => {
    const opens = others.length > 0 && isOpen(neighbors[head]?.foldKey ?? '');
    const row = rows.length;
    rows.push({
      index: head,
      level: 1,
      position: number + 1,
      setSize: groups.length,
      others: others.length,
      isOpen: opens,
    });
    rowOf[head] = row;
    headOf[head] = head;
    others.forEach((index, place) => {
      headOf[index] = head;
      rowOf[index] = opens ? rows.length : row;
      if (opens) {
        rows.push({
          index,
          level: 2,
          position: place + 1,
          setSize: others.length,
          others: 0,
          isOpen: false,
        });
      }
    });
  });
  return { rows, rowOf, headOf };
}

type Group = [head: number, ...others: number[]];

/** Numbers of the neighbors that belong together, in the order of the best of each. */
function groupsOf(neighbors: readonly NeighborView[], isFolded: boolean): Group[] {
  const groups: Group[] = [];
  const byKey = new Map<string, Group>();
  neighbors.forEach(({ foldKey }, index) => {
    const known = isFolded && foldKey !== '' ? byKey.get(foldKey) : undefined;
    if (known) {
      known.push(index);
      return;
    }
    const group: Group = [index];
    groups.push(group);
    byKey.set(foldKey, group);
  });
  return groups;
}
