export interface Figure {
  readonly name: string;
  readonly part: string;
  readonly least: number;
  readonly middle: number;
  readonly runs: number;
}

export const TOLERATED: number;

export function timesOf(results: object): Figure[];

export function ratiosToBefore(
  before: object,
  now: object,
): { readonly name: string; readonly ratio: number; readonly runs: number }[];

export function comparisonReport(before: object, now: object): string;
