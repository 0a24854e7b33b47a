/**
 * The points of a line that suffice to draw it: of each pixel column the first, the lowest, the highest and the last, so no
 * peak is lost and the drawn line is the same (the M4 aggregation of Jugel et al., VLDB 2014).
 *
 * @param values by position; those that are not finite are left out
 * @param columns pixel columns that the line crosses
 * @returns positions, ascending; all where there are no more than four a column
 */
export function positionsToDraw(values: readonly number[], columns: number): number[] {
  const finite = [...values.keys()].filter((position) => Number.isFinite(values[position]));
  if (values.length <= 4 * columns || columns < 1) {
    return finite;
  }
  const kept = new Set<number>();
  for (let start = 0; start < finite.length;) {
    const column = columnOf(finite[start] ?? 0, values.length, columns);
    let end = start;
    let lowest = start;
    let highest = start;
    while (end < finite.length && columnOf(finite[end] ?? 0, values.length, columns) === column) {
      const value = valueAt(values, finite, end);
      lowest = value < valueAt(values, finite, lowest) ? end : lowest;
      highest = value > valueAt(values, finite, highest) ? end : highest;
      end++;
    }
    for (const index of [start, lowest, highest, end - 1]) {
      kept.add(finite[index] ?? 0);
    }
    start = end;
  }
  return [...kept].sort((one, other) => one - other);
}

function valueAt(values: readonly number[], positions: readonly number[], index: number): number {
  return values[positions[index] ?? 0] ?? 0;
}

function columnOf(position: number, count: number, columns: number): number {
  return Math.floor((position * columns) / count);
}
