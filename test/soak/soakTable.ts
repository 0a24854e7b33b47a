import { growthPerOperation } from './growth';
import { MEASURES, type MeasureId, type Reading } from './reading';

/** What one activity did to the readings. */
export interface SoakedActivity {
  readonly name: string;
  /** In a round. */
  readonly operations: number;
  /** After each round, all rounds being equal. */
  readonly readings: readonly Reading[];
}

const IDS = Object.keys(MEASURES) as MeasureId[];

/** The measures that grew with the count, in words. */
export function grownMeasures(activities: readonly SoakedActivity[]): string[] {
  return activities.flatMap(({ name, operations, readings }) =>
    IDS.flatMap((id) => {
      const measure = MEASURES[id];
      const values = readings.map((reading) => reading[id]);
      const growth = growthPerOperation({ measure, values }, operations);
      return growth === undefined
        ? []
        : [
            `${measure.name} grew with ${name}: by ${quantity(growth, measure.unit)} or more for each ` +
              `(after each round of ${operations}: ${values.map((value) => quantity(value, measure.unit)).join(', ')}).`,
          ];
    }),
  );
}

/**
 * One row for each activity: every measure after its first round and after its last. The rows around them are the readings before all
 * and after all.
 */
export function soakTable(before: Reading, activities: readonly SoakedActivity[], after: Reading): string {
  const rows = [
    ['', '', ...IDS.map((id) => [MEASURES[id].name, MEASURES[id].unit].filter(Boolean).join(', '))],
    ['before', '', ...IDS.map((id) => number(before[id]))],
    ...activities.map(({ name, operations, readings }) => [
      name,
      String(operations * readings.length),
      ...IDS.map((id) => `${number(readings[0]![id])} → ${number(readings.at(-1)![id])}`),
    ]),
    ['after', '', ...IDS.map((id) => number(after[id]))],
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function quantity(value: number, unit: string): string {
  const digits = Math.abs(value) < 10 ? value.toFixed(2).replace(/\.?0+$/, '') : number(value);
  return unit === '' ? digits : `${digits} ${unit}`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
