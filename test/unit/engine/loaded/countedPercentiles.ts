/**
 * The 0th to the 100th percentile by their definition, without sorting ranks: the least value that at least p percent of all do not
 * exceed; the 0th is the least.
 *
 * @param values NaN does not count.
 */
export function countedPercentiles(values: Float64Array): number[] {
  const counted = values.filter((value) => !Number.isNaN(value)).sort();
  const notAbove = counted.map((value) =>
    counted.reduce((count, other) => count + Number(other <= value), 0),
  );
  return Array.from({ length: 101 }, (_, percent) => {
    const index = notAbove.findIndex((count) => count * 100 >= percent * counted.length);
    return counted[index] ?? NaN;
  });
}
