/** What is counted or weighed after each round of an activity. */
export interface Measure {
  readonly name: string;
  /** For people: the unit of the readings, such as "KB"; empty for plain counts. */
  readonly unit: string;
  /** What a round may add without being held to leak: the noise of a heap, none for a count. In the unit of the readings. */
  readonly slack: number;
}

/** Readings of one measure, one after each round of an activity, all rounds being equal. */
export interface Readings {
  readonly measure: Measure;
  readonly values: readonly number[];
}

/** The first round fills caches and compiles code: what it adds is no growth. */
const WARM_UP_ROUNDS = 1;

/** Below this, a rise in every round can be chance. */
const FEWEST_RISES = 3;

/**
 * The rule of the soak: a measure grows with the count where *every* round after the first adds more than the slack. What leaks with
 * each operation rises in each round; a cache that fills, code that is compiled late or a document that VS Code keeps for a while
 * raises some rounds and not the others.
 *
 * @param operations How many operations a round has.
 * @returns The growth per operation, by the round that added the least; undefined where the measure does not grow.
 * @throws {RangeError} where there are too few rounds to tell.
 */
export function growthPerOperation({ measure, values }: Readings, operations: number): number | undefined {
  const settled = values.slice(WARM_UP_ROUNDS - 1);
  const rises = settled.slice(1).map((value, round) => value - settled[round]!);
  if (rises.length < FEWEST_RISES) {
    throw new RangeError(`${measure.name}: ${values.length} rounds are too few to tell growth from chance.`);
  }
  const least = Math.min(...rises);
  return least > measure.slack ? least / operations : undefined;
}
